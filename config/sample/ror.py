"""Make ROR ids that pass the check of digits and that nobody could take for real ones."""

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: without i, l, o and u."""

SAMPLE_PREFIX = "0samp"


def check_digits(stem: str) -> str:
    """Return the two digits that follow the first seven characters of a ROR id."""
    value = 0
    for character in stem:
        value = value * 32 + ALPHABET.index(character)
    return f"{98 - (value * 100) % 97:02d}"


def is_valid(ror: str) -> bool:
    stem, digits = ror[:7], ror[7:]
    return len(ror) == 9 and ror[0] == "0" and set(stem) <= set(ALPHABET) and check_digits(stem) == digits


def sample_ror(number: int) -> str:
    """Return the sample id of organisation `number` (0 … 1023); all start with 0samp."""
    stem = SAMPLE_PREFIX + ALPHABET[number // 32] + ALPHABET[number % 32]
    return stem + check_digits(stem)
