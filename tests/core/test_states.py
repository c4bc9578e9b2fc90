"""States as data: who first, then which state, and an audit row for each step."""

import pytest
import rules
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import transaction

from core.audit.models import AuditEvent
from core.states import Shape, Stateful, StateTable, Wording, WrongState, transition
from fund.models import Call
from tests import factories

STATEFUL = [model for model in apps.get_models() if issubclass(model, Stateful)]


@pytest.fixture
def call(db):
    return factories.make_call(state=Call.State.PUBLISHED)


@pytest.fixture
def helena(db):
    return factories.make_user("Helena", "administrator")


def test_a_step_moves_the_row_and_writes_one_audit_row(call, helena):
    before = AuditEvent.objects.count()
    with transaction.atomic():
        Call.lock(call.pk).take("start_review", by=helena)

    call.refresh_from_db()
    event = AuditEvent.objects.order_by("-pk").first()
    assert call.state == Call.State.IN_REVIEW
    assert AuditEvent.objects.count() == before + 1
    assert (event.code, event.actor, event.subject_type, event.subject, event.data) == (
        "call:start_review", helena.pk, "fund.call", call.pk, {"before": "published", "after": "in_review"},
    )  # fmt: skip


def test_who_is_asked_before_which_state(call):
    stranger = factories.make_user("Stranger")
    call.state = Call.State.ARCHIVED
    with transaction.atomic(), pytest.raises(PermissionDenied):
        call.take("start_review", by=stranger)


def test_the_wrong_state_is_refused_in_the_applicant_s_words(call, helena):
    call.state = Call.State.ARCHIVED
    with transaction.atomic(), pytest.raises(WrongState) as refusal:
        call.take("start_review", by=helena)
    assert refusal.value.message.startswith("This is at “Decided” now")


def test_the_system_needs_no_permission_and_a_person_cannot_take_its_steps(helena):
    assert Call.TABLE.transitions["publish"].system_only is False
    award = apps.get_model("fund", "Award")(state="offered")
    assert award.can("lapse", helena) is False


def test_an_audit_row_outside_a_transaction_is_refused(transactional_db):
    call = factories.make_call(state=Call.State.PUBLISHED)
    with pytest.raises(transaction.TransactionManagementError):
        call.take("start_review", by=None)


def test_a_table_that_names_a_state_without_wording_does_not_load():
    with pytest.raises(ValueError, match="States without a wording: lost"):
        StateTable({"lose": transition("here", to="lost", permission="x")}, {"here": Wording("Here", "Here")})


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model.__name__)
def test_every_state_has_two_wordings_and_every_wording_a_state(model):
    assert set(model.TABLE.wordings) == set(model.State.values)
    for wording in model.TABLE.wordings.values():
        assert wording.staff
        assert wording.applicant
        assert wording.mark("applicant") in set(Shape)


@pytest.mark.parametrize("model", STATEFUL, ids=lambda model: model.__name__)
def test_every_permission_of_a_table_is_a_rule(model):
    for name, step in model.TABLE.transitions.items():
        assert rules.perm_exists(step.permission), (name, step.permission)
