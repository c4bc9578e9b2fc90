"""Writing a draft: nothing typed is lost or refused, and two people do not overwrite each other."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from applications.actions import drafts
from applications.actions.drafts import StaleAnswer
from applications.checks import problems_of
from applications.models import Application
from core import clock
from core.audit.models import AuditEvent
from core.states import WrongState
from fund.models import Call
from tests import factories


def save(draft, by, key, value, revision=None):
    return drafts.save_answer(
        application=draft, key=key, value=value, revision=revision, by=by, at=clock.now()
    )  # fmt: skip


def reloaded(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_start_makes_one_draft_with_its_owner_as_principal_investigator(open_call, ada):
    first = drafts.start(call=open_call, by=ada, at=clock.now())
    again = drafts.start(call=open_call, by=ada, at=clock.now())

    assert first.pk == again.pk
    assert list(first.team.values_list("user", "part", "access", "organisation_name")) == [
        (ada.pk, "investigator", "owner", "Northmere University")
    ]
    assert AuditEvent.objects.filter(code="application:start").count() == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"opens_at": timedelta(days=1)}, "This call opens on"),
        ({"closes_at": -timedelta(seconds=1)}, "This call closed on"),
        ({"state": Call.State.CANCELLED}, "takes no applications now"),
    ],
)
def test_start_says_why_a_call_takes_nothing(open_call, ada, change, message):
    for name, value in change.items():
        setattr(open_call, name, clock.now() + value if isinstance(value, timedelta) else value)

    with pytest.raises(WrongState, match=message):
        drafts.start(call=open_call, by=ada, at=clock.now())


def test_the_draft_that_there_is_opens_after_the_close_too(draft, open_call, ada):
    factories.close(open_call)

    assert drafts.start(call=open_call, by=ada, at=clock.now()).pk == draft.pk


@pytest.mark.parametrize(
    ("key", "value", "column", "expected"),
    [
        ("title", "  Two\nlines ", "title", "Two lines"),
        ("title", "x" * 400, "title", "x" * 300),
        ("months", "24", "months", 24),
        ("months", "two years", "months", None),
        ("months", "-3", "months", None),
        ("starts_on", "2027-06-01", "starts_on", date(2027, 6, 1)),
        ("starts_on", "in June", "starts_on", None),
        ("country", "ke", "country", "KE"),
        ("country", "Kenya", "country", ""),
        ("host", "A body nobody knows", "host_name", "A body nobody knows"),
    ],
)
def test_an_answer_fills_the_column_that_repeats_it(draft, ada, key, value, column, expected):
    save(draft, ada, key, value)

    assert getattr(reloaded(draft), column) == expected
    assert draft.answers.get(key=key).value == value


def test_the_host_is_found_by_name_in_any_case_and_by_ror_id(draft, ada):
    host = factories.make_organisation("Tromsø Institute", ror="03yrm5c26")

    save(draft, ada, "host", "tromsø institute")
    assert reloaded(draft).host == host
    save(draft, ada, "host", "https://ror.org/03yrm5c26")
    assert (reloaded(draft).host, reloaded(draft).host_name) == (host, "Tromsø Institute")


def test_what_is_too_long_or_wrong_is_kept_as_typed_and_reported(draft, ada):
    long = "word " * 52

    save(draft, ada, "summary", long)
    save(draft, ada, "months", "many")

    assert draft.answers.get(key="summary").value == long
    assert [(problem.question, problem.message) for problem in problems_of(reloaded(draft))] == [
        ("summary", "Shorten this answer by 2 words."),
        ("months", "Write a number in figures, such as 12."),
    ]


def test_an_old_revision_is_refused_with_what_the_other_wrote(draft, ada, amir):
    editor = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=editor, by=amir)
    seen = draft.answers.get(key="summary").revision
    save(draft, amir, "summary", "His text", seen)

    with pytest.raises(StaleAnswer, match=r"Amir saved this answer at \d\d:\d\d UTC") as refusal:
        save(draft, ada, "summary", "Her text", seen)

    assert (refusal.value.theirs, refusal.value.revision) == ("His text", seen + 1)
    assert save(draft, ada, "summary", "Her text", refusal.value.revision).revision == seen + 2


def test_the_same_text_twice_is_no_conflict(draft, ada):
    first = save(draft, ada, "summary", "Her text", 1)

    assert save(draft, ada, "summary", "Her text", 1).revision == first.revision


def test_a_whole_section_saves_all_but_what_somebody_else_changed(draft, ada):
    save(draft, ada, "summary", "From the other window")

    conflicts = drafts.save_answers(
        application=draft, values={"title": "New title", "summary": "From this one"},
        revisions={"title": 1, "summary": 1}, by=ada, at=clock.now(),
    )  # fmt: skip

    assert [(each.key, each.theirs) for each in conflicts] == [("summary", "From the other window")]
    assert reloaded(draft).title == "New title"


@pytest.mark.parametrize("key", ["unknown", "budget", "team", "letter", ""])
def test_an_unknown_question_is_refused(draft, ada, key):
    with pytest.raises(ValidationError, match="Reload the page"):
        save(draft, ada, key, "text")


@pytest.mark.parametrize("value", [["two", "texts"], 5, None, {"a": "b"}, [["nested"]]])
def test_a_value_of_another_shape_is_refused(draft, ada, value):
    with pytest.raises(ValidationError, match="Send this answer as a text"):
        save(draft, ada, "title", value)


@pytest.mark.parametrize("value", ["null \x00 byte", "half a pair \ud800"])
def test_what_no_database_keeps_is_taken_out(draft, ada, value):
    save(draft, ada, "risks", value)

    assert draft.answers.get(key="risks").value in {"null  byte", "half a pair ?"}


def test_writing_goes_on_after_the_close(draft, open_call, ada):
    factories.close(open_call)

    assert save(draft, ada, "title", "Later").value == "Later"


def test_viewers_and_strangers_do_not_write(draft, ada, amir, ruth, helena):
    viewer = drafts.add_member(application=draft, name="Ruth", email=ruth.email, access="viewer", by=ada)
    drafts.join(member=viewer, by=ruth)

    for person in (amir, ruth, helena):
        with pytest.raises(PermissionDenied):
            save(draft, person, "title", "Mine")


def test_the_requested_amount_is_the_sum_of_the_lines(draft, ada):
    drafts.save_budget(application=draft, lines=factories.LINES[:2], by=ada, at=clock.now())
    assert reloaded(draft).amount == Decimal(90000)

    drafts.save_budget(application=draft, lines=[], by=ada, at=clock.now())
    assert (reloaded(draft).amount, draft.budget_lines.count()) == (None, 0)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"amount": "-1"}, "cannot be negative"),
        ({"amount": Decimal("NaN")}, "not an amount that can be paid"),
        ({"amount": "1e20"}, "not an amount that can be paid"),
        ({"amount": "12.345"}, "USD has 2 decimals"),
        ({"year": 0}, "from 1 to 10"),
        ({"year": 11}, "from 1 to 10"),
        ({"description": "x" * 301}, "at most 300 characters"),
    ],
)
def test_a_line_that_cannot_be_right_is_refused_and_the_old_ones_stay(draft, ada, line, message):
    with pytest.raises(ValidationError, match=message):
        drafts.save_budget(application=draft, lines=[factories.LINES[0] | line], by=ada, at=clock.now())

    assert draft.budget_lines.count() == 4
