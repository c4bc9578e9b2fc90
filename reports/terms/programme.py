"""What the programme report says to one recipient: figures of what they may see, and of nothing else."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from applications.models import Application
from core import clock
from core.charts import Growth
from core.people.models import User
from fund.models import Award, Call, Fund
from reports.builders.application_summary import Copy
from reports.builders.programme import Field, GroupWork, ProgrammeTerms
from reports.builders.wording import day
from reports.terms.issuing import issue_of
from reviews.models import Review, StakeholderGroup
from reviews.models.selection import calls_partly_shut_to

NOT_TAKEN = (Award.State.DECLINED, Award.State.LAPSED)


def programme_terms(of: Call | Fund, *, recipient: User, copy: int) -> ProgrammeTerms:
    """Gather the figures of one call, or of all calls of a fund."""
    fund = of.fund if isinstance(of, Call) else of
    calls = Call.objects.filter(pk=of.pk) if isinstance(of, Call) else Call.objects.filter(fund=fund)
    visible = Application.objects.visible_to_fund(recipient).submitted().filter(call__in=calls)
    applications = list(visible.select_related("theme", "call").order_by("submitted_at", "pk"))
    awarded = _awarded(applications, recipient)
    return ProgrammeTerms(
        issue=issue_of(fund), copy=Copy(copy, recipient.name, clock.now()),
        title=of.title if isinstance(of, Call) else f"All calls of the {fund.name}", currency=fund.currency,
        is_limited=calls_partly_shut_to(recipient).filter(call__in=calls).exists(), total=_field("All", applications, awarded),
        states=_states(applications), timeline=_timeline(of, applications) if isinstance(of, Call) else (),
        calls=() if isinstance(of, Call) else _fields(applications, awarded, lambda each: each.call.title),
        themes=_fields(applications, awarded, lambda each: each.theme.name if each.theme else "No theme"),
        countries=_fields(applications, awarded, lambda each: each.country_name or "Not given"),
        groups=_groups(applications, recipient), growth=_growth(of, applications) if isinstance(of, Call) else None,
    )  # fmt: skip


def _awarded(applications: list[Application], recipient: User) -> dict[int, Decimal]:
    """Return what each application was awarded; an offer that was not taken up is none."""
    keys = [each.pk for each in applications]
    rows = Award.objects.visible_to_fund(recipient).filter(source_key__in=keys).exclude(state__in=NOT_TAKEN)
    return {key: amount for key, amount in rows.values_list("source_key", "amount") if key is not None}


def _field(name: str, applications: list[Application], awarded: dict[int, Decimal]) -> Field:
    funded = [awarded[each.pk] for each in applications if each.pk in awarded]
    asked = sum((each.amount for each in applications if each.amount is not None), Decimal())
    return Field(name, len(applications), len(funded), asked, sum(funded, Decimal()))


def _fields(
    applications: list[Application], awarded: dict[int, Decimal], name_of: Callable[[Application], str]
) -> tuple[Field, ...]:
    """Return the fields that applications fall into, the largest first."""
    found: dict[str, list[Application]] = defaultdict(list)
    for each in applications:
        found[name_of(each)].append(each)
    fields = [_field(name, each, awarded) for name, each in found.items()]
    return tuple(sorted(fields, key=lambda field: (-field.applications, field.name)))


def _states(applications: list[Application]) -> tuple[tuple[str, int], ...]:
    number = Counter(each.state for each in applications)
    wordings = Application.TABLE.wordings
    return tuple((str(wordings[state].staff), number[state]) for state in Application.State.values if number[state])


def _timeline(call: Call, applications: list[Application]) -> tuple[tuple[str, str], ...]:
    released = min((each.outcome_released_at for each in applications if each.outcome_released_at), default=None)
    moments: list[tuple[str, datetime | None]] = [
        ("Opened", call.opens_at), ("Closed", call.closes_at), ("Reviews due", call.reviews_due_at),
        ("First decision known", released if released and released <= clock.now() else None),
    ]  # fmt: skip
    return tuple((label, day(when.date())) for label, when in moments if when)


def _growth(call: Call, applications: list[Application]) -> Growth:
    came = [each.submitted_at.date() for each in applications if each.submitted_at]
    today = min(max([call.closes_at.date(), *came]), clock.today())
    return Growth.of(came, total=len(came), start=call.opens_at.date(), today=today)


def _groups(applications: list[Application], recipient: User) -> tuple[GroupWork, ...]:
    sent = Review.objects.visible_to(recipient).counted().filter(assignment__application__in=applications)
    reviews: Counter[str] = Counter()
    reviewers: dict[str, set[int]] = defaultdict(set)
    for group, member in sent.values_list("assignment__member__group", "assignment__member"):
        reviews[group] += 1
        reviewers[group].add(member)
    return tuple(
        GroupWork(str(each.label), len(reviewers[each]), reviews[each]) for each in StakeholderGroup if reviews[each]
    )
