"""What is wrong with the choices, the columns and the condition of a question."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from core.forms.kinds import CELLS, CONDITIONS, KEY, WITH_CHOICES, Kind
from core.forms.limit_faults import is_whole

MOST_COLUMNS = 8
MOST_ROWS = 50
COLUMN_NAMES = frozenset({"key", "kind", "label", "required"})

type Found = Iterator[tuple[str, str]]


def choice_faults(raw: Mapping[str, Any], kind: Kind) -> Found:
    """Yield what is wrong with the answers that are offered."""
    if kind not in WITH_CHOICES:
        return
    choices = raw.get("choices")
    if not isinstance(choices, list) or not choices:
        yield "choices", _("Write the answers to choose from.")
    elif not all(_is_choice(each) for each in choices):
        yield "choices", _("Write each answer as a short value and its words: [“yes”, “Yes, with consent”].")
    elif len({value for value, _words in choices}) < len(choices):
        yield "choices", _("Two answers have the same value. Change one of them.")


def _is_choice(each: Any) -> bool:
    if not isinstance(each, list | tuple) or len(each) != 2 or not all(isinstance(part, str) for part in each):
        return False
    value, words = each
    return bool(words.strip()) and value == value.strip() and value.isprintable() and 0 < len(value) <= 60


def table_faults(raw: Mapping[str, Any], kind: Kind) -> Found:
    """Yield what is wrong with the columns and rows of a table."""
    if kind != Kind.TABLE:
        return
    columns = raw.get("columns")
    if not isinstance(columns, list) or not 1 <= len(columns) <= MOST_COLUMNS:
        yield "columns", _("Give the table 1 to %(most)d columns.") % {"most": MOST_COLUMNS}
    else:
        yield from _column_faults(columns)
    for name in ("least_rows", "most_rows"):
        if raw.get(name) is not None and not is_whole(raw[name], 0 if name == "least_rows" else 1, MOST_ROWS):
            yield name, _("Write the number of rows as a whole number up to %(most)d.") % {"most": MOST_ROWS}
            return
    if (raw.get("least_rows") or 0) > (raw.get("most_rows") or MOST_ROWS):
        yield "most_rows", _("The most rows are fewer than the least. Change one of them.")


def _column_faults(columns: list[Any]) -> Found:
    keys = set()
    for number, each in enumerate(columns, start=1):
        if not isinstance(each, Mapping) or set(each) - COLUMN_NAMES or not _names_itself(each):
            yield (
                "columns",
                _("Give column %(number)d a key, a kind and a label, and nothing else but “required”.")
                % {"number": number},
            )
            continue
        if each["kind"] not in CELLS:
            message = _("Column %(number)d cannot be of the kind “%(kind)s”. Choose one of: %(kinds)s.")
            yield "columns", message % {"number": number, "kind": each["kind"], "kinds": ", ".join(sorted(CELLS))}
        if each["key"] in keys:
            yield "columns", _("Two columns have the key “%(key)s”.") % {"key": each["key"]}
        keys.add(each["key"])


def _names_itself(column: Mapping[str, Any]) -> bool:
    texts = all(isinstance(column.get(name), str) and column[name].strip() for name in ("key", "kind", "label"))
    return texts and bool(KEY.fullmatch(column["key"])) and isinstance(column.get("required"), bool | None)


def condition_faults(shown_if: Any, earlier: Mapping[str, Mapping[str, Any]], known: Container[str]) -> Found:
    """Yield what is wrong with a condition, which may only ask for an answer that was given before."""
    if shown_if is None:
        return
    if not isinstance(shown_if, Mapping) or set(shown_if) != {"question", "values"}:
        yield "shown_if", _("Write the condition as the key of an earlier question, and a list of its answers.")
        return
    key, values = shown_if["question"], shown_if["values"]
    if not isinstance(key, str) or key not in earlier:
        yield "shown_if", _unusable(key, known)
    elif earlier[key]["kind"] not in CONDITIONS:
        yield (
            "shown_if",
            _("The question “%(key)s” has no answers to choose from, so nothing can depend on it.") % {"key": key},
        )
    elif not isinstance(values, list) or not values or not all(isinstance(each, str) and each for each in values):
        yield "shown_if", _("Name the answers with which this question is shown.")
    else:
        yield from _value_faults(earlier[key], values)


def _unusable(key: Any, known: Container[str]) -> str:
    if isinstance(key, str) and key in known:
        return _("The question “%(key)s” comes later. A condition asks for an earlier answer; change the order.") % {
            "key": key
        }
    return _("The condition asks for the question “%(key)s”, which this form does not have.") % {"key": key}


def _value_faults(asked: Mapping[str, Any], values: list[str]) -> Found:
    offered = _offered(asked)
    for value in values:
        if offered is not None and value not in offered:
            yield "shown_if", _("“%(value)s” is no answer to the question “%(key)s”. Choose among: %(offered)s.") % {
                "value": value, "key": asked["key"], "offered": ", ".join(offered),
            }  # fmt: skip


def _offered(asked: Mapping[str, Any]) -> list[str] | None:
    """Return the answers that a question offers; None for themes, which the call has and not the form."""
    if asked["kind"] == Kind.YES_NO:
        return ["yes", "no"]
    if asked["kind"] == Kind.DECLARATION:
        return ["yes"]
    if asked["kind"] == Kind.THEME:
        return None
    return [str(choice[0]) for choice in asked.get("choices") or () if isinstance(choice, list | tuple) and choice]
