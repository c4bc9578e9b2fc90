"""Compare the database of a demo that was just loaded with what is told of it: counts, states, names, who can sign in.

`DJANGO_SETTINGS_MODULE=config.settings python -m tests.e2e.demo_facts`
"""

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import django

django.setup()

from django.contrib.auth.hashers import check_password, is_password_usable  # noqa: E402 - after the setup
from django.db.models import QuerySet  # noqa: E402

from applications.models import Application  # noqa: E402
from config import belongings  # noqa: E402
from config.sample.people import PERSONAS  # noqa: E402
from core import clock  # noqa: E402
from core.documents.models import IssuedLetter  # noqa: E402
from core.jobs.models import Job  # noqa: E402
from core.people.models import User  # noqa: E402
from fund.models import Call  # noqa: E402
from reviews.models import Assignment, Decision, PanelMember  # noqa: E402

IN_REVIEW, READY, DECIDED, OPEN = (
    "understanding-and-fighting-online-csea-2021", "safer-by-design", "help-that-arrives", "prevention-first",
)  # fmt: skip
SCRIPTS = {"ARABIC", "THAI", "DEVANAGARI"}


class Fact(NamedTuple):
    """What is told, and what is there."""

    words: str
    told: Any
    found: Any


def counted(rows: QuerySet[Any], *names: str) -> dict[Any, int]:
    """Count rows by one value or several."""
    return dict(Counter(rows.order_by().values_list(*names, flat=len(names) == 1)))


def applications(slug: str) -> QuerySet[Application]:
    return Application.objects.filter(call__slug=slug)


def reviews_each(slug: str) -> set[int]:
    """Return how many reviewers the applications of a call have who were not recused and did not give it back."""
    in_review = applications(slug).exclude(state__in=["withdrawn", "ineligible"]).values_list("pk", flat=True)
    rows = Assignment.objects.filter(application__call__slug=slug).exclude(state__in=["declined", "recused"])
    return {counted(rows, "application").get(key, 0) for key in in_review}


def scripts_of(slug: str) -> set[str]:
    names = applications(slug).values_list("investigator_name", flat=True)
    return {unicodedata.name(letter).split()[0] for name in names for letter in name if letter.isalpha()}


def in_review() -> Iterator[Fact]:
    """Tell of the call of 2021."""
    every = applications(IN_REVIEW)
    yield Fact("its applications", {"in_review": 115, "withdrawn": 5, "ineligible": 6}, counted(every, "state"))
    yield Fact("applications, countries, themes", (126, 40, 4),
               (every.count(), len(counted(every, "country")), len(counted(every, "theme"))))  # fmt: skip
    members = PanelMember.objects.filter(call__slug=IN_REVIEW, state="accepted", is_chair=False)
    yield Fact("members in each of six groups", [4] * 6, list(counted(members, "group").values()))
    yield Fact("reviewers of each application", {3}, reviews_each(IN_REVIEW))
    yield Fact("reviews under way", True, 300 > counted(_assignments(IN_REVIEW), "state")["submitted"] > 250)


def ready() -> Iterator[Fact]:
    """Tell of the call whose decisions wait for their release."""
    decisions = Decision.objects.filter(application__call__slug=READY)
    yield Fact("its decisions", {"approved": 40}, counted(decisions, "state"))
    yield Fact("its reviews", {"submitted": 120}, counted(_assignments(READY), "state"))
    yield Fact("scripts of its names", SCRIPTS, SCRIPTS & scripts_of(READY))
    funded = applications(READY).filter(decisions__outcome="fund")
    scripts = {unicodedata.name(each[0]).split()[0] for each in funded.values_list("investigator_name", flat=True)}
    yield Fact("scripts among who is to be funded", SCRIPTS, SCRIPTS & scripts)


def decided() -> Iterator[Fact]:
    """Tell of the call whose letters are out."""
    decisions = Decision.objects.filter(application__call__slug=DECIDED)
    yield Fact("its decisions", {"released": 24}, counted(decisions, "state"))
    letters = IssuedLetter.objects.exclude(document=None)
    yield Fact("letters, filed and signed", {("issued", True): 24}, counted(letters, "state", "is_signed"))
    jobs = Job.objects.filter(kind__in=["award-letter", "outcome-letter"])
    yield Fact("jobs that made them", {("award-letter", "done"): 5, ("outcome-letter", "done"): 19},
               counted(jobs, "kind", "state"))  # fmt: skip


def opened() -> Iterator[Fact]:
    """Tell of the call that is open, and of who can sign in."""
    call = Call.objects.get(slug=OPEN)
    yield Fact("its applications", {"draft": 12}, counted(call.applications.all(), "state"))
    yield Fact("days to its deadline", True, 29 <= (call.closes_at - clock.now()).total_seconds() / 86_400 <= 31)
    usable = {user.email: user.password for user in User.objects.all() if is_password_usable(user.password)}
    yield Fact("who has a password", {persona.person.email for persona in PERSONAS}, set(usable))
    fits = [check_password(belongings.password(), each) for each in set(usable.values())]
    yield Fact("it is the one that is printed", True, all(fits))


def _assignments(slug: str) -> QuerySet[Assignment]:
    return Assignment.objects.filter(application__call__slug=slug)


def main() -> int:
    """Compare each, and return 1 if any is otherwise."""
    every = [(part.__name__, fact) for part in (in_review, ready, decided, opened) for fact in part()]
    wrong = [f"{name}: {each.words}: {each.found} instead of {each.told}" for name, each in every if each[1] != each[2]]
    print(f"{len(every)} facts about the sample, {len(wrong)} wrong", *wrong, sep="\n", flush=True)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
