"""How much of one text stands in another: overlapping runs of five words, and MinHash signatures to find whom to compare.

Pure: folded texts in, figures out. A. Broder, "On the resemblance and containment of documents", 1997.
"""

import hashlib

import numpy as np

from applications.search.folding import Way, pieces_of

LENGTH = 5
LEAST = 20
"""Shorter texts say too little to be compared."""
BANDS, ROWS = 24, 3
"""Texts that share half of their runs meet in a band with a probability of 96 %, those that share a tenth with 2 %."""
_DRAW = np.random.default_rng(20260101)
_FACTORS = _DRAW.integers(1, 2**63, size=BANDS * ROWS, dtype=np.uint64) | np.uint64(1)
_SHIFTS = _DRAW.integers(0, 2**63, size=BANDS * ROWS, dtype=np.uint64)

Shingles = frozenset[int]


def shingles_of(text: str) -> Shingles:
    """Return the runs of five words of a text as numbers; scripts without spaces count each character."""
    units: list[str] = []
    for piece in pieces_of(text):
        units += [piece.text] if piece.way is Way.WORD else list(piece.text)
    runs = {" ".join(units[start : start + LENGTH]) for start in range(len(units) - LENGTH + 1)}
    return frozenset(_number(run) for run in runs)


def overlap(one: Shingles, other: Shingles) -> float:
    """Return the share of the shorter text that stands in the longer one too, from 0 to 1."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter >= LEAST else 0.0


def bands_of(shingles: Shingles) -> list[int]:
    """Return the parts of a text's signature: who shares one with another text is worth comparing."""
    if len(shingles) < LEAST:
        return []
    numbers = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    mixed = numbers[None, :] * _FACTORS[:, None] + _SHIFTS[:, None]
    least = (mixed ^ (mixed >> np.uint64(29))).min(axis=1).reshape(BANDS, ROWS)
    return [_number(f"{number}:{row.tobytes().hex()}") >> 1 for number, row in enumerate(least)]


def _number(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
