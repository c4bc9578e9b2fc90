"""The panel through the interface: who is on it, who reviews what, and scoring without a connection."""

from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.interests.models import Declaration
from core.jobs.work import run_all
from core.people.models import User
from fund.models import Call
from reviews.actions import panel
from reviews.models import Assignment, Bid, PanelMember, PanelSuggestion
from tests import factories
from tests.access.world import recuse
from tests.reviews import panels

pytestmark = pytest.mark.django_db
State = Assignment.State


@pytest.fixture(scope="module")
def made(shared):
    """Two applications with one place each, and two members with room for one."""
    call = panels.make_call_in_review(applications=2, reviews_each=1, least_groups=1)
    for application, theme, name in zip(
        call.applications.order_by("pk"), call.themes.all(), ("Ola", "Una"), strict=False
    ):
        type(application).objects.filter(pk=application.pk).update(theme=theme)
        panels.make_member(call, name, themes=[theme], most_load=1)
    return call


@pytest.fixture
def call(made, db):
    return deepcopy(made)


def held(call: Call) -> dict[str, str]:
    rows = Assignment.objects.filter(application__call=call).exclude(state=State.DECLINED)
    return dict(rows.order_by("application").values_list("member__person__name", "state"))


def test_who_reviews_what_is_proposed_changed_by_hand_released_and_shared_out_anew(call, helena, speaking_for):
    says, path = speaking_for(helena), f"assigning/{call.slug}/"
    first, second = call.applications.order_by("pk")
    ola, una = PanelMember.objects.filter(call=call).order_by("pk")
    assert [row["held"] for row in says.get(path)["open"]] == [0, 0]
    asked = says("POST", f"{path}propose/")
    assert (asked.status_code, says("POST", f"{path}propose/").status_code) == (201, 200)
    assert says.get(path)["batch"] == asked.data["batch"]
    run_all()
    board = says.get(path)
    assert (board["open"], board["is_proved"], board["batch"]) == ([], True, None)

    pair = {"application": first.reference, "member": ola.pk}
    cost = says("POST", f"{path}cost/", {**pair, "adds": False}).data
    assert (cost["points"] > 100, cost["is_proved"]) == (True, True)
    for application, member in ((first, ola), (second, una)):
        done = says("POST", f"{path}remove/", {"application": application.reference, "member": member.pk})
        assert done.status_code == 204
    possible = says.get(f"{path}possible/{first.reference}/")
    assert sorted((row["reviewer"], row["held"], row["most"]) for row in possible) == [("Ola", 0, 1), ("Una", 0, 1)]
    for application, member in ((first, una), (second, ola)):
        done = says("POST", f"{path}add/", {"application": application.reference, "member": member.pk})
        assert (done.status_code, done.data["state"]) == (201, "proposed")
    again = says("POST", f"{path}add/", {"application": first.reference, "member": ola.pk})
    assert again.data == {"member": ["This member cannot take this application. Choose somebody else."]}
    for row in Assignment.objects.filter(application__call=call):
        body = {"application": row.application.reference, "member": row.member_id, "is_kept": False}
        assert says("POST", f"{path}keep/", body).status_code == 200
    assert says("POST", f"{path}release/", {"due_at": "2020-01-01T00:00:00Z"}).status_code == 400
    released = says("POST", f"{path}release/", {"due_at": "2099-01-01T00:00:00Z"})
    assert released.data == {"assignments": 2, "reviewers": 2}

    assert says("POST", f"{path}anew/", {"price": 1001}).status_code == 400
    assert says("POST", f"{path}anew/", {"price": 10}).status_code == 201
    run_all()
    (row,) = says.rows("reassignments/")
    plan = says.get(f"reassignments/{row['id']}/")
    assert [[move["reviewer"] for move in (*each["leaves"], *each["comes"])] for each in plan["changes"]] == [
        ["Una", "Ola"], ["Ola", "Una"],
    ]  # fmt: skip
    assert says("POST", f"reassignments/{row['id']}/store/").status_code == 200
    assert says("POST", f"reassignments/{row['id']}/store/").status_code == 409
    assert held(call) == {"Ola": "proposed", "Una": "proposed"}


def test_what_one_is_recused_from_is_on_no_board_and_in_no_plan(call, chandra, speaking_for):
    panels.make_member(call, chandra, "ngo", is_chair=True)
    first, second = call.applications.order_by("pk")
    recuse(chandra, first)
    says, path = speaking_for(chandra), f"assigning/{call.slug}/"
    board = says.get(path)

    assert (board["applications"], [row["application"] for row in board["open"]]) == (1, [second.reference])
    ola = PanelMember.objects.get(call=call, person__name="Ola")
    for step in ("add", "remove", "cost"):
        body = {"application": first.reference, "member": ola.pk}
        assert says("POST", f"{path}{step}/", body).status_code == 404


def test_a_list_is_checked_line_by_line_before_anybody_is_invited(call, helena, speaking_for):
    says = speaking_for(helena)
    lines = "name,email,group,country\nNora,nora@nora.example,ngo,KE\nBad,not an address,ngo,KE"
    body = {"call": call.slug, "lines": lines}
    checked = says("POST", "panel/import/", body).data
    assert (checked["is_done"], checked["good"], checked["bad"]) == (False, 1, 1)
    assert [(line["number"], bool(line["problem"])) for line in checked["lines"]] == [(2, False), (3, True)]
    assert not User.objects.filter(email="nora@nora.example").exists()

    assert says("POST", "panel/import/", {**body, "invite": True}).data["good"] == 1
    assert PanelMember.objects.get(person__email="nora@nora.example").state == "invited"
    again = says("POST", "panel/import/", {**body, "invite": True}).data
    assert again["lines"][0]["problem"] == "This person is on the panel already."
    assert says("POST", "panel/import/", {**body, "lines": "name,email"}).status_code == 400


def test_the_pool_tells_load_and_timeliness_and_invites_again(call, helena, speaking_for):
    says = speaking_for(helena)
    done = panels.assign(call.applications.order_by("pk")[0], PanelMember.objects.get(person__name="Ola"))
    panels.submit(done)
    (row,) = says.rows("pool/", q="ola")
    assert (row["group"], row["panels"], row["held"], row["done"], row["share_in_time"]) == ("research", 1, 1, 1, 100)
    recuse(helena, done.application)
    assert says.rows("pool/", q="ola")[0]["held"] == 0

    other = factories.make_call("other")
    made = says("POST", "pool/invite/", {"call": other.slug, "person": row["person"]})
    assert (made.status_code, made.data["state"], made.data["most_load"]) == (201, "invited", 1)
    assert says("POST", "pool/invite/", {"call": other.slug, "person": row["person"]}).status_code == 409


def test_who_declines_names_somebody_who_is_invited_or_put_aside(call, helena, ruth, speaking_for):
    member = panel.invite(call=call, person=ruth, group="police", country="NO", by=None)
    hers, says = speaking_for(ruth), speaking_for(helena)
    named = {"name": "Nadia", "email": "Nadia@nadia.example", "country": "KE"}
    path = f"panel/{member.pk}/suggest/"
    assert hers("POST", path, named).status_code == 409
    hers("POST", f"panel/{member.pk}/answer/", {"accepts": False})
    assert hers("POST", path, {**named, "country": "XX"}).status_code == 400
    assert hers("POST", path, named).status_code == 204
    (row,) = says.rows("suggestions/")
    assert (row["name"], row["in_place_of"], hers.rows("suggestions/")) == ("Nadia", "Ruth", [])
    made = says("POST", f"suggestions/{row['id']}/invite/")
    assert (made.status_code, made.data["group"], made.data["country"]) == (201, "police", "KE")

    assert hers("POST", path, {**named, "email": "omar@omar.example"}).status_code == 204
    assert says("DELETE", f"suggestions/{PanelSuggestion.objects.get().pk}/").status_code == 204
    assert not PanelSuggestion.objects.exists()


def test_a_tie_is_declared_where_words_are_said(call, speaking_for):
    first, second = call.applications.order_by("pk")
    ola = User.objects.get(name="Ola")
    says, body = speaking_for(ola), {"call": call.slug, "application": first.reference}
    says("POST", "bids/", {**body, "word": "can"})
    assert says("POST", "bids/tie/", {**body, "kinds": []}).status_code == 400
    assert says("POST", "bids/tie/", {**body, "kinds": ["other"]}).status_code == 400
    assert says("POST", "bids/tie/", {**body, "kinds": ["personal"], "note": "We met."}).status_code == 204

    assert says("POST", "bids/tie/", {**body, "kinds": ["personal"]}).status_code == 404
    assert says("POST", "bids/", {**body, "application": second.reference, "word": "can"}).status_code == 204
    assert Bid.objects.get().application == second
    assert Declaration.objects.get(person=ola).is_recusing


def test_a_queue_is_scored_without_a_connection(call, speaking_for):
    ola = PanelMember.objects.get(person__name="Ola")
    panels.write(panels.assign(call.applications.order_by("pk")[0], ola), 4, 5)
    client, path = speaking_for(ola.person).client, f"/api/v1/offline/{call.slug}/"
    sheet = client.get(path)
    assert (sheet["Content-Type"].endswith("spreadsheetml.sheet"), "no-store" in sheet["Cache-Control"]) == (True, True)
    told = client.post(f"{path}upload/", {"file": SimpleUploadedFile("mine.xlsx", sheet.content)}).json()

    reference = call.applications.order_by("pk")[0].reference
    assert told == [{"number": 2, "application": reference, "result": "same", "words": "As it is stored."}]
    refused = client.post(f"{path}upload/", {"file": SimpleUploadedFile("mine.xlsx", b"no sheet")})
    assert (refused.status_code, list(refused.json())) == (400, ["file"])
