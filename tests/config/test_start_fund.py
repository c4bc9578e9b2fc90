"""A real fund begins with one command."""

import pytest
from django.core.management import CommandError, call_command

from core.forms.models import FormVersion
from core.jobs.work import run_all
from core.mail.models import Message
from core.people.models import User
from fund.models import Call, Fund, Rubric


def test_the_first_administrator_is_invited_to_a_fund_with_form_and_rubric(db):
    call_command("start_fund", "ola@fund.example", "Ola Nordmann", "--currency", "eur", verbosity=0)
    run_all()

    assert Fund.objects.get().currency == "EUR"
    assert (FormVersion.objects.count(), Rubric.objects.get().criteria.count()) == (1, 4)
    assert User.objects.get().is_administrator
    assert Call.objects.get().state == Call.State.DRAFT
    assert "/account/password/reset/key/" in Message.objects.get(address="ola@fund.example").body


def test_a_second_run_changes_nothing(db):
    call_command("start_fund", "ola@fund.example", "Ola Nordmann", verbosity=0)
    with pytest.raises(CommandError, match="There is a fund in this database already"):
        call_command("start_fund", "eve@fund.example", "Eve", verbosity=0)
    assert User.objects.count() == 1
