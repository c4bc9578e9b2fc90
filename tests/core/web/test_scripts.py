"""The scripts in a real browser: counting, saving as you go, following work, and the visitor's time."""

from collections.abc import Callable
from urllib.parse import parse_qsl

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
SENTENCES = render_to_string("core/parts/sentences.html")
DRAFT = """<!doctype html><title>Draft</title>
<p data-saved></p>
<form data-autosave="/save/" method="post" action="/done/">
<input type="hidden" name="csrfmiddlewaretoken" value="token-of-the-form">
<div class="field"><label for="plan">Plan</label>
<textarea id="plan" name="plan" data-limit-words="5" data-revision="3">{plan}</textarea>
<output id="plan_count" for="plan" data-pattern="{so_far} of {most} words">old</output></div>
<fieldset class="field"><legend>Groups</legend>
<label><input type="checkbox" name="groups" value="a" data-revision="1">A</label>
<label><input type="checkbox" name="groups" value="b">B</label></fieldset>
<button>Save</button></form>
<script type="module" src="/static/core/js/{script}"></script>"""


class Server:
    """What the tests answer for the server, and what it was sent."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.saved: list[list[tuple[str, str]]] = []
        self.tokens: list[str] = []
        self.answer: Callable[[Route], None] = self.accept
        page.route("**/save/", self._receive)

    def show(self, html: str) -> None:
        self.page.route(
            "**/draft/", lambda route: route.fulfill(body=html + SENTENCES, content_type="text/html; charset=utf-8")
        )
        self.page.goto("http://fund.test/draft/")

    def draft(self, script: str = "autosave.js", plan: str = "") -> None:
        self.show(DRAFT.replace("{script}", script).replace("{plan}", plan))

    def _receive(self, route: Route) -> None:
        self.saved.append(parse_qsl(route.request.post_data or "", keep_blank_values=True))
        self.tokens.append(route.request.headers["x-csrftoken"])
        self.answer(route)

    @staticmethod
    def accept(route: Route) -> None:
        route.fulfill(json={"revision": 4, "saved_at": "2026-11-23T13:03:00Z"})

    @staticmethod
    def refuse(route: Route) -> None:
        route.abort()

    @staticmethod
    def disagree(route: Route) -> None:
        route.fulfill(status=409, json={"revision": 9, "value": "Written by Ben", "message": "Ben saved this answer."})


@pytest.fixture
def server(script_page: Page) -> Server:
    return Server(script_page)


def test_the_counter_follows_the_typing_and_says_when_it_is_too_long(server: Server) -> None:
    server.draft("counter.js", plan="one two")
    count = server.page.locator("#plan_count")
    expect(count).to_have_text("2 of 5 words")

    server.page.fill("#plan", "one two three four five six")

    expect(count).to_have_text("6 of 5 words")
    expect(count).to_have_class("is-over")


def test_what_is_typed_is_saved_after_a_pause_with_its_revision_and_token(server: Server) -> None:
    server.draft()

    server.page.type("#plan", "Two of us")

    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03")
    assert server.saved == [[("key", "plan"), ("revision", "3"), ("value", "Two of us")]]
    assert server.tokens == ["token-of-the-form"]


def test_the_next_save_carries_the_revision_of_the_last(server: Server) -> None:
    server.draft()
    server.page.fill("#plan", "One")
    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03")

    with server.page.expect_response("**/save/"):
        server.page.fill("#plan", "One, two")

    assert [dict(each)["revision"] for each in server.saved] == ["3", "4"]


def test_several_boxes_of_one_answer_are_sent_together(server: Server) -> None:
    server.draft()

    server.page.check("[value=a]")
    server.page.check("[value=b]")

    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03")
    assert server.saved[-1][2:] == [("value", "a"), ("value", "b")]


def test_what_cannot_be_sent_is_kept_and_sent_when_the_server_is_back(server: Server) -> None:
    server.draft()
    server.answer = server.refuse
    server.page.fill("#plan", "Not lost")
    expect(server.page.locator("[data-saved]")).to_have_text(
        "Not saved, retrying. Your words are kept in this browser."
    )

    server.answer = server.accept

    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03", timeout=10_000)
    assert server.page.evaluate("localStorage.length") == 0


def test_what_could_not_be_sent_is_back_on_the_next_visit(server: Server) -> None:
    server.draft()
    server.answer = server.refuse
    server.page.on("dialog", lambda dialog: dialog.accept())
    server.page.fill("#plan", "Not lost")
    expect(server.page.locator("[data-saved]")).to_contain_text("Not saved")
    server.answer = server.accept

    server.page.reload()

    expect(server.page.locator("#plan")).to_have_value("Not lost")
    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03")


def test_two_people_see_both_texts_and_one_chooses_their_own(server: Server) -> None:
    server.draft()
    server.answer = server.disagree
    server.page.fill("#plan", "Written by me")
    box = server.page.locator(".conflict")
    expect(box).to_contain_text("Ben saved this answer.")
    expect(box.locator("blockquote")).to_have_text(["Written by Ben", "Written by me"])

    server.answer = server.accept
    box.get_by_role("button", name="Keep mine").click()

    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03")
    assert server.saved[-1] == [("key", "plan"), ("revision", "9"), ("value", "Written by me")]
    expect(server.page.locator("#plan")).to_be_focused()


def test_two_people_see_both_texts_and_one_takes_the_other(server: Server) -> None:
    server.draft()
    server.answer = server.disagree
    server.page.fill("#plan", "Written by me")

    server.page.get_by_role("button", name="Use theirs").click()

    expect(server.page.locator("#plan")).to_have_value("Written by Ben")
    expect(server.page.locator(".conflict")).to_have_count(0)
    assert len(server.saved) == 1


def test_typing_on_during_a_disagreement_sends_nothing_before_the_choice(server: Server) -> None:
    server.draft()
    server.answer = server.disagree
    server.page.fill("#plan", "Written by me")
    expect(server.page.locator(".conflict")).to_be_visible()

    server.page.fill("#plan", "Written by me, later")
    server.page.wait_for_timeout(1200)

    assert len(server.saved) == 1
    expect(server.page.locator(".conflict blockquote").last).to_have_text("Written by me, later")


def test_a_refusal_is_shown_and_not_tried_again(server: Server) -> None:
    server.draft()
    server.answer = lambda route: route.fulfill(status=409, json={"message": "The call closed at 17:00 UTC."})

    server.page.fill("#plan", "Too late")
    expect(server.page.locator("[data-saved]")).to_have_text("The call closed at 17:00 UTC.")
    server.page.wait_for_timeout(1500)

    assert len(server.saved) == 1


def test_who_is_signed_out_is_told_and_keeps_the_text(server: Server) -> None:
    server.draft()
    server.answer = lambda route: route.fulfill(status=302, headers={"Location": "/account/login/"})

    server.page.fill("#plan", "Not lost")

    expect(server.page.locator("[data-saved]")).to_contain_text("you are signed out")
    assert "Not lost" in server.page.evaluate("JSON.stringify(localStorage)")


def test_sending_the_form_itself_keeps_the_text_until_the_server_has_it(server: Server) -> None:
    server.draft()
    server.answer = server.refuse
    server.page.fill("#plan", "By hand")
    server.page.get_by_role("button", name="Save").click()
    server.page.wait_for_url("**/done/")
    assert "By hand" in server.page.evaluate("JSON.stringify(localStorage)")

    server.answer = server.accept
    server.draft(plan="By hand")
    assert server.page.evaluate("localStorage.length") == 0


def test_who_types_without_a_pause_is_saved_all_the_same(server: Server) -> None:
    server.draft()

    server.page.locator("#plan").press_sequentially("word " * 16, delay=55)

    assert len(server.saved) >= 1


def test_what_another_page_kept_is_sent_from_here(server: Server) -> None:
    server.draft()
    server.answer = server.refuse
    server.page.on("dialog", lambda dialog: dialog.accept())
    server.page.fill("#plan", "Not lost")
    expect(server.page.locator("[data-saved]")).to_contain_text("Not saved")
    server.page.evaluate("localStorage.setItem('unsent ', '{not ours')")
    server.answer = server.accept

    with server.page.expect_response("**/save/"):
        server.show(
            '<!doctype html><p data-saved></p><script type="module" src="/static/core/js/autosave.js"></script>'
        )

    assert server.saved[-1] == [("key", "plan"), ("revision", "3"), ("value", "Not lost")]
    server.page.wait_for_function("localStorage.length === 0")


def test_ones_own_text_whose_answer_was_lost_is_no_conflict(server: Server) -> None:
    server.draft()
    server.answer = server.refuse
    server.page.fill("#plan", "First")
    expect(server.page.locator("[data-saved]")).to_contain_text("Not saved")
    server.page.fill("#plan", "First and second")
    stale = {"revision": 8, "value": "First", "message": "In another window you saved this answer."}
    server.answer = lambda route: (
        server.accept(route) if ("revision", "8") in server.saved[-1] else route.fulfill(status=409, json=stale)
    )

    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03", timeout=10_000)
    assert server.saved[-1] == [("key", "plan"), ("revision", "8"), ("value", "First and second")]
    expect(server.page.locator(".conflict")).to_have_count(0)


def test_both_texts_can_be_made_into_one(server: Server) -> None:
    server.draft(plan="Start\nTheirs\nEnd")
    server.answer = lambda route: route.fulfill(status=409, json={"revision": 9, "value": "Start\nTheirs\nEnd"})
    server.page.fill("#plan", "Start\nMine\nEnd")
    expect(server.page.locator(".conflict")).to_contain_text("Somebody else changed this answer.")

    server.answer = server.accept
    server.page.get_by_role("button", name="Edit both together").click()

    expect(server.page.locator("#plan")).to_have_value("Start\nTheirs\n\nMine\nEnd")
    expect(server.page.locator("[data-saved]")).to_have_text("Saved at 14:03")
    assert dict(server.saved[-1]) == {"key": "plan", "revision": "9", "value": "Start\nTheirs\n\nMine\nEnd"}


def test_what_others_save_appears_where_nobody_types(server: Server) -> None:
    server.page.route("**/watch/", lambda route: route.fulfill(json={
        "answers": {"plan": {"revision": 5, "value": "Theirs"}, "groups": {"revision": 2, "value": ["b"]}},
        "here": ["Amir"],
    }))  # fmt: skip
    html = DRAFT.replace("data-autosave", 'data-watch="/watch/" data-watch-every="0.3" data-autosave')
    server.show(html.replace("{script}", "autosave.js").replace("{plan}", "Mine") + "<p data-others></p>")
    server.page.focus("#plan")

    expect(server.page.locator("[data-others]")).to_have_text("In this draft too now: Amir")
    expect(server.page.locator("[value=b]")).to_be_checked()
    expect(server.page.locator("#plan")).to_have_value("Mine")
    server.page.locator("#plan").blur()
    expect(server.page.locator("#plan")).to_have_value("Theirs")
    assert server.saved == []


def test_running_work_is_followed_until_it_is_done(server: Server) -> None:
    steps = iter(['<div id="run" data-poll="/run/">71 of 118</div>', '<div id="run">118 of 118</div>'])
    server.page.route("**/run/", lambda route: route.fulfill(body=next(steps), content_type="text/html"))
    server.show(
        '<!doctype html><title>Run</title><div id="run" data-poll="/run/">0 of 118</div>'
        '<script type="module" src="/static/core/js/poll.js"></script>'
    )

    expect(server.page.locator("#run")).to_have_text("71 of 118", timeout=6_000)
    expect(server.page.locator("#run")).to_have_text("118 of 118", timeout=6_000)
    assert next(steps, "no step was left") == "no step was left"


@pytest.mark.parametrize(
    ("moment", "text", "shown"),
    [
        (
            "2026-12-22T17:00:00+00:00",
            "Tue 22 December 2026, 17:00 UTC",
            "Tue 22 December 2026, 17:00 UTC (18:00 in Oslo, your time zone)",
        ),
        (
            "2026-12-22T23:30:00+00:00",
            "Tue 22 December 2026, 23:30 UTC",
            "Tue 22 December 2026, 23:30 UTC (00:30 on Wed 23 December in Oslo, your time zone)",
        ),
        ("2026-12-22T17:00:00+00:00", "Tue 22 December 2026, 18:00 CET", "Tue 22 December 2026, 18:00 CET"),
    ],
)
def test_the_visitors_own_time_stands_beside_another_zones(server: Server, moment: str, text: str, shown: str) -> None:
    server.show(
        f'<!doctype html><title>Time</title><p><time datetime="{moment}" data-local="2026-12-22">{text}</time></p>'
        '<script type="module" src="/static/core/js/local-time.js"></script>'
    )

    expect(server.page.locator("p")).to_have_text(shown)


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(server: Server) -> None:
    server.show(
        '<!doctype html><title>Draft</title><div data-error-summary tabindex="-1"><a href="#lead">Name a lead</a></div>'
        '<div class="field"><input id="lead"></div><script type="module" src="/static/core/js/error-summary.js"></script>'
    )
    expect(server.page.locator("[data-error-summary]")).to_be_focused()
    expect(server.page).to_have_title("Error: Draft")

    server.page.get_by_text("Name a lead").click()

    expect(server.page.locator("#lead")).to_be_focused()


@pytest.mark.parametrize(
    ("name", "size", "message"),
    [
        (
            "photo.jpg",
            10,
            "“photo.jpg” is not one of the kinds we take (PDF). Save it as one of these and choose it again.",
        ),
        ("plan.pdf", 2_097_152, "“plan.pdf” is 2 MB; the most is 1 MB. Choose a smaller file."),
        ("plan.pdf", 10, ""),
    ],
)
def test_a_file_that_will_be_refused_is_not_sent_first(server: Server, name: str, size: int, message: str) -> None:
    server.show(
        '<!doctype html><title>Files</title><form method="post" enctype="multipart/form-data" action="/done/">'
        '<input type="file" accept=".pdf" data-most-bytes="1048576"><button>Send</button></form>'
        '<script type="module" src="/static/core/js/upload.js"></script>'
    )

    server.page.set_input_files("input", {"name": name, "mimeType": "application/pdf", "buffer": b"x" * size})

    assert server.page.evaluate("document.querySelector('input').validationMessage") == message


def test_a_file_that_the_proxy_refuses_is_not_sent_again(server: Server) -> None:
    sent = []
    server.page.route(
        "**/done/", lambda route: (sent.append(route.request.url), route.fulfill(status=413, body="<h1>No"))
    )
    server.show(
        '<!doctype html><title>Files</title><form method="post" data-upload enctype="multipart/form-data" action="/done/">'
        '<input type="file" name="file" id="file" accept=".pdf" data-most-bytes="1048576"><button>Send</button></form>'
        '<script type="module" src="/static/core/js/upload.js"></script>'
    )
    server.page.set_input_files("input", {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": bytes(2**19)})
    server.page.click("button")

    expect(server.page.locator("#file_error")).to_have_text(
        "“plan.pdf” is 0.5 MB, which is too large to be sent. Choose a smaller file."
    )
    assert len(sent) == 1
