"""Looks for applications that are much alike when one is submitted: in the background, in all calls."""

from collections.abc import Iterable

from django.db.models import QuerySet

from applications import shingles
from applications.content import names_its_applicant
from applications.models import Application, ApplicationVersion, Likeness, SearchText, TeamMember, TextBand
from applications.shingles import Shingles
from core import clock, jobs
from core.jobs import Claim
from core.language import lazy

KIND = "look-for-likeness"
FROM = 0.3
"""The share of the shorter text from which an overlap is worth a look."""
MOST = 200
"""With so many applications one is compared at most: a text that everybody uses says nothing."""


@jobs.handles(KIND, lazy("Search for similar applications"))
def look(claim: Claim) -> None:
    """Compare one submitted version with all others, and write down what is alike."""
    version = ApplicationVersion.objects.select_related("application", "form").get(pk=claim.payload["version"])
    application = version.application
    if application.current_id != version.pk:
        return  # A later version has its own look, whichever of the two comes first.
    runs = shingles.shingles_of(prose_of(version))
    bands = shingles.bands_of(runs)
    lead = application.team.filter(part=TeamMember.Part.INVESTIGATOR).first()
    people = set(TeamMember.objects.leading_as(lead).values_list("application", flat=True)) if lead else set()
    titled = set(_titled_like(application).values_list("application", flat=True))
    texts = _compare(runs, set(TextBand.objects.filter(value__in=bands).values_list("application", flat=True)) | titled)
    with claim.filing():
        TextBand.objects.filter(application=application).delete()
        TextBand.objects.bulk_create(TextBand(application=application, value=each) for each in bands)
        Likeness.objects.of(application).delete()
        others = Application.objects.submitted().filter(pk__in=people | titled | set(texts)).exclude(pk=application.pk)
        Likeness.objects.bulk_create(
            [_pair(application.pk, key, people, titled, texts) for key in others.values_list("pk", flat=True)[:MOST]],
            ignore_conflicts=True,
        )


def prose_of(version: ApplicationVersion) -> str:
    """Return the long texts of a version: what is alike in choices and names is no copy."""
    form = version.form.definition
    answers = [each for section in version.content["sections"] for each in section["answers"]]
    return "\n".join(
        str(each["words"]) for each in answers if each["kind"] == "long_text" and not names_its_applicant(each, form)
    )


def _pair(own: int, other: int, people: set[int], titled: set[int], texts: dict[int, int]) -> Likeness:
    return Likeness(
        first_id=min(own, other), second_id=max(own, other), same_investigator=other in people,
        same_title=other in titled, overlap=texts.get(other, 0), found_at=clock.now(),
    )  # fmt: skip


def _titled_like(application: Application) -> QuerySet[SearchText]:
    """Return the applications with the same title, but for case, accents and punctuation."""
    own = SearchText.objects.filter(application=application).values("title_text")
    return SearchText.objects.filter(title_text__in=own).exclude(title_text=" ")


def _compare(runs: Shingles, keys: Iterable[int]) -> dict[int, int]:
    """Return by how many per cent the texts of others overlap with this one, where it is enough."""
    found: dict[int, int] = {}
    versions = ApplicationVersion.objects.filter(pk__in=Application.objects.filter(pk__in=keys).values("current"))
    for each in versions.select_related("form").order_by("-pk")[:MOST]:
        share = shingles.overlap(runs, shingles.shingles_of(prose_of(each)))
        if share >= FROM:
            found[each.application_id] = round(share * 100)
    return found
