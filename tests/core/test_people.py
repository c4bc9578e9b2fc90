"""People, roles and tokens."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.test import APIRequestFactory

from core import clock
from core.audit.models import AuditEvent
from core.jobs.work import run_all
from core.mail.models import Message
from core.people import actions, addresses
from core.people.models import ApiToken, Role, User
from core.people.tokens import TokenAuthentication
from core.states import WrongState
from tests import factories


@pytest.fixture
def helena(db):
    return factories.make_user("Helena", Role.ADMINISTRATOR)


@pytest.fixture
def amir(db):
    return factories.make_user("Amir")


def fresh(user):
    return User.objects.get(pk=user.pk)


def test_a_role_is_given_with_a_reason_and_audited(helena, amir):
    actions.give_role(user=amir, role=Role.FINANCE, reason="New finance officer", by=helena)
    assert fresh(amir).roles == {"finance"}
    event = AuditEvent.objects.order_by("-pk").first()
    assert (event.code, event.actor, event.subject, event.data) == (
        "role:give",
        helena.pk,
        amir.pk,
        {"role": "finance"},
    )


def test_a_role_given_twice_is_one_role(helena, amir):
    first = actions.give_role(user=amir, role=Role.AUDITOR, reason="Yearly audit", by=helena)
    assert actions.give_role(user=amir, role=Role.AUDITOR, reason="Again", by=helena) == first


@pytest.mark.parametrize("act", [actions.give_role, actions.take_role])
def test_only_administrators_give_and_take_roles(amir, act):
    with pytest.raises(PermissionDenied):
        act(user=amir, role=Role.ADMINISTRATOR, reason="I want it", by=amir)


@pytest.mark.parametrize("act", [actions.give_role, actions.take_role])
def test_a_reason_is_asked_for(helena, amir, act):
    with pytest.raises(ValidationError):
        act(user=amir, role=Role.FINANCE, reason="  ", by=helena)


def test_the_last_administrator_stays(helena):
    with pytest.raises(WrongState, match="This is the last fund administrator"):
        actions.take_role(user=helena, role=Role.ADMINISTRATOR, reason="Leaves", by=helena)
    assert fresh(helena).is_administrator


def test_one_of_two_administrators_can_go(helena):
    oluchi = factories.make_user("Oluchi", Role.ADMINISTRATOR)
    actions.take_role(user=helena, role=Role.ADMINISTRATOR, reason="Leaves", by=oluchi)
    assert not fresh(helena).is_administrator


def _make_unable(user, why):
    if why == "left":
        User.objects.filter(pk=user.pk).update(is_active=False)
    if why == "without a password":
        user.set_unusable_password()
        user.save()
    if why == "address not confirmed":
        EmailAddress.objects.create(user=user, email=user.email, verified=False, primary=True)


@pytest.mark.parametrize("why", ["left", "without a password", "address not confirmed"])
def test_the_last_administrator_who_can_sign_in_stays(helena, why):
    oluchi = factories.make_user("Oluchi", Role.ADMINISTRATOR)
    _make_unable(oluchi, why)
    with pytest.raises(WrongState, match="last fund administrator who can sign in"):
        actions.take_role(user=helena, role=Role.ADMINISTRATOR, reason="Leaves", by=helena)
    actions.take_role(user=oluchi, role=Role.ADMINISTRATOR, reason="Never came in", by=helena)

    assert (fresh(helena).is_administrator, fresh(oluchi).roles) == (True, set())


def test_an_invited_administrator_counts_once_they_can_sign_in(helena, settings):
    settings.SOCIALACCOUNT_PROVIDERS = {"orcid": {}}
    typo = actions.invite(
        email="typo@nowhere.example", name="Typo", role=Role.ADMINISTRATOR, reason="Joins", by=helena
    )  # fmt: skip
    with pytest.raises(WrongState, match="no other has set a password yet"):
        actions.take_role(user=helena, role=Role.ADMINISTRATOR, reason="Leaves", by=helena)
    SocialAccount.objects.create(user=typo, provider="orcid", uid="0000-0002-1825-0097")
    actions.take_role(user=helena, role=Role.ADMINISTRATOR, reason="Leaves", by=helena)

    assert not fresh(helena).is_administrator


def _link_mailed_to(user):
    run_all()
    body = Message.objects.filter(person=user).latest("pk").body
    return re.search(r"/account/password/reset/key/\S+", body)[0]


def _set_password(client, link, password):
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password, "password2": password})


def test_an_invited_person_signs_in_with_the_password_that_they_set_by_the_mailed_link(helena, client):
    zoe = actions.invite(email="zoe@fund.example", name="Zoë", role=Role.FINANCE, reason="Joins", by=helena)
    password = "four words in a row"
    _set_password(client, _link_mailed_to(zoe), password)
    home = client.post(reverse("account_login"), {"login": zoe.email, "password": password}, follow=True)

    assert (home.status_code, home.request["PATH_INFO"], home.context["user"]) == (200, reverse("home"), zoe)
    assert not Message.objects.filter(subject__contains="confirm").exists()


def test_an_orcid_id_that_was_connected_before_the_address_was_proved_opens_nothing(helena, client):
    zoe = actions.invite(email="zoe@fund.example", name="Zoë", role=Role.FINANCE, reason="Joins", by=helena)
    SocialAccount.objects.create(user=zoe, provider="orcid", uid="0000-0002-1825-0097")
    _set_password(client, _link_mailed_to(zoe), "four words in a row")

    assert not SocialAccount.objects.exists()


def test_a_key_that_may_have_been_mailed_to_another_address_proves_none(amir):
    EmailAddress.objects.create(user=amir, email=amir.email, verified=False, primary=True)
    EmailAddress.objects.create(user=amir, email="somebody@else.example", verified=False)
    addresses.prove(user=amir)

    assert not EmailAddress.objects.filter(verified=True).exists()


def test_an_invited_person_gets_the_role_and_a_mail_with_a_link(helena):
    zoe = actions.invite(email="Zoe@Fund.example", name="Zoë", role=Role.FINANCE, reason="Joins", by=helena)
    run_all()
    message = Message.objects.get()
    assert (zoe.email, zoe.has_usable_password(), fresh(zoe).roles) == ("zoe@fund.example", False, {"finance"})
    assert message.state == Message.State.SENT
    assert "/account/password/reset/key/" in message.body


def test_an_address_differs_from_another_by_more_than_its_case(amir):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email=amir.email.upper(), name="Other")])


def _request(secret):
    return APIRequestFactory().get("/", headers={"Authorization": f"Bearer {secret}"})


def test_a_token_opens_for_its_owner_and_only_its_hash_is_kept(amir):
    token, secret = actions.make_token(user=amir, name="Script", days=30)
    assert TokenAuthentication().authenticate(_request(secret)) == (amir, token)
    assert secret not in str(ApiToken.objects.values().get())


@pytest.mark.parametrize("spoil", ["expired", "revoked", "unknown", "left"])
def test_a_token_that_is_not_valid_opens_nothing(amir, spoil):
    token, secret = actions.make_token(user=amir, name="Script", days=30)
    later = clock.now() + timedelta(days=31 if spoil == "expired" else 0)
    if spoil == "revoked":
        actions.revoke_token(token=token, by=amir)
    if spoil == "unknown":
        secret += "x"
    if spoil == "left":
        User.objects.filter(pk=amir.pk).update(is_active=False)
    with clock.at(later), pytest.raises(AuthenticationFailed):
        TokenAuthentication().authenticate(_request(secret))


def test_nobody_revokes_another_s_token(helena, amir):
    token, _ = actions.make_token(user=amir, name="Script", days=30)
    with pytest.raises(PermissionDenied):
        actions.revoke_token(token=token, by=helena)
