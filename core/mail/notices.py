"""What a mail server says when a mail comes back (RFC 3464): read from the notice, without a database."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message as Mail
from typing import cast

MOST_BYTES = 256_000
"""How much of a notice is read: what came back stands behind what is said of it, and its own heading comes first in it."""
MOST_EDGES = 50
"""Each kind of edge within which parts stand is looked for in every line."""
MOST_NUMBERS = 50
MOST_SAID = 200
_ID = re.compile(r"<[^<>\s]{1,118}>")


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: the numbers of the mails that it may be about, and what it says became of the first recipient."""

    message_ids: tuple[str, ...]
    action: str
    status: str
    said: str

    @property
    def is_failure(self) -> bool:
        """Whether the mail was not delivered and never will be: a delay or a delivery is no failure."""
        return self.action == "failed"

    @property
    def words(self) -> str:
        """The status and what the server said, for a page."""
        return f"{self.status} {self.said}".strip()[:MOST_SAID]


def read(content: bytes) -> Notice | None:
    """Read a mail that came in; None if it is no notice of a delivery, or one that nobody could take apart.

    Anybody can write to the fund's address, so nothing that stands in a mail may keep the others from being read.
    """
    try:
        return _read(content)
    except RecursionError:
        return None


def _read(content: bytes) -> Notice | None:
    content = content[:MOST_BYTES]
    if content.lower().count(b"boundary") > MOST_EDGES:
        return None
    mail = message_from_bytes(content, policy=policy.compat32)
    if mail.get_content_type() != "multipart/report" or not mail.is_multipart():
        return None
    blocks = [block for part in mail.walk() for block in _blocks(part)]
    recipient = next((block for block in blocks if block["Action"]), None)
    if recipient is None:
        return None
    said = _text(recipient["Diagnostic-Code"]).partition(";")[2].strip()
    return Notice(_ids(mail, blocks), _text(recipient["Action"]).lower(), _text(recipient["Status"]), said)


def _blocks(part: Mail) -> list[Mail]:
    """Return the groups of fields of a part that says what became of the mail."""
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return []
    return cast("list[Mail]", part.get_payload())


def _ids(mail: Mail, blocks: list[Mail]) -> tuple[str, ...]:
    """Return the numbers of the mail that came back: of its own heading, of its envelope, and what is answered to."""
    named = [block["Original-Envelope-Id"] for block in blocks]
    for part in mail.walk():
        if part.get_content_type() == "text/rfc822-headers":
            named.insert(0, message_from_bytes(cast("bytes", part.get_payload(decode=True)))["Message-ID"])
        elif part.get_content_type() == "message/rfc822" and part.is_multipart():
            named.insert(0, cast("list[Mail]", part.get_payload())[0]["Message-ID"])
    named += [mail["In-Reply-To"], mail["References"]]
    return tuple(dict.fromkeys(found for each in named for found in _ID.findall(_text(each))))[:MOST_NUMBERS]


def _text(value: object) -> str:
    """Return a field in one line, without what a database takes no text with."""
    return " ".join(str(value or "").replace("\0", "").split())
