"""The navigation: apps register their items when they are ready, so that nothing here imports what is above."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

SECTIONS = ("home", "public", "apply", "review", "manage", "finance", "office", "account")


@dataclass(frozen=True, slots=True)
class Item:
    """One registered place: its words, its route (with a part of its page after “#”), and who sees it."""

    label: str
    url_name: str
    shown: Callable[[Any], bool]
    section: str


@dataclass(frozen=True, slots=True)
class Link:
    """One place as this request shows it; `current` is what goes into `aria-current`."""

    label: str
    url: str
    current: str = ""


_items: list[Item] = []


def everyone(user: Any) -> bool:
    """Show an item to everybody, signed in or not."""
    return True


def register(label: str, url_name: str, *, shown: Callable[[Any], bool] = everyone, section: str = "manage") -> None:
    """Add a place to the navigation; call it from `AppConfig.ready`. A second call for the same route replaces it."""
    if section not in SECTIONS:
        raise ValueError(f"“{section}” is no section of the navigation. Use one of {', '.join(SECTIONS)}.")
    _items[:] = [item for item in _items if (item.url_name, item.section) != (url_name, section)]
    _items.append(Item(label, url_name, shown, section))


def links_for(request: HttpRequest, *, account: bool = False) -> list[Link]:
    """Return the places that this person sees, in the order of the sections, with the present one marked."""
    items = [item for item in _items if (item.section == "account") == account]
    items.sort(key=lambda item: SECTIONS.index(item.section))
    places = [(item.label, url) for item in items if (url := _url(item)) and item.shown(request.user)]
    here = _present(request.path, [url for _, url in places])
    return [Link(label, url, _mark(url, here, request.path)) for label, url in places]


def _url(item: Item) -> str:
    name, mark, part = item.url_name.partition("#")
    try:
        return reverse(name) + mark + part
    except NoReverseMatch:
        return ""


def _present(path: str, urls: list[str]) -> str:
    """Return the longest address that the path lies under; the root only when the path is the root."""
    under = [url for url in urls if path == url or (url != "/" and path.startswith(url.rstrip("/") + "/"))]
    return max(under, key=len, default="")


def _mark(url: str, here: str, path: str) -> str:
    if url != here:
        return ""
    return "page" if url == path else "true"
