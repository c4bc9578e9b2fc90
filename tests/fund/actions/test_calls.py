"""A call's way: drafted, copied, edited, published, moved, reviewed, decided, archived, cancelled."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from core import clock
from core.audit.models import AuditEvent
from core.jobs.models import Job
from core.states import WrongState
from fund.actions import calls, criteria
from fund.completeness import missing_from
from fund.models import Call, DeadlineChange, Rubric

State = Call.State


def test_a_new_call_is_a_draft_with_its_themes(draft_fields, helena):
    call = calls.create(**draft_fields, by=helena)

    assert (call.state, call.made_by, call.currency) == (State.DRAFT, helena, "USD")
    assert list(call.themes.values_list("slug", "name", "position")) == [
        ("prevention", "Prevention", 1), ("response", "Response", 2),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(code="call:create", actor=helena.pk, subject=call.pk).count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"zone": "Mars/Olympus"}, "“Mars/Olympus” is not a time zone"),
        ({"closes_at": "opens_at"}, "The call closes before it opens"),
        ({"least_amount": Decimal(300_000)}, "The amounts do not fit together"),
        ({"least_months": 25}, "The longest grant is shorter than the shortest one"),
        ({"indirect_cap": Decimal(101)}, "Indirect costs are a share between 0 and 100 per cent"),
        ({"slug": "no spaces here"}, "valid “slug”"),
    ],
)
def test_a_call_that_contradicts_itself_is_refused_with_a_sentence(draft_fields, changes, message):
    changes = {
        name: draft_fields.get(value, value) if isinstance(value, str) else value for name, value in changes.items()
    }
    with pytest.raises(ValidationError, match=message):
        calls.create(**(draft_fields | changes), by=None)
    assert not Call.objects.exists()


@pytest.mark.parametrize("field", ["slug", "prefix"])
def test_addresses_and_references_are_used_once(draft, draft_fields, field):
    other = draft_fields | {"slug": "another", "prefix": "OTHER"}
    with pytest.raises(ValidationError, match="already exists"):
        calls.create(**(other | {field: draft_fields[field]}), by=None)


@pytest.mark.parametrize(
    "columns",
    [
        {"closes_at": "opens_at"}, {"budget": Decimal(1)}, {"most_amount": Decimal(1)}, {"least_months": 0},
        {"indirect_cap": Decimal(101)},
    ],
)  # fmt: skip
def test_the_database_refuses_calls_that_contradict_themselves(draft, columns):
    columns = {name: getattr(draft, value) if isinstance(value, str) else value for name, value in columns.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=draft.pk).update(**columns)


def test_only_administrators_lead_calls(draft, draft_fields, felix, audrey, ada):
    later = draft.closes_at + timedelta(days=1)
    for person in (felix, audrey, ada):
        for act in (
            lambda by: calls.create(**draft_fields, by=by),
            lambda by: calls.edit(call=draft, title="X", by=by),
            lambda by: calls.publish(call=draft, by=by),
            lambda by: calls.cancel(call=draft, reason="X", by=by),
            lambda by: calls.move_deadline(call=draft, new=later, reason="X", by=by),
            lambda by: criteria.set_criteria(call=draft, criteria=[], by=by),
        ):
            with pytest.raises(PermissionDenied):
                act(person)


def test_a_copy_has_everything_but_its_name_and_dates(call, helena):
    opens_at = clock.now() + timedelta(days=10)
    new = calls.copy(
        call=call, title="Second round", slug="second", prefix="SR27", opens_at=opens_at,
        closes_at=opens_at + timedelta(days=60), by=helena,
    )  # fmt: skip

    assert (new.state, new.title, new.form, new.rubric, new.text) == (
        State.DRAFT, "Second round", call.form, call.rubric, call.text,
    )  # fmt: skip
    assert [theme.name for theme in new.themes.all()] == ["Prevention", "Response"]
    assert (new.reviews_due_at, new.decision_at) == (None, None)


def test_publishing_says_all_that_is_missing_at_once(draft):
    draft.rubric.criteria.filter(key="quality").delete()
    calls.edit(
        call=draft, by=None, themes=[], summary="Two sentences.", eligibility="", budget_categories=[],
        reviews_due_at=None, decision_at=draft.closes_at, budget=Decimal(200_000),
    )  # fmt: skip

    with pytest.raises(ValidationError) as refusal:
        calls.publish(call=draft, by=None)

    assert refusal.value.messages == [
        "Write who can apply.",
        "Set the day by which reviews are due.",
        "The decision comes before the reviews are due. Set a later day.",
        "The money in all does not pay for one grant of the largest size. Raise it, or lower the largest grant.",
        "Name the categories of the budget, such as staff and travel.",
        "The weights of the criteria add up to 60. Change them so that they add up to 100.",
        "Name the themes: the form asks applicants to choose one.",
    ]
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_whole_draft_lacks_nothing(draft):
    assert missing_from(draft) == []


def test_a_call_whose_closing_time_has_passed_is_not_published(draft):
    with clock.at(draft.closes_at + timedelta(seconds=1)):
        assert missing_from(draft) == ["The closing time has passed. Set one that is still to come."]


def test_a_form_without_a_title_or_a_budget_cannot_be_used(draft):
    draft.form.content = {"sections": [{"key": "a", "title": "A", "questions": []}]}
    draft.form.save()
    draft = Call.objects.get(pk=draft.pk)

    assert missing_from(draft) == [
        "The form has no question for the project’s title. Add a short text that is used as the title.",
        "The form has no budget. Add a question of the kind “Budget”.",
    ]


def test_what_is_promised_stays_after_publication(call, helena):
    with pytest.raises(WrongState, match="this can no longer change: most amount, title"):
        calls.edit(call=call, title="Other", most_amount=Decimal(1), text="Other", by=helena)

    edited = calls.edit(call=call, text="A clearer text.", by=helena)
    assert (edited.text, edited.title) == ("A clearer text.", "Prevention First")


def test_themes_keep_their_row_when_their_slug_stays(draft, helena):
    kept = draft.themes.get(slug="response").pk

    calls.edit(call=draft, themes=[("response", "Response and support"), ("early", "Early help")], by=helena)

    assert list(draft.themes.values_list("slug", "name")) == [
        ("response", "Response and support"), ("early", "Early help"),
    ]  # fmt: skip
    assert draft.themes.get(slug="response").pk == kept


def test_criteria_of_a_rubric_that_another_call_uses_become_a_new_version(call, draft_fields, helena):
    second = calls.create(**(draft_fields | {"slug": "second", "prefix": "SR"}), by=helena)
    rows = [{"key": "all", "label": "Everything", "question": "Is it good?", "weight": 100}]

    rubric = criteria.set_criteria(call=second, criteria=rows, by=helena)

    second.refresh_from_db()
    assert (rubric.number, second.rubric, rubric.anchors) == (2, rubric, call.rubric.anchors)
    assert [each.weight for each in rubric.criteria.all()] == [100]
    assert [each.weight for each in call.rubric.criteria.all()] == [60, 40]
    assert criteria.set_criteria(call=second, criteria=rows, by=helena) == rubric
    assert Rubric.objects.count() == 2


def test_criteria_stay_after_publication(call, helena):
    with pytest.raises(WrongState, match="The criteria of a published call are a promise"):
        criteria.set_criteria(call=call, criteria=[], by=helena)


def test_the_review_begins_after_the_deadline_only(call, helena):
    with pytest.raises(WrongState, match=r"takes applications until Tue 22 December 2026, 13:00 CET"):
        calls.start_review(call=call, by=helena)

    with clock.at(call.closes_at + timedelta(seconds=1)):
        assert calls.start_review(call=call, by=helena).state == State.IN_REVIEW
        assert calls.mark_decided(call=call, by=helena).state == State.DECIDED
        assert calls.archive(call=call, by=helena).state == State.ARCHIVED


def test_moving_the_deadline_is_written_down_and_told(call, helena):
    new = call.closes_at + timedelta(days=7)

    change = calls.move_deadline(call=call, new=new, reason=" A holiday fell on the last day. ", by=helena)

    call.refresh_from_db()
    assert call.closes_at == new
    assert (change.old, change.new, change.reason, change.changed_at, change.changed_by) == (
        new - timedelta(days=7), new, "A holiday fell on the last day.", clock.now(), helena,
    )  # fmt: skip
    assert list(Job.objects.exclude(kind="call-published").values_list("kind", "payload", "key")) == [
        ("deadline-moved", {"call": call.pk, "change": change.pk}, f"deadline-moved-{change.pk}")
    ]
    event = AuditEvent.objects.get(code="call:move-deadline")
    assert (event.actor, event.data["old"], event.data["new"]) == (
        helena.pk, change.old.isoformat(), new.isoformat(),
    )  # fmt: skip


def test_a_closed_call_opens_again_with_a_later_deadline(call, helena):
    with clock.at(call.closes_at + timedelta(hours=2)):
        assert not call.is_open()
        calls.move_deadline(call=call, new=clock.now() + timedelta(days=1), reason="The site was down.", by=helena)
        call.refresh_from_db()
        assert call.is_open()


@pytest.mark.parametrize(
    ("hours", "reason", "message"),
    [
        (0, "Why", "A published deadline only moves later"),
        (-1, "Why", "A published deadline only moves later"),
        (1, " ", "Say why the deadline moves"),
    ],
)
def test_a_deadline_moves_later_and_with_a_reason_only(call, helena, hours, reason, message):
    with pytest.raises(ValidationError, match=message):
        calls.move_deadline(call=call, new=call.closes_at + timedelta(hours=hours), reason=reason, by=helena)
    assert not DeadlineChange.objects.exists()


def test_a_time_that_has_passed_is_no_new_deadline(call, helena):
    with clock.at(call.closes_at + timedelta(days=3)), pytest.raises(ValidationError, match="This time has passed"):
        calls.move_deadline(call=call, new=call.closes_at + timedelta(days=1), reason="Why", by=helena)


def test_the_deadline_of_a_draft_is_edited_not_moved(draft, helena):
    with pytest.raises(WrongState, match="Only the deadline of a published call can be moved"):
        calls.move_deadline(call=draft, new=draft.closes_at + timedelta(days=1), reason="Why", by=helena)


def test_cancelling_needs_a_reason_and_puts_the_word_out(call, helena):
    with pytest.raises(ValidationError, match="Say why the call is cancelled"):
        calls.cancel(call=call, reason="", by=helena)

    cancelled = calls.cancel(call=call, reason="The money went elsewhere.", by=helena)

    assert (cancelled.state, cancelled.cancel_reason) == (State.CANCELLED, "The money went elsewhere.")
    assert list(Job.objects.exclude(kind="call-published").values_list("kind", "payload")) == [
        ("call-cancelled", {"call": call.pk})
    ]
    assert call not in Call.objects.public()


ACTIONS = {
    "publish": calls.publish, "start_review": calls.start_review, "decide": calls.mark_decided, "archive": calls.archive,
}  # fmt: skip


@pytest.mark.parametrize(
    ("action", "state"),
    [(a, s) for a in ACTIONS for s in State.values if s not in Call.TABLE.transitions[a].sources],
)
def test_a_step_is_refused_from_every_other_state(draft, helena, action, state):
    Call.objects.filter(pk=draft.pk).update(state=state)

    with pytest.raises(WrongState):
        ACTIONS[action](call=draft, by=helena)
    draft.refresh_from_db()
    assert draft.state == state
