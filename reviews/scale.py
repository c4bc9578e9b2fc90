"""Scores as they are typed: a whole number of the rubric's scale, *not applicable*, or nothing yet."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fund.models import Criterion, Rubric

NOT_APPLICABLE = "na"
Value = int | str | None
"""A score of the scale, `"na"`, or nothing yet."""


def off_scale(rubric: Rubric) -> str:
    """Say which scores there are."""
    return _("Choose a whole score from %(least)s to %(most)s.") % {"least": rubric.least, "most": rubric.most}


def whole(value: Value, rubric: Rubric, key: str) -> int:
    """Read a score that was typed, or say at its field that it is none."""
    try:
        number = int(str(value))
    except ValueError:
        raise ValidationError({key: off_scale(rubric)}) from None
    if number not in rubric.scale:
        raise ValidationError({key: off_scale(rubric)})
    return number


def checked_overall(overall: int | None, rubric: Rubric) -> int | None:
    """Return an overall merit of the scale, or none yet."""
    if overall is not None and overall not in rubric.scale:
        raise ValidationError({"overall": off_scale(rubric)})
    return overall


def must_be_asked(keys: Iterable[str], criteria: Mapping[str, Criterion]) -> None:
    """Refuse a score of a criterion that the rubric has not."""
    if unknown := set(keys) - criteria.keys():
        words = _("This call has no criterion %(join)s.") % {"join": ", ".join(sorted(unknown))}
        raise ValidationError({"scores": words})


def missing(criteria: Iterable[Criterion], given: Mapping[str, Value], overall: int | None) -> dict[str, list[str]]:
    """Return what has no score yet, by the keys of the criteria; `given` has the answered ones."""
    keys = [each.key for each in criteria]
    problems = {key: [_("Choose a score, or n/a.")] for key in keys if given.get(key) is None}
    if keys and not problems and all(given[key] == NOT_APPLICABLE for key in keys):
        problems[keys[0]] = [_("Score at least one criterion; all of them at n/a say nothing.")]
    if overall is None:
        problems["overall"] = [_("Choose your overall merit.")]
    return problems
