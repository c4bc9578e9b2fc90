"""The kinds of pages of the product, by the persona who looks at them."""

import re

from tests.e2e.site import Visitor

STRANGER = ""
OPEN, IN_REVIEW, READY, DECIDED = (
    "prevention-first", "understanding-and-fighting-online-csea-2021", "safer-by-design", "help-that-arrives",
)  # fmt: skip
Address = str | tuple[str, str]
"""An address, or a page and what the first link to follow from it looks like."""

PUBLIC: dict[str, Address] = {
    "home": "/", "call": f"/calls/{OPEN}/", "closed-call": f"/calls/{DECIDED}/", "papers": f"/calls/{OPEN}/questions/", "register": "/awards/",
    "award": ("/awards/", r"/awards/[^/]+/$"), "sign-in": "/account/login/", "sign-up": "/account/signup/",
    "password": "/account/password/reset/", "help": "/help/", "support": "/support/",
    "accessibility": "/accessibility/", "privacy": "/privacy/", "outbox": "/home/outbox/", "api": "/api/docs/",
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
    "submitted": ("/apply/", r"/apply/\d+/$ last"),
    "question": ("/apply/", r"/questions/\d+/$"), "awards": "/my-awards/", "award": ("/my-awards/", r"/my-awards/[^/]+/$"), "accept": ("award", r"/accept/$"),
    "decline": ("award", r"/decline/$"), "profile": "/account/profile/", "tokens": "/account/tokens/",
    "documents": "/documents/",
}  # fmt: skip
REVIEWER: dict[str, Address] = {
    "home": "/home/", "queue": "/review/", "declare": ("/review/", r"/review/\d+/declare/$"),
    "desk": ("/review/", r"/review/\d+/$"), "submitted": ("/review/", r"/review/\d+/$ last"),
    "conflicts": "/review/conflicts/", "pause": "/review/pause/",
}  # fmt: skip
_CALL = f"/manage/calls/{IN_REVIEW}/"
_READY = f"/manage/calls/{READY}/"
_MADE = f"/manage/calls/{DECIDED}/"
CHAIR: dict[str, Address] = {
    "ranking": _READY + "ranking/", "recommendation": (_CALL + "ranking/", r"/ranking/SORF[^/?]+/$"),
}  # fmt: skip
ADMINISTRATOR: dict[str, Address] = {
    "home": "/home/", "calls": "/manage/calls/", "overview": _CALL, "overview-ready": _READY,
    "applications": _CALL + "applications/", "application": (_CALL + "applications/", r"/applications/SORF[^/?]+/$"),
    "screening": _CALL + "screening/", "panel": _CALL + "panel/", "invite": _CALL + "panel/invite/",
    "assignment": _CALL + "assignment/", "assign-one": (_CALL + "assignment/", r"/assignment/of/[^/]+/$"),
    "progress": _CALL + "progress/", "reviewer": (_CALL + "progress/", r"/progress/\d+/$"),
    "ranking": _READY + "ranking/", "decisions": _READY + "decisions/", "decision": (_READY + "decisions/", r"/of/SORF"),
    "release-check": _READY + "decisions/release/", "release": (_MADE + "decisions/", r"/releases/\d+/$"),
    "settings": f"/manage/calls/{OPEN}/setup/", "deadline": f"/manage/calls/{OPEN}/setup/deadline/",
    "answers": f"/manage/calls/{OPEN}/setup/answers/", "form": f"/manage/calls/{OPEN}/setup/form/",
    "question": f"/manage/calls/{OPEN}/setup/form/questions/title/", "form-start": f"/manage/calls/{OPEN}/setup/form/start/",
    "preview": f"/apply/preview/{OPEN}/summary/", "new-call": "/manage/new-call/", "awards": "/manage/awards/",
    "award": ("/manage/awards/", r"/manage/awards/[^/?]+/$"), "people": "/manage/people/",
    "person": ("/manage/people/", r"/manage/people/\d+/$"), "invite-person": "/manage/people/invite/",
    "audit": "/manage/audit/", "documents": "/documents/", "incidents": "/manage/incidents/",
    "incident": ("/manage/incidents/", r"/incidents/\d+/$"), "work": "/jobs/", "batch": ("/jobs/", r"/jobs/\d+/$"),
}  # fmt: skip
FINANCE: dict[str, Address] = {
    "finance": "/manage/finance/", "pledge": "/manage/finance/pledge/", "receipt": ("/manage/finance/", r"/receipt/$"),
    "reversal": ("/manage/finance/", r"/reversal/$"), "award": ("/manage/awards/", r"/manage/awards/[^/?]+/$"),
}  # fmt: skip
AUDITOR: dict[str, Address] = {"audit": "/manage/audit/", "decisions": _READY + "decisions/"}
PAGES: dict[str, dict[str, Address]] = {
    STRANGER: PUBLIC, "applicant": APPLICANT, "reviewer": REVIEWER, "chair": CHAIR, "administrator": ADMINISTRATOR,
    "finance": FINANCE, "auditor": AUDITOR,
}  # fmt: skip


def open_page(person: Visitor, pages: dict[str, Address], name: str) -> None:
    """Open a page of the list, following a link where its address depends on the data."""
    address = pages[name]
    if isinstance(address, str):
        person.go(address)
        return
    start, pattern = address
    if start in pages:
        open_page(person, pages, start)
    else:
        person.go(start)
    pattern, _, place = pattern.partition(" ")
    links = person.page.locator("main a[href]").evaluate_all("all => all.map(each => each.href)")
    found = [link for link in links if re.search(pattern, link)]
    assert found, f"{name}: no link like {pattern} on {person.page.url}"
    person.go(found[-1] if place == "last" else found[0])
