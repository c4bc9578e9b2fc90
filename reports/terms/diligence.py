"""What the fund found out about applications and who applies, as far as the recipient's own pages would show it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from applications.models import Application, Inquiry, Label, Labelling, Likeness, Note, TeamMember, Tick
from core.people.models import User
from reports.builders.wording import day
from reviews.checklist import host_check
from reviews.desk import why


@dataclass(frozen=True, slots=True)
class Findings:
    """What is said of one application: facts with their labels, notes to the panel, and questions with answers."""

    checklist: tuple[tuple[str, str], ...]
    due_diligence: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    asked: tuple[tuple[str, str], ...]


def findings(applications: Sequence[Application], recipient: User, hidden: Collection[int]) -> dict[int, Findings]:
    """Gather what was found on applications that the recipient may see, in the same queries for one and for many.

    What staff look after for themselves (checklist, flags, likeness) is only for those who have their pages; of those
    in `hidden` it is left out who applies.
    """
    keys = [each.pk for each in applications]
    open_desks = _with_open_desk(applications, recipient)
    ticks, flags, alike = _ticks(keys, recipient), _flags(open_desks), _alike(open_desks, recipient)
    notes = _by(Note.objects.visible_to(recipient).filter(application__in=keys, audience=Note.Audience.PANEL))
    asked = _by(Inquiry.objects.visible_to(recipient).filter(application__in=keys))
    return {
        each.pk: Findings(
            tuple((tick.item.text, str(tick.get_answer_display())) for tick in ticks.get(each.pk, ())),
            (
                *(() if each.pk in hidden else _applicant(each)),
                *(("Flag", str(flag)) for flag in flags.get(each.pk, ())),
                *(("Much alike", words) for words in alike.get(each.pk, ())),
            ),
            tuple(note.text for note in notes.get(each.pk, ())),
            tuple((inquiry.question, _answer(inquiry)) for inquiry in asked.get(each.pk, ())),
        )
        for each in applications
    }


def _by(rows: QuerySet) -> dict[int, list[Any]]:
    """Return rows by their application."""
    found: dict[int, list[Any]] = {}
    for each in rows:
        found.setdefault(each.application_id, []).append(each)
    return found


def _applicant(application: Application) -> Iterator[tuple[str, str]]:
    """Say what is known of who applies: the host in the register of organisations, the investigator at ORCID."""
    check = host_check(application)
    yield check.label, check.words
    team = application.current.content["team"] if application.current else []
    for each in team:
        if each["part"] == TeamMember.Part.INVESTIGATOR and each["orcid"]:
            how = "verified" if each.get("orcid_verified") else "not verified"
            yield "Investigator", f"ORCID iD {each['orcid']}, {how}"


def _answer(inquiry: Inquiry) -> str:
    return inquiry.answer if inquiry.answered_at else f"Not answered yet; the answer is due by {day(inquiry.due_at)}."


def _ticks(keys: Collection[int], recipient: User) -> dict[int, list[Tick]]:
    return _by(Tick.objects.filter(application__in=keys).select_related("item")) if recipient.reads_all else {}


def _with_open_desk(applications: Sequence[Application], recipient: User) -> list[int]:
    """Return the keys of the applications whose pages of staff are open to the recipient."""
    calls = {each.call_id: each.call for each in applications}
    seen = {key for key, call in calls.items() if recipient.has_perm("reviews.see_panel", call)}
    return [each.pk for each in applications if each.call_id in seen]


def _flags(keys: Collection[int]) -> dict[int, list[Labelling]]:
    rows = Labelling.objects.filter(application__in=keys, label__kind=Label.Kind.FLAG)
    return _by(rows.select_related("label"))


def _alike(keys: Collection[int], recipient: User) -> dict[int, list[str]]:
    """Return in words what each application is much like, of what the recipient may see."""
    pairs = Likeness.objects.visible_to(recipient).filter(Q(first__in=keys) | Q(second__in=keys))
    found: dict[int, list[str]] = {}
    for pair in pairs.select_related("first", "second").order_by("-overlap", "-same_title", "pk"):
        for one, other in ((pair.first, pair.second), (pair.second, pair.first)):
            found.setdefault(one.pk, []).append(f"{other.reference} {other.title}: {', '.join(why(pair))}")
    return found
