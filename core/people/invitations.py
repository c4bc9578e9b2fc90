"""The mail that invites a person to set their first password."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from core import jobs, mail
from core.jobs import Claim
from core.language import lazy
from core.people.models import User


@jobs.handles("invitation", lazy("Invitation"))
def invite(claim: Claim) -> None:
    """Mail a link by which an invited person sets their first password."""
    user = User.objects.get(pk=claim.payload["user"])
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    uid, token = key.split("-", 1)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    with claim.filing():
        mail.queue("core/mail/invitation.txt", to=user, link=settings.SITE_URL + path)
