"""A call's way: drafted, published, its deadline moved, reviewed, decided, archived or cancelled."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit, clock, jobs
from core.forms.models import FormVersion
from core.language import lazy
from core.people.models import User
from core.states import WrongState
from core.web import moments
from fund.completeness import missing_from
from fund.models import Call, DeadlineChange, Fund, Rubric, Theme

SHARED_OUT = lazy(
    "Reviewers have their applications already, so how they are shared out stays as it is. Single ones can still be "
    "assigned by hand."
)
UNCHECKED = {"made_by", "state", "cancel_reason"}
COPIED = (
    "summary", "text", "eligibility", "zone", "budget", "least_amount", "most_amount", "least_months", "most_months",
    "indirect_cap", "most_per_pi", "reviews_each", "least_groups", "least_countries", "excludes_own_country",
    "most_content_notes", "reviewers_see_names", "applicants_hidden",
    "budget_categories", "quiz", "form", "rubric", "fund", "grace_minutes", "declaration", "needs_signatory",
    "panel_terms",
)  # fmt: skip
ALWAYS_EDITABLE = frozenset({"summary", "text", "eligibility", "reviews_due_at", "decision_at", "panel_terms"})
"""What may be corrected after publication; everything else is a promise to those who are writing."""
PANEL_RULES = frozenset({
    "reviews_each", "least_groups", "least_countries", "excludes_own_country", "most_content_notes",
})  # fmt: skip
"""How applications are shared out among the panel: it may change until they are."""
_sharing: list[Callable[[Call], bool]] = []


def shares_out(rule: Callable[[Call], bool]) -> Callable[[Call], bool]:
    """Register a rule that says whether the applications of a call are shared out already."""
    _sharing.append(rule)
    return rule


def can_change_panel_rules(call: Call) -> bool:
    """Whether it may still change how applications are shared out."""
    return call.state in (Call.State.DRAFT, *Call.UNDER_WAY) and not is_shared_out(call)


def is_shared_out(call: Call) -> bool:
    """Whether reviewers have their applications already."""
    return any(rule(call) for rule in _sharing)


def editable(call: Call) -> frozenset[str]:
    """Return what of a published call may be changed now."""
    return ALWAYS_EDITABLE | PANEL_RULES if can_change_panel_rules(call) else ALWAYS_EDITABLE


@transaction.atomic
def create(
    *,
    fund: Fund,
    title: str,
    slug: str,
    prefix: str,
    form: FormVersion,
    rubric: Rubric,
    by: User | None,
    themes: Iterable[tuple[str, str]] = (),
    **fields: Any,
) -> Call:
    """Draft a call; `themes` are pairs of slug and name, `fields` the rest of its columns."""
    _must_run_calls(by)
    call = Call(
        fund=fund, title=title, slug=slug, prefix=prefix, form=form, rubric=rubric,
        made_by=by, made_at=clock.now(), **fields,
    )  # fmt: skip
    call.full_clean(exclude=UNCHECKED)
    call.save()
    _set_themes(call, themes)
    audit.record("call:create", by=by, subject=call)
    return call


@transaction.atomic
def copy(
    *, call: Call, title: str, slug: str, prefix: str, opens_at: datetime, closes_at: datetime, by: User | None
) -> Call:
    """Draft a new call with the texts, themes, form, rubric and limits of another."""
    return create(
        title=title, slug=slug, prefix=prefix, opens_at=opens_at, closes_at=closes_at, by=by,
        themes=list(call.themes.values_list("slug", "name")),
        **{name: getattr(call, name) for name in COPIED},
    )  # fmt: skip


@transaction.atomic
def edit(*, call: Call, by: User | None, themes: Iterable[tuple[str, str]] | None = None, **fields: Any) -> Call:
    """Change a draft, or of a published call what is not yet a promise: texts, the fund's own dates, rules of the panel."""
    _must_run_calls(by)
    call = Call.lock(call.pk)
    changed = [name for name, value in fields.items() if getattr(call, name) != value]
    if call.state != Call.State.DRAFT and (fixed := sorted(set(changed) - editable(call))):
        if set(fixed) <= PANEL_RULES and call.state in Call.UNDER_WAY:
            raise WrongState(SHARED_OUT)
        raise WrongState(
            _("This call is published, so this can no longer change: %(in_words)s. Reload the page.")
            % {"in_words": _in_words(fixed)}
        )
    for name in changed:
        setattr(call, name, fields[name])
    if "panel_terms" in changed:
        call.panel_terms_version += 1
        changed.append("panel_terms_version")
    call.full_clean(exclude=UNCHECKED)
    call.save(update_fields=changed or ["title"])
    if themes is not None and call.state == Call.State.DRAFT:
        _set_themes(call, themes)
    audit.record("call:edit", by=by, subject=call, changed=sorted(changed))
    return call


@transaction.atomic
def publish(*, call: Call, by: User | None) -> Call:
    """Open the call to the public; refused with all that is missing."""
    call = Call.lock(call.pk)
    call.take("publish", by=by)
    if missing := missing_from(call):
        raise ValidationError(missing)
    jobs.put("call-published", key=f"call-published-{call.pk}", call=call.pk)
    return call


@transaction.atomic
def start_review(*, call: Call, by: User | None) -> Call:
    """Begin the review of what was submitted; only after the deadline and the grace period."""
    call = Call.lock(call.pk)
    can_start = call.can_start_review
    call.take("start_review", by=by)
    if not can_start:
        until = moments.full(call.grace_until, call.zone)
        raise WrongState(_("This call takes applications until %(until)s.") % {"until": until})
    return call


@transaction.atomic
def mark_decided(*, call: Call, by: User | None) -> Call:
    """Say that the fund has decided on all applications of the call."""
    return _step(call, "decide", by)


@transaction.atomic
def archive(*, call: Call, by: User | None) -> Call:
    """Put a decided call away; it stays readable."""
    return _step(call, "archive", by)


@transaction.atomic
def cancel(*, call: Call, reason: str, by: User | None) -> Call:
    """End a call for good, and tell everyone who is writing or has applied."""
    call = Call.lock(call.pk)
    call.take("cancel", by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the call is cancelled: everyone who is writing reads it.")})
    call.cancel_reason = reason.strip()[:300]
    call.save(update_fields=["cancel_reason"])
    jobs.put("call-cancelled", key=f"call-cancelled-{call.pk}", call=call.pk)
    return call


@transaction.atomic
def move_deadline(*, call: Call, new: datetime, reason: str, by: User | None) -> DeadlineChange:
    """Give everyone more time, write down who did so and why, and tell every draft's owner."""
    _must_run_calls(by)
    call = Call.lock(call.pk)
    if call.state != Call.State.PUBLISHED:
        raise WrongState(_("Only the deadline of a published call can be moved. Reload the page."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the deadline moves: everyone who is writing reads it.")})
    if new <= call.closes_at:
        raise ValidationError({"new": _("A published deadline only moves later. Choose a time after the present one.")})
    if new <= clock.now():
        raise ValidationError({"new": _("This time has passed. Choose one that is still to come.")})
    change = DeadlineChange.objects.create(
        call=call, old=call.closes_at, new=new, reason=reason.strip()[:300], changed_at=clock.now(), changed_by=by
    )
    call.closes_at = new
    call.save(update_fields=["closes_at"])
    old = change.old.isoformat()
    audit.record("call:move-deadline", by=by, subject=call, change=change.pk, old=old, new=new.isoformat())
    jobs.put("deadline-moved", key=f"deadline-moved-{change.pk}", call=call.pk, change=change.pk)
    return change


def _step(call: Call, action: str, by: User | None) -> Call:
    call = Call.lock(call.pk)
    call.take(action, by=by)
    return call


def _set_themes(call: Call, themes: Iterable[tuple[str, str]]) -> None:
    rows = [Theme(call=call, slug=slug, name=name, position=at) for at, (slug, name) in enumerate(themes, start=1)]
    call.themes.exclude(slug__in=[row.slug for row in rows]).delete()
    Theme.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["call", "slug"], update_fields=["name", "position"]
    )


def _in_words(names: list[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)


def _must_run_calls(by: User | None) -> None:
    if by is not None and not by.has_perm("fund.run_call"):
        raise PermissionDenied(_("Only fund administrators change calls."))
