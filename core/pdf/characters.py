"""What the layout has to know about characters: clusters, spaces, places to break, invisible ones."""

import re
import unicodedata

NEUTRAL_SCRIPTS = frozenset({"Zyyy", "Zinh", "Zzzz"})

# Characters that steer the layout and leave no ink: joiners, variation
# selectors, marks of direction.
IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)

_MARKS = "".join(
    re.escape(chr(code)) for code in range(0x300, 0x20000) if unicodedata.category(chr(code)) in ("Mn", "Mc", "Me")
)
_EXTEND = f"[{_MARKS}\u200c\u200d\U0001f3fb-\U0001f3ff]"
# A virama binds the next consonant, so that no conjunct is torn.
_VIRAMA = "[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d\u1039\u17d2]"
_BOUND = f"(?:(?<={_VIRAMA})|(?<={_VIRAMA}\u200d))\\w{_EXTEND}*"
CLUSTER = re.compile(f"(?s:.{_EXTEND}*(?:{_BOUND})*)")
