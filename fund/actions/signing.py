"""Who signs the letters of awards, and where their grantee is found."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core import audit
from core.people.models import Organisation, User
from fund.models import Award, Fund


@transaction.atomic
def name_grantee(*, award: Award, address: str, signatory: str, by: User) -> Award:
    """Write down the grantee's legal address and who signs for it; letters that are out stay as they are.

    An organisation that has no address yet keeps it for its next award. Whom the grantee named when it took the offer
    up can be put right, never taken away.
    """
    award = Award.lock(award.pk)
    if not by.has_perm("fund.run_award", award):
        raise PermissionDenied(_("You are not allowed to run this award."))
    given = {"grantee_address": address.strip(), "signatory": signatory.strip()[:200]}
    if not given["grantee_address"]:
        raise ValidationError({"address": _("The award letter needs it.")})
    if not given["signatory"] and award.state in Award.ACCEPTED_STATES:
        raise ValidationError({"signatory": _("Write the name of the person who signs for the grantee.")})
    changed = [name for name, text in given.items() if getattr(award, name) != text]
    for name in changed:
        setattr(award, name, given[name])
    if changed:
        award.save(update_fields=changed)
        audit.record("award:name_grantee", by=by, subject=award, changed=changed)
        Organisation.objects.filter(pk=award.grantee_id, address="").update(address=given["grantee_address"])
    return award


@transaction.atomic
def name_signatory(*, fund: Fund, signatory: str, role: str, by: User) -> Fund:
    """Say who signs for the fund, in all letters that are made from now on."""
    if not by.has_perm("fund.run_call"):
        raise PermissionDenied(_("Only a fund administrator says who signs for the fund."))
    if not signatory.strip():
        raise ValidationError({"signatory": _("Every letter needs it.")})
    fund = Fund.objects.select_for_update().get(pk=fund.pk)
    fund.signatory, fund.signatory_role = signatory.strip()[:200], role.strip()[:200]
    fund.save(update_fields=["signatory", "signatory_role"])
    audit.record("fund:name_signatory", by=by, subject=fund)
    return fund
