"""What the world's people find on the pages of documents, jobs, home and the trail."""

import io
import zipfile

import pytest

pytestmark = pytest.mark.django_db

READABLE = {
    # kind: who may download it, of the one that is about Ada's application or award
    "receipt": {"ada", "helena", "audrey"},
    "letter": {"ada", "helena", "felix", "audrey"},
    "summary": {"ruth"},
}


@pytest.mark.parametrize("kind", READABLE)
def test_a_document_opens_to_whom_its_page_is_open(world, kind):
    code = world.subjects[kind]["code"]
    found = set()
    for name in world.sessions:
        response = world.browser(name).get(f"/documents/{code}/")
        if response.status_code == 200:
            found.add(name)
            assert response["Content-Disposition"].startswith("attachment")
            assert b"".join(response.streaming_content).startswith(b"%PDF")
    assert found == READABLE[kind]


@pytest.mark.parametrize("kind", READABLE)
def test_a_document_is_listed_to_whoever_may_open_it(world, kind):
    code = world.subjects[kind]["code"]
    names = [name for name in world.sessions if name != "anonymous"]
    listed = {name for name in names if code in world.browser(name).get("/documents/").content.decode()}
    assert listed == READABLE[kind]


def names_in(response) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return sorted(archive.namelist())


def test_the_zip_of_a_batch_opens_to_nobody_who_is_recused_from_a_part_of_it(world):
    address = f"/documents/batch/{world.subjects['batch']['pk']}.zip"
    letters = [world.subjects[each]["number"] for each in ("award", "accepted award")]
    assert names_in(world.browser("helena").get(address)) == sorted(f"award-letter-{number}.pdf" for number in letters)
    assert world.browser("ragna").get(address).status_code == 404


def test_the_list_of_batches_leaves_out_what_tells_of_a_recusal(world):
    address = f"/jobs/{world.subjects['batch']['pk']}/"
    assert address in world.browser("helena").get("/jobs/").content.decode()
    assert address not in world.browser("ragna").get("/jobs/").content.decode()


def test_the_zip_of_a_batch_holds_only_what_the_person_may_read(world):
    letters = f"/documents/batch/{world.subjects['batch']['pk']}.zip"
    numbers = [world.subjects[each]["number"] for each in ("award", "accepted award")]
    assert names_in(world.browser("helena").get(letters)) == sorted(f"award-letter-{number}.pdf" for number in numbers)
    summaries = f"/documents/batch/{world.subjects['summaries']['pk']}.zip"
    reference = world.subjects["submitted"]["reference"]
    assert names_in(world.browser("ruth").get(summaries)) == [f"summary-{reference}-copy-1.pdf"]
    assert names_in(world.browser("helena").get(summaries)) == []


def test_the_progress_page_lists_only_what_the_person_may_read(world):
    page = f"/jobs/{world.subjects['summaries']['pk']}/"
    code = world.subjects["summary"]["code"]
    assert code in world.browser("ruth").get(page).content.decode()
    assert code not in world.browser("helena").get(page).content.decode()


def test_home_shows_a_reviewer_what_is_due(world):
    waiting = world.browser("ruth").get("/home/").context["waiting"]
    assert "Answer" in {each.button for each in waiting}
    assert any(each.url.startswith("/review/") for each in waiting)


def test_home_shows_nothing_of_others(world):
    waiting = world.browser("rosa").get("/home/").context["waiting"]
    assert [each.what for each in waiting] == ["Your interests, declared once a year"]


def test_an_offer_waits_for_its_holder_until_it_is_answered(world):
    waiting = [each.url for each in world.browser("ada").get("/home/").context["waiting"]]
    assert any(world.subjects["award"]["number"] in url for url in waiting)


def test_the_trail_leaves_out_what_concerns_an_application_one_is_recused_from(world):
    mine = world.subjects["submitted"]["pk"]

    def events(name):
        rows = world.browser(name).get(f"/manage/audit/?subject={mine}").context["page"].object_list
        return [event for event in rows if event.root == mine and event.root_type == "applications.application"]

    assert events("ragna") == []
    assert events("helena") != []
