"""Load the study designs: what is asked and how, apart from where and by whom."""

from dataclasses import dataclass
from functools import cache

from config.sample.wording import corpus

FILES = (
    "designs-prevention-1",
    "designs-prevention-2",
    "designs-detection-1",
    "designs-detection-2",
    "designs-response-1",
    "designs-response-2",
    "designs-offending-1",
    "designs-offending-2",
    "designs-generative-ai",
)

SECTIONS = ("summary", "background", "question", "method", "impact")


@dataclass(frozen=True)
class Design:
    key: str
    theme: str
    kind: str
    children: str
    keywords: tuple[str, ...]
    vary: dict[str, list[str]]
    titles: tuple[str, ...]
    subject: str
    texts: dict[str, list[str]]
    praise: tuple[str, ...]
    doubts: tuple[str, ...]
    note: tuple[str, str] | None
    """The form question that a content note stands over, and the note."""
    later_theme: str
    """The theme in the calls after 2021, which have no theme of its own for offending."""

    def values(self, use: int) -> dict[str, str]:
        """Return the slots that change from one use of the design to the next."""
        return {slot: options[use % len(options)] for slot, options in self.vary.items()}


def design(entry: dict) -> Design:
    return Design(
        key=entry["key"],
        theme=entry["theme"],
        kind=entry["kind"],
        children=entry["children"],
        keywords=tuple(entry["keywords"]),
        vary=entry["vary"],
        titles=tuple(entry["titles"]),
        subject=entry["subject"],
        texts={section: entry[section] for section in SECTIONS},
        praise=tuple(entry["praise"]),
        doubts=tuple(entry["doubt"]),
        note=tuple(entry["note"]) if entry.get("note") else None,
        later_theme=entry.get("later", entry["theme"]),
    )


@cache
def designs() -> dict[str, Design]:
    return {entry["key"]: design(entry) for name in FILES for entry in corpus(name)}


def designs_for(call: str) -> list[Design]:
    """Return the designs that fit a call: nobody studied generative models in 2021."""
    return [one for one in designs().values() if call != "2021" or one.theme != "generative-ai"]


def theme_of(design: Design, call: str) -> str:
    return design.theme if call == "2021" else design.later_theme
