"""What a panel member undertakes: the terms before their queue opens, and the certificate when their reviews are done."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from core import audit
from core.people.models import User
from core.states import WrongState
from fund.models import Call
from reviews.models import Assignment, PanelMember, Undertaking

CERTIFICATE = gettext_noop(
    "I have said of every application that I reviewed whether anything ties me to it, and of nothing else that I "
    "know. I have kept to myself what I read. I have deleted, or will delete within a week, all that I kept of it."
)
CERTIFICATE_VERSION = 1


@transaction.atomic
def accept_terms(*, member: PanelMember, version: int, by: User | None) -> Undertaking:
    """Accept the terms of the panel in the version that was read, and keep them word for word."""
    _must_be_own(member, by)
    call = Call.lock(member.call_id)
    member = PanelMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.state != PanelMember.State.ACCEPTED:
        raise WrongState(_("Terms are accepted by who serves on the panel. Answer the invitation first."))
    if version != call.panel_terms_version:
        raise WrongState(_("The terms changed while you read them. Read them again, then accept."))
    if not member.has_agreed:
        audit.record("panelmember:accept_terms", by=by, subject=member, call=call.pk, version=version)
    return keep_terms(member)


def keep_terms(member: PanelMember) -> Undertaking:
    """Keep that a member has accepted the terms as they stand; for actions that write the audit row."""
    call = member.call
    member.terms_version = call.panel_terms_version
    member.save(update_fields=["terms_version"])
    given, __ = Undertaking.objects.get_or_create(
        member=member, kind=Undertaking.Kind.TERMS, version=call.panel_terms_version,
        defaults={"text": call.panel_terms},
    )  # fmt: skip
    return given


@transaction.atomic
def certify(*, member: PanelMember, by: User | None) -> Undertaking:
    """Give the closing certificate, once no review is owed any more; given twice, the first one stands."""
    _must_be_own(member, by)
    member = PanelMember.objects.select_for_update(no_key=True).get(pk=member.pk)
    mine = Assignment.objects.filter(member=member)
    if mine.in_hand().exists() or not mine.counted().exists():
        raise WrongState(_("The certificate is given when all your reviews are in."))
    given, is_new = Undertaking.objects.get_or_create(
        member=member, kind=Undertaking.Kind.CLOSING, version=CERTIFICATE_VERSION, defaults={"text": CERTIFICATE}
    )
    if is_new:
        audit.record("panelmember:certify", by=by, subject=member, call=member.call_id)
    return given


def _must_be_own(member: PanelMember, by: User | None) -> None:
    if by is not None and member.person_id != by.pk:
        raise PermissionDenied(_("This is undertaken by the member of the panel themselves."))
