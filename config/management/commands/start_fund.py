"""Begin a real fund in an empty database."""

from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from config.loading.calls import categories
from config.loading.forms import make_form, make_rubric
from config.sample import calls as sample
from core import clock
from core.people import actions
from core.people.models import Role
from fund.actions import calls
from fund.models import Fund

UNWRITTEN = "This text is not written yet."


class Command(BaseCommand):
    """Makes the fund, a form and a rubric to start from, and invites the first administrator."""

    help = "Make the fund with a form and a rubric to start from, and invite its first administrator by mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read who runs the fund, and in which currency."""
        parser.add_argument("email", help="the first administrator's e-mail address")
        parser.add_argument("name", help="the first administrator's name")
        parser.add_argument("--fund", default="Safe Online Research Fund", help="the fund's name")
        parser.add_argument("--prefix", default="SORF", help="what references and award numbers begin with")
        parser.add_argument("--currency", default="USD", help="the fund's currency, by its ISO 4217 code")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Make everything in one transaction; a second run changes nothing."""
        if Fund.objects.exists():
            raise CommandError("There is a fund in this database already. Invite people on its page “People”.")
        validate_email(options["email"])
        fund = Fund(
            name=options["fund"], slug="fund", prefix=options["prefix"], currency=options["currency"].upper()
        )  # fmt: skip
        fund.full_clean()
        fund.save()
        _draft_first_call(fund)
        actions.invite(
            email=options["email"], name=options["name"], role=Role.ADMINISTRATOR, reason="Founding of the fund", by=None
        )  # fmt: skip
        self.stdout.write(f"{fund.name} is there. {options['name']} gets a mail with a link to set a password.")


def _draft_first_call(fund: Fund) -> None:
    """Draft a call with the form, the rubric and the usual limits; its texts are the administrator's to write."""
    opens_at = (clock.now() + clock.days(30)).replace(hour=9, minute=0, second=0, microsecond=0)
    calls.create(
        fund=fund, form=make_form(), rubric=make_rubric(), by=None,
        title="First call", slug="first-call", prefix=f"{fund.prefix}-{opens_at.year}", summary=UNWRITTEN,
        text=UNWRITTEN, opens_at=opens_at, closes_at=opens_at + clock.days(60), budget=Decimal(1_000_000),
        least_amount=Decimal(20_000), most_amount=Decimal(250_000), budget_categories=categories(),
        themes=[(slug, sample.THEMES[slug][0]) for slug in ("prevention", "detection", "response")],
    )  # fmt: skip
