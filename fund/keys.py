"""Keys for what people name: made from the label's words once, and kept when the label stays."""

from collections.abc import Mapping

from django.utils.text import slugify


def keyed(labels: list[str], kept: Mapping[str, str], *, most: int) -> list[tuple[str, str]]:
    """Pair each label with a key that no other has: the kept one, or one made from its words."""
    used = {kept[label] for label in labels if label in kept}
    pairs = []
    for label in labels:
        key = kept.get(label) or _free_key(slugify(label)[: most - 3] or "item", used)
        used.add(key)
        pairs.append((key, label))
    return pairs


def _free_key(key: str, used: set[str]) -> str:
    number, free = 2, key
    while free in used:
        number, free = number + 1, f"{key}-{number}"
    return free
