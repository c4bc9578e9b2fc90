"""Who signs for a grantee, as the fund writes it down."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from core.people.models import User
from fund.actions import awards, signing
from fund.models import Award


def test_whom_the_grantee_named_when_it_took_the_offer_up_is_put_right_and_never_taken_away(
    award: Award, ada: User, helena: User, client: Client
) -> None:
    def name(signatory: str) -> str:
        return signing.name_grantee(award=award, address="1 Long Street", signatory=signatory, by=helena).signatory

    assert name("") == ""
    awards.accept(award=award, signatory="Prof. Linnea Sorby", by=ada)
    with pytest.raises(ValidationError, match="Write the name of the person who signs for the grantee"):
        name(" ")
    client.force_login(helena)
    page = client.post(reverse("manage_fund:grantee", args=[award.number]), {"address": "1 Long Street"})
    award.refresh_from_db()

    assert "Write the name of the person who signs for the grantee" in page.content.decode()
    assert award.signatory == "Prof. Linnea Sorby"
    assert name("Prof. Linnea Sørby") == "Prof. Linnea Sørby"
