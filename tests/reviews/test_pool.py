"""The pool of reviewers across calls, and lists of people imported to a panel."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.mail.models import Message
from core.people.models import User
from fund.models import Call
from reviews.actions import reviewing
from reviews.models import Assignment, PanelMember
from reviews.panel_lines import read_lines
from tests import factories
from tests.reviews import panels
from tests.reviews.staff.conftest import recuse

pytestmark = pytest.mark.django_db

LIST = """name;email;group;country;themes;least;most;content notes;statement
Nadia Osei;nadia@osei.example;ngo;KE;prevention | Detection;2;9;1;Hotlines
Pavel Ruz;pavel@ruz.example;Law enforcement;Czechia;;;;;

Omar;OMAR@omar.example;research;NO;;;;;
No Group;no@group.example;wizards;KE;;;;;
Twice;nadia@osei.example;ngo;KE;;;;;
Bad;not an address;ngo;KE;;;;;
Far;far@far.example;ngo;Atlantis;;;;;
Much;much@much.example;ngo;KE;;5;2;;
Odd;odd@odd.example;ngo;KE;gardening;;;;
Word;word@word.example;ngo;KE;;;many;;
"""


def test_each_line_is_read_or_told_why_not() -> None:
    themes = {"prevention": "P", "detection": "D"}
    lines = read_lines(LIST, themes, ["omar@omar.example"])

    assert [(line.number, line.problem.partition(".")[0].partition(":")[0]) for line in lines] == [
        (2, ""), (3, ""), (5, "This person is on the panel already"), (6, "The group is one of these"),
        (7, "This address stands in line 2 already"), (8, "Write an e-mail address"),
        (9, "Write the country as its code of two letters, such as KE, or by its English name"),
        (10, "The most applications cannot be fewer than the least"),
        (11, "This call has no theme “gardening”"), (12, "“most” is a number from 0 to 200"),
    ]  # fmt: skip
    assert lines[0].place == {
        "group": "ngo", "country": "KE", "themes": ["P", "D"], "least_load": 2, "most_load": 9,
        "most_content_notes": 1, "statement": "Hotlines",
    }  # fmt: skip
    assert (lines[1].place["group"], lines[1].place["country"], lines[1].place["most_load"]) == ("police", "CZ", 20)


@pytest.mark.parametrize("text", ['name,email\n"A,b@c.example\n', 'name\n"' + "x" * 140_000, "name,email\0", "\n\0"])
def test_what_is_no_table_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValidationError, match="cannot be read as a table"):
        read_lines(text, {}, [])


def test_line_ends_may_be_of_any_kind_and_an_address_not_of_any_length() -> None:
    long = f"a@{'x.' * 126}example"
    lines = read_lines(f"name,email,group,country\rA,a@b.example,ngo,KE\rB,{long},ngo,KE", {}, [])
    assert [line.problem for line in lines] == ["", "This address is too long."]


def test_a_list_is_checked_before_anybody_is_invited(client: Client, helena: User) -> None:
    call = factories.make_call("listed")
    client.force_login(helena)
    page = reverse("manage:import_panel", args=[call.slug])
    assert "is not among them" in client.post(page, {"lines": "name,email\nA,b@c.example"}).content.decode()
    file = SimpleUploadedFile("panel.csv", LIST.replace(";", ",").encode("utf-8-sig"), "text/csv")
    checked = client.post(page, {"file": file, "step": "check"})
    assert (checked.context["good"], checked.context["bad"], PanelMember.objects.count()) == (3, 7, 0)
    assert "Nadia Osei,nadia@osei.example" in checked.content.decode()
    bad = SimpleUploadedFile("panel.csv", b"\xff\xfe\x00", "text/csv")
    assert "Save it as CSV UTF-8" in client.post(page, {"file": bad}).content.decode()

    done = client.post(page, {"lines": LIST, "step": "import"})

    assert (done.context["good"], done.context["done"]) == (3, True)
    nadia = PanelMember.objects.get(person__email="nadia@osei.example")
    assert (nadia.state, nadia.group, nadia.most_content_notes) == ("invited", "ngo", 1)
    assert sorted(nadia.themes.values_list("slug", flat=True)) == ["detection", "prevention"]
    assert Message.objects.filter(subject__startswith="Invitation to the panel").count() == 3
    again = client.post(page, {"lines": LIST, "step": "import"})
    assert (again.context["good"], PanelMember.objects.count()) == (0, 3)


def test_the_pool_tells_load_and_timeliness_of_what_one_may_see_and_invites_again(client: Client, helena: User) -> None:
    call: Call = panels.make_call_in_review(applications=3)
    member = panels.make_member(
        call, "Ruth Abe", "ngo", most_load=7, themes=call.themes.all()[:1], statement="Hotlines"
    )
    first, second, third = (panels.assign(each, member) for each in call.applications.order_by("pk"))
    panels.submit(first)
    panels.submit(second)
    Assignment.objects.filter(pk=second.pk).update(due_at=second.released_at)
    reviewing.hand_back(assignment=panels.fresh(third), reason="Not my field.", by=member.person)
    client.force_login(helena)
    page = reverse("manage:pool")

    factories.make_draft(factories.make_call("elsewhere"), helena)
    assert "of the applications you may see" not in client.get(page).content.decode(), "of a draft there are no figures"
    [row] = client.get(page, {"q": "ruth\0"}).context["rows"]
    assert (row.panels, row.held, row.done, row.share_in_time, row.handed_back) == (1, 2, 2, 50, 1)
    recuse(helena, first.application)
    [row] = client.get(page, {"group": "ngo"}).context["rows"]
    assert (row.held, row.done, row.share_in_time, row.handed_back) == (1, 1, 0, 1)
    assert "Figures are of the applications you may see." in client.get(page).content.decode()

    other = factories.make_call("other")
    client.post(page, {"person": [member.person_id], "call": other.pk})
    again = PanelMember.objects.get(call=other)
    assert (again.person_id, again.group, again.most_load, again.statement) == (member.person_id, "ngo", 7, "Hotlines")
    assert list(again.themes.values_list("name", flat=True)) == list(member.themes.values_list("name", flat=True))
    answer = client.post(page, {"person": [member.person_id], "call": other.pk}, follow=True)
    assert "Ruth Abe is already on this panel" in answer.content.decode()
