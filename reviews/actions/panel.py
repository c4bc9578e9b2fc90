"""Inviting panel members, their answer, and their pauses."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from core import audit, clock, mail
from core.people import actions as people
from core.people.actions import give_role
from core.people.models import Role, User
from core.states import WrongState
from fund.models import Call, Theme
from reviews.actions.undertaking import keep_terms
from reviews.models import PanelMember, PanelSuggestion
from reviews.panel_lines import Line

State = PanelMember.State


@transaction.atomic
def invite(  # noqa: PLR0913 - all of a place on the panel
    *,
    call: Call,
    person: User,
    group: str,
    country: str,
    themes: Iterable[Theme] = (),
    avoids: Iterable[Theme] = (),
    most_content_notes: int | None = None,
    statement: str = "",
    languages: Iterable[str] = (),
    least_load: int = 0,
    most_load: int = 20,
    is_chair: bool = False,
    by: User | None,
) -> PanelMember:
    """Invite a person to the panel, give them its role, and mail them; who declined may be invited again."""
    if by is not None and not by.has_perm("fund.run_call", call):
        raise PermissionDenied(_("Only fund administrators invite panel members."))
    now = clock.now()
    Call.lock(call.pk)
    member = PanelMember.objects.select_for_update(no_key=True).filter(call=call, person=person).first()
    if member is not None and member.state != State.DECLINED:
        raise WrongState(_("%(person)s is already on this panel.") % {"person": person.name})
    member = member or PanelMember(call=call, person=person)
    member.group, member.country, member.is_chair = group, country, is_chair
    member.statement, member.languages = statement.strip(), list(languages)
    member.least_load, member.most_load = least_load, most_load
    member.most_content_notes = most_content_notes
    member.state, member.invited_at, member.answered_at = State.INVITED, now, None
    _check(member)
    member.save()
    member.themes.set(themes)
    member.avoids.set(avoids)
    give_role(user=person, role=Role.PANEL, reason=f"Invited to the panel of {call}", by=by)
    if is_chair:
        give_role(user=person, role=Role.CHAIR, reason=f"Invited to chair the panel of {call}", by=by)
    audit.record("panelmember:invite", by=by, subject=member, call=call.pk, group=group, is_chair=is_chair)
    mail.queue("reviews/mail/invitation.txt", to=person, call=call, member=member, path=invitation_path(member))
    return member


@transaction.atomic
def invite_newcomer(*, call: Call, name: str, email: str, by: User | None, **place: Any) -> PanelMember:
    """Invite somebody by name and address; who is new here gets a link to set a password too."""
    Call.lock(call.pk)  # a list that is sent twice adds nobody twice
    person = people.invite(email=email, name=name, role=Role.PANEL, reason=f"Invited to the panel of {call}", by=by)
    return invite(call=call, person=person, by=by, **place)


def invite_all(*, call: Call, lines: Iterable[Line], by: User) -> list[Line]:
    """Invite everybody on a list whose line can be used, each by themselves, and return the lines with what came of it."""
    return [line if line.problem else _invite_line(call, line, by) for line in lines]


def _invite_line(call: Call, line: Line, by: User) -> Line:
    try:
        invite_newcomer(call=call, name=line.name, email=line.email, by=by, **line.place)
    except WrongState as refusal:
        return replace(line, problem=refusal.message)
    except ValidationError as error:
        return replace(line, problem=" ".join(error.messages))
    return line


@transaction.atomic
def invite_again(*, call: Call, person: User, by: User) -> PanelMember:
    """Invite somebody from the pool, with what they brought to their last panel; themes are matched by their name."""
    last = PanelMember.objects.filter(person=person).exclude(call=call).order_by("-invited_at", "-pk").first()
    last = last or PanelMember.objects.filter(person=person).first()
    if last is None:
        raise WrongState(_("%(person)s was on no panel yet. Invite them by their address.") % {"person": person.name})
    themes = call.themes.filter(name__in=last.themes.values("name"))
    avoids = call.themes.filter(name__in=last.avoids.values("name"))
    return invite(
        call=call, person=person, group=last.group, country=last.country, themes=list(themes), avoids=list(avoids),
        most_content_notes=last.most_content_notes, statement=last.statement, languages=last.languages,
        least_load=last.least_load, most_load=last.most_load, by=by,
    )  # fmt: skip


def invitation_path(member: PanelMember) -> str:
    """Return the address at which the invitation is answered."""
    return reverse("review:invitation", args=[member.pk])


def _check(member: PanelMember) -> None:
    if member.most_load < member.least_load:
        raise ValidationError(
            {"most_load": _("The most applications cannot be fewer than the least. Change one of them.")}
        )
    member.clean_fields(exclude=["call", "person", "languages", "answered_at", "paused_at"])


@transaction.atomic
def answer(*, member: PanelMember, accepts: bool, terms: int | None = None, by: User | None) -> PanelMember:
    """Accept or decline an invitation, as the person invited; who accepts undertakes the terms that stand beside it.

    `terms` is the version of them that was read; None stands for whichever there is.
    """
    if by is not None and member.person_id != by.pk:
        raise PermissionDenied(_("An invitation is answered by the person who got it."))
    call = Call.lock(member.call_id)
    member = PanelMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    member.call = call
    if member.state != State.INVITED:
        raise WrongState(_("This invitation was already answered. Write to the fund if your answer has changed."))
    if accepts and terms not in (None, call.panel_terms_version):
        raise WrongState(_("The terms changed while you read them. Read them again, then accept."))
    member.state = State.ACCEPTED if accepts else State.DECLINED
    member.answered_at = clock.now()
    member.save(update_fields=["state", "answered_at"])
    audit.record(f"panelmember:{'accept' if accepts else 'decline'}", by=by, subject=member, call=member.call_id)
    if accepts:
        keep_terms(member)
    return member


@transaction.atomic
def suggest(*, member: PanelMember, name: str, email: str, country: str, note: str = "", by: User) -> PanelSuggestion:
    """Name somebody in one's place, after declining; the administrators decide whether to invite them."""
    if member.person_id != by.pk:
        raise PermissionDenied(_("An invitation is answered by the person who got it."))
    member = PanelMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.state != State.DECLINED:
        raise WrongState(
            _("Somebody else is suggested by who declined. Write to the fund if you know one more person.")
        )
    named = PanelSuggestion(
        place=member, name=name.strip(), email=email.strip().lower(), country=country, note=note.strip()
    )
    named.clean_fields(exclude=["place"])
    PanelSuggestion.objects.filter(place=member).delete()
    named.save()
    audit.record("panelmember:suggest", by=by, subject=member, call=member.call_id)
    return named


@transaction.atomic
def invite_suggested(*, suggestion: PanelSuggestion, by: User) -> PanelMember:
    """Invite who was suggested, with the group, themes and loads of the place that was declined."""
    suggestion = _locked_suggestion(suggestion, by)
    place = suggestion.place
    member = invite_newcomer(
        call=place.call, name=suggestion.name, email=suggestion.email, group=place.group, country=suggestion.country,
        themes=place.themes.all(), least_load=place.least_load, most_load=place.most_load, by=by,
    )  # fmt: skip
    suggestion.delete()
    return member


@transaction.atomic
def put_aside(*, suggestion: PanelSuggestion, by: User) -> None:
    """Do not invite who was suggested; nothing of them is kept."""
    suggestion = _locked_suggestion(suggestion, by)
    audit.record("panelmember:put_aside", by=by, subject=suggestion.place, call=suggestion.place.call_id)
    suggestion.delete()


def _locked_suggestion(suggestion: PanelSuggestion, by: User) -> PanelSuggestion:
    if not by.has_perm("fund.run_call", suggestion.place.call):
        raise PermissionDenied(_("Only fund administrators invite panel members."))
    rows = PanelSuggestion.objects.select_for_update(of=("self",), no_key=True).select_related("place__call")
    if (found := rows.filter(pk=suggestion.pk).first()) is None:
        raise WrongState(_("This suggestion was settled already. Reload the page."))
    return found


@transaction.atomic
def wish(
    *, member: PanelMember, avoids: Iterable[Theme], most_content_notes: int | None, by: User | None
) -> PanelMember:
    """Keep on which themes the person reads nothing, and how much with a content note; for what is assigned from now on.

    They give no reason, and the audit trail does not say what they wish.
    """
    if by is not None and member.person_id != by.pk:
        raise PermissionDenied(_("What somebody does not want to read is said by themselves."))
    member = PanelMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.state == State.DECLINED:
        raise WrongState(_("This invitation was declined, so nothing is assigned to you."))
    chosen = list(avoids)
    if any(theme.call_id != member.call_id for theme in chosen):
        raise ValidationError({"avoids": _("Choose among the themes of this call.")})
    member.most_content_notes = most_content_notes
    member.save(update_fields=["most_content_notes"])
    member.avoids.set(chosen)
    audit.record("panelmember:wish", by=by, subject=member, call=member.call_id)
    return member


@transaction.atomic
def pause(*, person: User, by: User) -> int:
    """Pause all reviews of a person, who gives no reason, and return on how many panels; they get nothing new."""
    return _set_pause(person=person, by=by, is_paused=True)


@transaction.atomic
def resume(*, person: User, by: User) -> int:
    """End a person's pause and return on how many panels."""
    return _set_pause(person=person, by=by, is_paused=False)


def _set_pause(*, person: User, by: User, is_paused: bool) -> int:
    if person.pk != by.pk:
        raise PermissionDenied(_("A pause is taken by the person who needs it."))
    places = (
        PanelMember.objects.select_for_update(no_key=True).serving().filter(person=person, paused_at__isnull=is_paused)
    )
    count = 0
    for member in places.order_by("pk"):
        member.paused_at = clock.now() if is_paused else None
        member.save(update_fields=["paused_at"])
        audit.record(f"panelmember:{'pause' if is_paused else 'resume'}", by=by, subject=member)
        count += 1
    return count
