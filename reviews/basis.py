"""What a decision was based on, frozen when it is prepared."""

from typing import Any

from applications.models import Application
from reviews.models import Review


def of(application: Application) -> dict[str, Any]:
    """Return the keys of the version, the rubric and the counted reviews with their revisions: no score, no name."""
    counted = Review.objects.counted().filter(assignment__application=application).order_by("pk")
    return {
        "version": application.current_id,
        "rubric": application.call.rubric_id,
        "reviews": [list(pair) for pair in counted.values_list("pk", "revision")],
    }
