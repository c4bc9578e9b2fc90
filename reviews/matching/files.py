"""Read and write the file format `panel-assignment/1`.

Beyond it, and optional: `min_countries`, `excludes_own_country`, `avoided` pairs, a proposal's `has_content_note`, a
reviewer's `most_content_notes`, and `released` pairs with a `removal_price`.
"""

import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from reviews.matching.instance import Instance, InstanceError, Pair, Proposal, Reviewer, Solution

FORMAT = "panel-assignment/1"


def read(path: Path | str) -> Instance:
    """Read a problem from a .json or .json.gz file; `InstanceError` says what is wrong with it."""
    path = Path(path)
    try:
        raw = path.read_bytes()
        content = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    except FileNotFoundError:
        raise InstanceError(f"There is no file {path}. Check the path.") from None
    except json.JSONDecodeError as error:
        raise InstanceError(f"{path} is not valid JSON (line {error.lineno}, column {error.colno}).") from None
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        raise InstanceError(f"{path} cannot be read: {error}.") from None
    return parse(content)


def parse(content: Any) -> Instance:
    """Build the problem from the parsed content of a file."""
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise InstanceError(f'This is not a file of the format {FORMAT}: its "format" must say "{FORMAT}".')
    proposals = tuple(_each(content, "proposals", _proposal))
    reviewers = tuple(_each(content, "reviewers", _reviewer))
    return Instance(
        proposals=proposals,
        reviewers=reviewers,
        affinity=_affinity(content, len(proposals), len(reviewers)),
        k=_number(content, "k"),
        min_groups=_number(content, "min_groups", 1),
        min_countries=_number(content, "min_countries", 1),
        excludes_own_country=_truth(content, "excludes_own_country"),
        max_per_organisation=_number(content, "max_per_organisation", 1),
        conflicts=_pairs(content, "conflicts"),
        avoided=_pairs(content, "avoided"),
        locked=_pairs(content, "locked"),
        released=_pairs(content, "released"),
        removal_price=_number(content, "removal_price", 0),
    )


def write(instance: Instance, solution: Solution) -> dict[str, Any]:
    """Give the answer as the plain values that the format prescribes, one `unfilled` entry per open place."""
    answer: dict[str, Any] = {
        "format": FORMAT,
        "assignments": [list(pair) for pair in solution.assignments],
        "objective": solution.objective,
        "unfilled": [{"proposal": place.proposal, "reason": place.reason} for place in solution.unfilled],
        "unmet_loads": [
            {"reviewer": load.reviewer, "short": load.short, "reason": load.reason} for load in solution.unmet
        ],
        "proved": solution.proved,
        "bound": solution.bound,
        "places": len(instance.proposals) * instance.k,
    }
    if solution.floor is not None:
        answer |= {"floor": solution.floor, "floor_bound": solution.floor_bound}
    return answer


def _each[Item](content: dict[str, Any], name: str, build: Callable[[Any], Item]) -> list[Item]:
    rows = content.get(name)
    if not isinstance(rows, list):
        raise InstanceError(f'"{name}" is missing or not a list.')
    items = []
    for number, row in enumerate(rows, start=1):
        try:
            items.append(build(row))
        except (KeyError, TypeError, ValueError) as error:
            raise InstanceError(f'Entry {number} of "{name}" cannot be used: {_fault(error)}.') from None
    return items


def _fault(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _number(content: dict[str, Any], name: str, default: int | None = None) -> int:
    value = content.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise InstanceError(f'"{name}" must be a whole number.')
    return value


def _proposal(row: dict[str, Any]) -> Proposal:
    note = _truth(row, "has_content_note")
    return Proposal(str(row["id"]), _text(row, "organisation"), _text(row, "country"), note)


def _reviewer(row: dict[str, Any]) -> Reviewer:
    return Reviewer(
        str(row["id"]),
        str(row["group"]),
        _text(row, "organisation"),
        _text(row, "country"),
        _load(row, "min_load", 0),
        _load(row, "max_load", None),
        None if row.get("most_content_notes") is None else _load(row, "most_content_notes", None),
    )


def _text(row: dict[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _truth(content: dict[str, Any], name: str) -> bool:
    value = content.get(name, False)
    if not isinstance(value, bool):
        raise InstanceError(f'"{name}" must be true or false.')
    return value


def _load(row: dict[str, Any], name: str, default: int | None) -> int:
    value = row[name] if default is None else row.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{name} must be a whole number")
    return value


def _pairs(content: dict[str, Any], name: str) -> tuple[Pair, ...]:
    return tuple(dict.fromkeys(_each(content, name, _pair))) if name in content else ()


def _pair(row: Any) -> Pair:
    if not isinstance(row, list) or len(row) != 2:
        raise ValueError("it must be a pair [proposal id, reviewer id]")
    return str(row[0]), str(row[1])


def _affinity(content: dict[str, Any], height: int, width: int) -> Any:
    rows = content.get("affinity")
    if not isinstance(rows, list) or len(rows) != height:
        raise InstanceError(f'"affinity" needs {height} rows, one per proposal.')
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, list) or len(row) != width:
            raise InstanceError(f'Row {number} of "affinity" needs {width} numbers, one per reviewer.')
        if not all(type(value) is int for value in row):
            raise InstanceError(f'Row {number} of "affinity" has a value that is not a whole number.')
    return rows
