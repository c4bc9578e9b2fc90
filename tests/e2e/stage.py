"""Set the stage of the journeys: the small sample, a call that waits for its screening, and one password for all.

`DATA_DIR=FOLDER python -m tests.e2e.stage`, or with `--whole` the sample as the demonstration has it, or with `--panel`
nothing but a call with 120 applications and a panel of 24.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

import django

from config.sample import people as sample
from config.sample.proposals import proposals
from config.sample.shapes import PanelMember, Proposal
from core import clock

if TYPE_CHECKING:
    from config.loading.applications import Entry
    from core.people.models import User
    from fund.models import Call
    from reviews.models import PanelMember as Place

PASSWORD = "quiet-river-stone"
SESSIONS = "sessions.json"
"""The file of the stage that keeps a session of each persona, by their address."""
FRESH = ("messaging", "gaming")
"""Calls whose applications came in lately: nothing is screened or assigned. One is for the browser without script."""
READING = "hotlines"
"""A call in review, of which two panel members have not read anything and the others have read all."""
STREAMING = "streaming"
"""A call whose applications are with nobody yet, and whose members have a personal token each, kept in a file; how the
references of its applications begin."""
REFERENCE = "SORF-S-"
TOKENS = "tokens.json"
SCHOOLS, PREPARED = "safer-schools", "prevention-next-year"
"""A call whose form changed and in which a signatory signs, and one that is not published yet."""
SIGNED, CORRECTED = "What schools can see first", "Ten years after a warning"
"""Titles of the applicant's: a whole draft that waits for its signatory, and an idea that was corrected."""


def _panel_of(size: int) -> list[PanelMember]:
    """Return the persona, a second one for the browser without script, and others, of several groups."""
    persona = next(each.person for each in sample.PERSONAS if each.role == "reviewer")
    ruth = next(each for each in sample.PANEL if each.person == persona)
    by_group = {each.group: each for each in reversed(sample.PANEL) if each is not ruth}
    return [ruth, *by_group.values()][:size]


READING_PANEL = _panel_of(5)
AT_SCREENS = READING_PANEL[:3]
"""Who can sign in by password."""


def _set(size: str) -> None:
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    if size == "--panel":
        _set_panel()
    else:
        call_command("load_sample", small=size != "--whole")
    if not size:
        _add_calls()
        scenes.set_all()
    staff = [*(persona.person for persona in sample.PERSONAS), people.SECOND]
    emails = [each.email for each in (*staff, *(member.person for member in AT_SCREENS))]
    User.objects.filter(email__in=emails).update(password=make_password(PASSWORD))
    keys = {person.email: _session_of(person) for person in User.objects.filter(email__in=emails)}
    (settings.STATE_DIR / SESSIONS).write_text(json.dumps(keys))


def _session_of(person: "User") -> str:
    """Sign a person in, and return what their browser keeps."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _set_panel() -> None:
    people.make_staff()
    fund, by = people.make_fund(), people.persona("administrator")
    like = make_call("2021", fund=fund, form=make_form(), rubric=make_rubric(), by=by)
    whole = [replace(each, tags=()) for each in proposals("2021", 120)]
    _add_streaming(whole, sample.PANEL, like=like)


def _add_calls() -> None:
    spare = iter(each for each in proposals("2021")[60:] if not each.tags)
    like, now = Call.objects.get(prefix="SORF-2021"), clock.now()
    for slug in FRESH:
        _add_call(slug, list(islice(spare, 2)), like=like, now=now)
    _add_reading(list(islice(spare, 5)), like=like, now=now)
    _add_streaming(list(islice(spare, 4)), _panel_of(6), like=like)


def _add_call(
    slug: str, chosen: list[Proposal], *, like: "Call", now: datetime, members: Sequence[PanelMember] = READING_PANEL
) -> "tuple[Call, list[Entry]]":
    """Add a call that closed nine days ago, with a panel."""
    by = people.persona("administrator")
    with clock.at(now - timedelta(days=45)):
        made = calls.create(
            fund=like.fund, form=like.form, rubric=like.rubric, by=by, title=f"Safer {slug} for families", slug=slug,
            prefix=f"SORF-{slug[0].upper()}", summary=like.summary, text=like.text, eligibility=like.eligibility,
            opens_at=now - timedelta(days=40), closes_at=now - timedelta(days=9), zone=like.zone, budget=Decimal(300000),
            least_amount=like.least_amount, most_amount=like.most_amount, least_months=like.least_months,
            most_months=like.most_months, indirect_cap=like.indirect_cap, most_per_pi=2,
            budget_categories=like.budget_categories, reviews_due_at=now + timedelta(days=30),
            decision_at=now + timedelta(days=60), themes=[(each.slug, each.name) for each in like.themes.all()],
        )  # fmt: skip
        call = calls.publish(call=made, by=by)
    entries = applications.submit_all(call, chosen, tick=lambda: None)
    with clock.at(now - timedelta(days=8)), transaction.atomic():
        for member in members:
            _seat(call, member, most_load=max(9, 5 * len(chosen) // len(members)), by=by)
        chair = people.persona("chair")
        head = panel.invite(call=call, person=chair, group="research", country="GB", most_load=0, is_chair=True, by=by)
        panel.answer(member=head, accepts=True, by=chair)
    return call, entries


def _seat(call: "Call", member: PanelMember, *, most_load: int, by: "User") -> "Place":
    someone = people.user(member.person)
    invited = panel.invite(
        call=call, person=someone, group=panels.GROUPS.get(member.group, member.group),
        country=member.person.organisation.country, statement=member.statement, most_load=most_load, by=by,
    )  # fmt: skip
    return panel.answer(member=invited, accepts=True, by=someone)


def _add_streaming(chosen: list[Proposal], members: Sequence[PanelMember], *, like: "Call") -> None:
    """Add a call whose applications are screened and with nobody yet, and give its members personal tokens."""
    now = clock.now()
    _, entries = _add_call(STREAMING, chosen, like=like, now=now, members=members)
    applications.screen_all(entries, by=people.persona("administrator"), at=now - timedelta(days=7))
    secrets = {}
    for member in members:
        __, secret = make_token(user=people.user(member.person), name="My own program", days=30)
        secrets[member.person.email] = secret
    (settings.STATE_DIR / TOKENS).write_text(json.dumps(secrets))


def _add_reading(chosen: list[Proposal], *, like: "Call", now: datetime) -> None:
    call, entries = _add_call(READING, chosen, like=like, now=now)
    by = people.persona("administrator")
    kept = applications.screen_all(entries, by=by, at=now - timedelta(days=7))
    panels.assign(call, by=by, at=now - timedelta(days=6), due_at=now + timedelta(days=12))
    proposals_of = {entry.application.pk: entry.proposal for entry in kept}
    for member in READING_PANEL[2:]:
        someone = people.fresh(member.person)
        tied, *others = Assignment.objects.filter(application__call=call, member__person=someone).order_by("pk")
        with clock.at(now - timedelta(days=4)):
            conflicts.declare(
                assignment=tied, has_interest=True, kinds=["collaborator"], note="We wrote a report together.", by=someone
            )  # fmt: skip
        for assignment in others:
            panels.do_one(assignment, someone, member, proposals_of, at=now - timedelta(days=2), left=-1)


if __name__ == "__main__":
    django.setup()
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import transaction
    from django.test import Client

    from config.loading import applications, panels, people
    from config.loading.calls import make_call
    from config.loading.forms import make_form, make_rubric
    from core.people.actions import make_token
    from core.people.models import User
    from fund.actions import calls
    from fund.models import Call
    from reviews.actions import conflicts, panel
    from reviews.models import Assignment
    from tests.e2e import scenes

    _set(sys.argv[1] if len(sys.argv) > 1 else "")
