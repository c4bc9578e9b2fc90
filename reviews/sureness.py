"""What a ranking and its scores can be trusted with, in plain sentences."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.order import Agreement
from reviews.ranking import Ranking


def sentences(agreement: Agreement, ranking: Ranking | None) -> list[str]:
    """Say how far reviewers agree, how reliable a mean is, and whether leniency can be told from quality."""
    return [*_on_agreement(agreement), *_on_connection(ranking)]


def _on_agreement(agreement: Agreement) -> Iterator[str]:
    if agreement.alpha is None:
        yield _(
            "No two reviews of one application can be compared yet, so nothing is known of how far reviewers agree."
        )
    elif agreement.alpha < 0.4:
        yield _(
            "Two reviewers of one application agree little more than by chance (Krippendorff’s α %(alpha)s): "
            "another reviewer could have turned many places round."
        ) % {"alpha": f"{agreement.alpha:.2f}"}
    else:
        yield _("Two reviewers of one application agree clearly more than by chance (Krippendorff’s α %(alpha)s).") % {
            "alpha": f"{agreement.alpha:.2f}"
        }
    if agreement.of_mean is not None:
        yield _(
            "The means of two panels like this one would correlate at about %(of_mean)s. "
            "Two more reviews of each application raise it more than any calibration."
        ) % {"of_mean": f"{max(agreement.of_mean, 0):.2f}"}


def _on_connection(ranking: Ranking | None) -> Iterator[str]:
    if ranking is None or not ranking.parts:
        return
    if len(ranking.reviewers) == 1:
        yield _("There is one reviewer only: leniency and quality cannot be told apart.")
    elif len(ranking.parts) == 1:
        yield _(
            "All applications are connected by reviewers in common, so a strict reviewer can be told from a weak application."
        )
    else:
        yield ngettext(
            "The applications fall into %(number)s set without a reviewer in common: between sets, leniency and quality cannot be told apart.",
            "The applications fall into %(number)s sets without a reviewer in common: between sets, leniency and quality cannot be told apart.",
            len(ranking.parts),
        ) % {"number": len(ranking.parts)}
    if ranking.unranked:
        yield ngettext(
            "%(number)s application has no score, and is not ranked.",
            "%(number)s applications have no score, and are not ranked.",
            len(ranking.unranked),
        ) % {"number": len(ranking.unranked)}
    if len({each.mean for each in ranking.applications}) == 1 and len(ranking.applications) > 1:
        yield _("All means are equal, so there is nothing to order the applications by.")
