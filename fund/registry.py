"""What this app adds when the product starts."""

from typing import Any

from django.db.models import Exists, OuterRef

from core.audit import triggers
from core.language import lazy
from core.mail import doors as mail_doors
from core.people.signed_in import read_along
from core.web import nav
from fund import rules, waiting
from fund.actions import awards
from fund.models import Award

__all__ = ["awards", "rules", "waiting"]

triggers.protect("fund_ledgerentry", "the ledger")
mail_doors.opens("fund.award", lambda user: Award.objects.visible_to_fund(user).values("pk"))


def _is_outside(user: Any) -> bool:
    return not user.is_authenticated or not user.is_insider


def _holds_awards(user: Any) -> bool:
    if not user.is_authenticated or user.is_insider:
        return False
    return user.holds_awards if hasattr(user, "holds_awards") else Award.objects.held_by(user).exists()


read_along("holds_awards", lambda: Exists(Award.objects.held_by(OuterRef("pk"))))

nav.register(lazy("Open calls"), "public:home", shown=_is_outside, section="public")
nav.register(lazy("Awards"), "public:awards", shown=_is_outside, section="public")
nav.register(
    lazy("About the fund"), "public:home#about", shown=lambda user: not user.is_authenticated, section="public"
)
nav.register(lazy("My awards"), "awards:index", shown=_holds_awards, section="apply")
nav.register(lazy("Awards"), "manage_fund:awards", shown=lambda user: user.has_perm("fund.see_awards"))
nav.register(
    lazy("Finance"), "manage_fund:finance", shown=lambda user: user.has_perm("fund.see_awards"), section="finance"
)
