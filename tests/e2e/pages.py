"""The kinds of pages of the product, by the persona who looks at them."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from tests.e2e.answers import pass_the_quiz
from tests.e2e.site import Visitor
from tests.e2e.stage import CORRECTED, PREPARED, SCHOOLS, SIGNED

STRANGER = ""
OPEN, IN_REVIEW, READY, DECIDED = (
    "prevention-first", "understanding-and-fighting-online-csea-2021", "safer-by-design", "help-that-arrives",
)  # fmt: skip
IDEAS, INVITED = "long-view-ideas", "long-view"
Address = str | tuple[str, str] | tuple[str, str, str] | Callable[[Visitor], None]
"""An address; a page and what the first link to follow from it looks like, or what comes after its own address, perhaps
with words of the link; or how to come there."""


def _stopped(person: Visitor) -> None:
    """Answer the quiz with what stops an application."""
    person.go(f"/calls/{OPEN}/eligibility/")
    pass_the_quiz(person.page)
    person.page.locator("main fieldset", has_text="government agency").get_by_label("Yes", exact=True).check()
    person.press(re.compile("^(Check, then|Go on)"))


def _choose(action: str) -> Callable[[Visitor], None]:
    """Return what leads to the check of something that is done to two applications."""

    def open_check(person: Visitor) -> None:
        person.go(f"/manage/calls/{IN_REVIEW}/applications/")
        for number in range(2):
            person.page.locator('[name="chosen"]').nth(number).check()
        person.click(person.page.locator(f'[name="action"][value="{action}"]'))

    return open_check


def _guests(person: Visitor) -> None:
    """Name people to invite, one of them wrongly."""
    person.go(f"/manage/calls/{INVITED}/invitations/new/")
    person.page.locator('[name="people"]').fill("Noor Halvorsen <noor@lakeside.example>\nnobody")
    person.press("See who is invited")


def _tie(person: Visitor) -> None:
    """Say of an application that one is shown for a word that one has a tie to it."""
    person.go("/review/")
    person.click(person.page.locator('a[href^="/review/bids/"]').first)
    person.page.get_by_text("I have a tie", exact=True).first.click()
    person.press("Keep these words")


PUBLIC: dict[str, Address] = {
    "home": "/", "verify": "/verify/", "call": f"/calls/{OPEN}/", "closed-call": f"/calls/{DECIDED}/", "papers": f"/calls/{OPEN}/questions/", "register": "/awards/",
    "award": ("/awards/", r"/awards/[^/]+/$"), "sign-in": "/account/login/", "sign-up": "/account/signup/",
    "password": "/account/password/reset/", "help": "/help/", "support": "/support/",
    "accessibility": "/accessibility/", "privacy": "/privacy/", "outbox": "/home/outbox/", "api": "/api/docs/", "resource": "/api/docs/meetings/",
    "quiz": f"/calls/{OPEN}/eligibility/", "stopped": _stopped, "invited-call": f"/calls/{INVITED}/",
}  # fmt: skip
APPLICANT: dict[str, Address] = {
    "ask": f"/calls/{OPEN}/ask/",
    "home": "/home/", "mail": "/home/mail/", "message": ("/home/mail/", r"/home/mail/\d+/$"),
    "applications": "/apply/", "draft": ("/apply/", r"/apply/\d+/$"),
    "summary": ("draft", r"/sections/summary/$"), "ethics": ("draft", r"/sections/ethics/$"),
    "team": ("draft", r"/sections/team/$"), "budget": ("draft", r"/sections/budget/$"),
    "history": ("summary", r"/history/[^/]+/$"), "paste": ("budget", r"/budget/paste/$"),
    "attachments": ("draft", r"/sections/attachments/$"), "check": ("draft", r"/check/$"),
    "pages": ("attachments", r"/apply/files/[^/]+/pages/$"), "whole": ("draft", r"/read/$"), "discard": ("draft", r"/withdraw/$"),
    "submitted": ("/apply/", r"/apply/\d+/$ last"), "decision": ("submitted", r"/my-decisions/\d+/$"),
    "question": ("/apply/", r"/questions/\d+/$"), "awards": "/my-awards/", "award": ("/my-awards/", r"/my-awards/[^/]+/$"), "accept": ("award", r"/accept/$"),
    "decline": ("award", r"/decline/$"), "profile": "/account/profile/", "tokens": "/account/tokens/",
    "documents": "/documents/", "start": f"/apply/start/{INVITED}/",
    "returned": ("/home/", r"/apply/\d+/$", "Correct"), "to-correct": ("returned", r"/sections/summary/"),
    "signed": ("/apply/", r"/apply/\d+/$", SIGNED), "signed-team": ("signed", r"/sections/team/$"),
    "member": ("signed-team", r"/team/\d+/$ last"), "hand-over": ("member", r"/owner/$"),
    "ready": ("signed", r"/check/$"), "last-step": ("signed", "+submit/"),
    "corrected": ("/apply/", r"/apply/\d+/$", CORRECTED), "proof": ("corrected", "+receipt/"),
    "versions": ("corrected", "+versions/"),
}  # fmt: skip
SIGNATORY: dict[str, Address] = {"sign": ("/home/", r"/sign/$")}
REVIEWER: dict[str, Address] = {
    "home": "/home/", "queue": "/review/", "declare": ("/review/", r"/review/\d+/declare/$"),
    "desk": ("/review/", r"/review/\d+/$"), "submitted": ("/review/", r"/review/\d+/$ last"),
    "conflicts": "/review/conflicts/", "interests": "/review/interests/", "pause": "/review/pause/",
    "meeting": ("/home/", r"/review/meetings/\d+/$"), "vote": ("meeting", r"/vote/$"),
    "calibration": ("/review/", r"/review/calibration/[^/]+/$"), "sample-case": ("calibration", r"/calibration/cases/\d+/$"),
    "own-words": ("/review/", r"/review/bids/[^/]+/$"), "tie": _tie, "offline": ("/review/", r"/reports/[^/]+/queue/$"),
}  # fmt: skip
_CALL = f"/manage/calls/{IN_REVIEW}/"
_READY = f"/manage/calls/{READY}/"
_MADE = f"/manage/calls/{DECIDED}/"
CHAIR: dict[str, Address] = {
    "meetings": _CALL + "meetings/", "meeting": ("meetings", r"/meetings/\d+/$"),
    "conclude": ("meeting", r"/items/\d+/$"), "minutes": ("meeting", r"/minutes/$"),
    "leniency": _READY + "ranking/leniency/", "ranking": _READY + "ranking/", "recommendation": (_CALL + "ranking/", r"/ranking/SORF[^/?]+/$"),
}  # fmt: skip
ADMINISTRATOR: dict[str, Address] = {
    "home": "/home/", "calls": "/manage/calls/", "overview": _CALL, "overview-ready": _READY,
    "applications": _CALL + "applications/", "application": (_CALL + "applications/", r"/applications/SORF[^/?]+/$"),
    "screening": _CALL + "screening/", "panel": _CALL + "panel/", "invite": _CALL + "panel/invite/",
    "import-panel": _CALL + "panel/import/", "pool": "/manage/pool/", "share-out": _CALL + "assignment/anew/",
    "assignment": _CALL + "assignment/", "assign-one": (_CALL + "assignment/", r"/assignment/of/[^/]+/$"),
    "progress": _CALL + "progress/", "reviewer": (_CALL + "progress/", r"/progress/\d+/$"),
    "ranking": _READY + "ranking/", "decisions": _READY + "decisions/", "decision": (_READY + "decisions/", r"/of/SORF"),
    "release-check": _READY + "decisions/release/", "release": (_MADE + "decisions/", r"/releases/\d+/$"),
    "letters-to-send": ("release", r"/outbox/letters/\d+/$"), "fund-outbox": "/manage/outbox/",
    "fund-mail": ("fund-outbox", r"/manage/outbox/\d+/$"),
    "settings": f"/manage/calls/{OPEN}/setup/", "deadline": f"/manage/calls/{OPEN}/setup/deadline/",
    "answers": f"/manage/calls/{OPEN}/setup/answers/", "form": f"/manage/calls/{OPEN}/setup/form/",
    "question": f"/manage/calls/{OPEN}/setup/form/questions/title/", "form-start": f"/manage/calls/{OPEN}/setup/form/start/",
    "preview": f"/apply/preview/{OPEN}/summary/", "reports": "/reports/", "new-call": "/manage/new-call/", "awards": "/manage/awards/",
    "award": ("/manage/awards/", r"/manage/awards/[^/?]+/$"), "people": "/manage/people/",
    "person": ("/manage/people/", r"/manage/people/\d+/$"), "invite-person": "/manage/people/invite/",
    "audit": "/manage/audit/", "documents": "/documents/", "letters": "/manage/letters/",
    "letter": ("/manage/letters/", r"/letters/\d+/$"), "incidents": "/manage/incidents/",
    "template": "/manage/letter-templates/award-letter/ar/", "template-version": "/manage/letter-templates/award-letter/fr/versions/1/",
    "incident": ("/manage/incidents/", r"/incidents/\d+/$"), "work": "/jobs/", "batch": ("/jobs/", r"/jobs/\d+/$"),
    "notes": _CALL + "applications/SORF-2021-001/desk/", "beside": ("notes", r"/beside/"),
    "file-report": (_CALL + "applications/SORF-2021-001/", r"/files/[^/]+/report/$"),
    "checklist": _CALL + "screening/checklist/", "tag": _choose("tag"), "ask-many": _choose("ask"),
    "draw": _CALL + "ranking/draw/", "funding-rule": _CALL + "ranking/rule/", "feedback": ("/home/", r"/after/$"),
    "ask-one": ("application", r"/ask/$"), "export": f"/reports/{IN_REVIEW}/applications/",
    "to-screen": f"/manage/calls/{IDEAS}/screening/", "return": ("to-screen", r"/return/$"),
    "corrected": (f"/manage/calls/{IDEAS}/applications/", r"/applications/SORF[^/?]+/$", CORRECTED),
    "changes": ("corrected", r"/changes/$"), "drafts": f"/manage/calls/{SCHOOLS}/drafts/",
    "more-time": ("drafts", r"/drafts/\d+/$"), "another-owner": ("more-time", r"/owner/$"),
    "invitations": f"/manage/calls/{INVITED}/invitations/", "to-invite": f"/manage/calls/{INVITED}/invitations/new/",
    "invited": _guests, "form-section": f"/manage/calls/{OPEN}/setup/form/sections/summary/",
    "form-table": f"/manage/calls/{OPEN}/setup/form/questions/partners/",
    "form-choices": f"/manage/calls/{OPEN}/setup/form/questions/content_notes/",
    "form-changes": f"/manage/calls/{SCHOOLS}/setup/form/changes/",
    "form-change": (f"/manage/calls/{SCHOOLS}/setup/", r"/form/changes/\d+/$"),
    "prepared": f"/manage/calls/{PREPARED}/setup/", "criteria": f"/manage/calls/{PREPARED}/setup/criteria/",
    "publish": f"/manage/calls/{PREPARED}/setup/step/publish/",
} | {
    f"setup-{part}": f"/manage/calls/{PREPARED}/setup/{part}/"
    for part in ("texts", "dates", "money", "budget", "quiz", "themes", "submitting", "review")
}  # fmt: skip
FINANCE: dict[str, Address] = {
    "finance": "/manage/finance/", "pledge": "/manage/finance/pledge/", "receipt": ("/manage/finance/", r"/receipt/$"),
    "reversal": ("/manage/finance/", r"/reversal/$"), "award": ("/manage/awards/", r"/manage/awards/[^/?]+/$"),
}  # fmt: skip
AUDITOR: dict[str, Address] = {"audit": "/manage/audit/", "decisions": _READY + "decisions/"}
PAGES: dict[str, dict[str, Address]] = {
    STRANGER: PUBLIC, "applicant": APPLICANT, "reviewer": REVIEWER, "chair": CHAIR, "administrator": ADMINISTRATOR,
    "finance": FINANCE | SIGNATORY, "auditor": AUDITOR,
}  # fmt: skip


FURTHER: dict[str, set[str]] = {
    STRANGER: {"closed-call", "password", "support", "accessibility", "privacy", "outbox", "stopped", "invited-call"},
    "applicant": {
        "ask", "message", "paste", "pages", "discard", "question", "awards", "decline", "documents", "start", "returned",
        "to-correct", "signed", "signed-team", "member", "hand-over", "ready", "corrected", "proof", "versions",
    },
    "reviewer": {"conflicts", "interests", "pause", "own-words", "offline", "sample-case", "tie"},
    "chair": {"meetings", "leniency"},
    "administrator": {
        "overview-ready", "invite", "import-panel", "pool", "share-out", "reviewer", "release-check", "deadline",
        "answers", "form-start", "award", "invite-person", "documents", "incidents", "notes", "beside", "file-report",
        "checklist", "tag", "ask-many", "draw", "ask-one", "export", "to-screen", "return", "corrected", "changes",
        "drafts", "more-time", "another-owner", "invitations", "to-invite", "invited", "form-section", "form-table",
        "form-choices", "form-changes", "form-change", "prepared", "criteria", "publish", "setup-texts", "setup-dates",
        "setup-money", "setup-themes", "setup-submitting", "setup-review", "reports", "fund-outbox", "fund-mail",
        "assign-one", "awards", "funding-rule", "incident", "new-call", "person", "question", "setup-quiz",
        "template-version", "letters-to-send",
    },
    "finance": {"award", "reversal"},
    "auditor": {"audit"},
}  # fmt: skip
"""Pages whose parts stand on others too; they are looked at by `make more`."""
DARK_TOO: dict[str, set[str]] = {
    STRANGER: {"home", "call", "sign-in", "quiz"},
    "applicant": {"home", "draft", "summary", "budget", "submitted", "decision"},
    "reviewer": {"queue", "declare", "desk"},
    "chair": {"meeting", "ranking"},
    "administrator": {"overview", "applications", "application", "screening", "assignment", "decision", "settings", "form", "audit"},
    "finance": {"finance"},
    "auditor": {"decisions"},
}  # fmt: skip
"""Pages that have all parts between them: these are looked at in the dark at once, the others by `make more`."""


def open_page(person: Visitor, pages: dict[str, Address], name: str) -> None:
    """Open a page of the list, following a link where its address depends on the data."""
    address = pages[name]
    if isinstance(address, str):
        person.go(address)
    elif callable(address):
        address(person)
    else:
        person.go(_place_of(person, pages, name, *address))
    _note(person, name)


def _note(person: Visitor, name: str) -> None:
    """Keep where a page was and where its links lead, for the pages that are reached from it."""
    links = person.page.locator("main a[href]").evaluate_all("all => all.map(each => [each.href, each.textContent])")
    person.known[name] = (person.page.url, links)


def _place_of(
    person: Visitor, pages: dict[str, Address], name: str, start: str, pattern: str, words: str = ""
) -> str:  # fmt: skip
    if start not in person.known and start in pages:
        open_page(person, pages, start)
    elif start not in person.known:
        person.go(start)
        _note(person, start)
    url, links = person.known[start]
    if pattern.startswith("+"):
        return urlsplit(url).path + pattern[1:]
    pattern, _, place = pattern.partition(" ")
    found = [link for link, text in links if re.search(pattern, link) and words in text]
    assert found, f"{name}: no link like {pattern} on {url}"
    return str(found[-1] if place == "last" else found[0])
