"""Members of a panel who work through the interface with a personal token, each from a thread of their own."""

import http.client
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from tests.e2e.site import Site
from tests.e2e.stage import TOKENS

OWED = ("released", "accepted", "in_progress")
ADVICE = ("fund", "conditions", "reserve", "decline", "abstain")
SCALE = 6


@dataclass
class Panellist:
    """One member of the panel, and what was answered to them so far, by status."""

    site: Site
    email: str
    token: str
    answers: Counter[int] = field(default_factory=Counter)
    submitted: int = 0

    def send(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Send one request, and return the status and what came."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        with closing(http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=120)) as connection:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            response = connection.getresponse()
            content = response.read()
        self.answers[response.status] += 1
        return response.status, json.loads(content) if content else None

    def get(self, path: str) -> Any:
        """Read something that is there."""
        return self.must("GET", path)

    def must(self, method: str, path: str, body: Any = None) -> Any:
        """Do what has to succeed."""
        status, found = self.send(method, f"/api/v1/{path}", body)
        assert status in (HTTPStatus.OK, HTTPStatus.NO_CONTENT), (self.email, method, path, status, found)
        return found

    def rows(self, path: str) -> Iterator[Any]:
        """Read a list to its last page."""
        number = 1
        while True:
            page = self.get(f"{path}{'&' if '?' in path else '?'}page={number}")
            yield from page["results"]
            if not page["next"]:
                return
            number += 1

    def finds(self, reference: str) -> bool:
        """Whether an application is among what the member may read."""
        return reference in {each["reference"] for each in self.rows(f"applications/?q={reference}")}

    def work(self, call: str) -> None:
        """Declare one's interests, as every member does once a year, and review all that is owed."""
        self.must("POST", "panel/interests/", {"interests": []})
        self.review_all(call)

    def review_all(self, call: str) -> None:
        """Declare, score and submit all that is owed in a call."""
        criteria = [each["key"] for each in self.get(f"calls/{call}/")["criteria"]]
        mine = list(self.rows(f"assignments/?application__call__slug={call}"))
        owed = [each for each in mine if each["state"] in OWED]
        for each in owed:
            self._review(each, criteria)
            self.submitted += 1

    def _review(self, assignment: dict[str, Any], criteria: Sequence[str]) -> None:
        path = f"assignments/{assignment['id']}/"
        assert not self.finds(assignment["application"]), "open before the declaration"
        self.must("POST", path + "declare/", {"has_interest": False})
        assert self.finds(assignment["application"])
        review = self.must("POST", path + "open/")
        marks = {key: 1 + (assignment["id"] * 5 + place * 3) % SCALE for place, key in enumerate(criteria)}
        self.must(
            "PATCH", f"reviews/{review['id']}/",
            {"scores": marks | {criteria[-1]: "na"} if assignment["id"] % 7 == 0 else marks,
             "overall": 1 + assignment["id"] * 5 % SCALE, "public_comment": "Sound, and of use to practice.",
             "private_comment": "Could start in spring.", "revision": review["revision"]},
        )  # fmt: skip
        assert self.must("POST", path + "submit/")["state"] == "submitted"

    def vote(self, meeting: int, item: int, advice: str) -> int:
        """Vote on an application and return the status."""
        body = {"item": item, "advice": advice, "overall": 1 + (item + len(self.email)) % SCALE}
        return self.send("POST", f"/api/v1/meetings/{meeting}/vote/", body)[0]


def panellists_of(site: Site, without: Iterable[str]) -> list[Panellist]:
    """Return the members of the panel, but those who work in the browser."""
    tokens = json.loads((site.folder / TOKENS).read_text())
    return [Panellist(site, email, token) for email, token in tokens.items() if email not in set(without)]


def at_once[Given, Found](act: Callable[[Given], Found], people: Sequence[Given]) -> list[Found]:
    """Let all of them act at the same time, and wait for the last."""
    with ThreadPoolExecutor(len(people)) as pool:
        return list(pool.map(act, people))
