"""The rows of a large call and the book that its job makes of them; run by `made_book` in processes with settings."""

import json
import resource
import time
from copy import deepcopy
from itertools import batched

from django.core.management import call_command

from applications.models import Application, ApplicationVersion
from core import clock
from core.documents.models import Document
from core.jobs import work
from core.jobs.models import Job
from core.people.models import User
from fund.models import Call
from reports.books import KIND, ask_for_book
from reviews.models import Assignment, Review, Score
from tests import factories
from tests.bench.large_book import Speaker
from tests.reviews import panels

SLUG, BY, TOGETHER = "book", "Helena Bench", 100
text = Speaker().text


def fill(count: int) -> None:
    """Submit one application as people do, and put its like beside it, each with texts and three reviews of its own."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    factories.make_user(BY, "administrator")
    call = panels.make_call_in_review(SLUG, applications=1)
    one = call.applications.get()
    members = panels.make_panel(call, 3)
    for numbers in batched(range(2, count + 1), TOGETHER):
        made = _submit(one, numbers)
        now = clock.now()
        _review(call, Assignment.objects.bulk_create(
            Assignment(application=each, member=member, state="submitted", released_at=now, due_at=now)
            for each in made
            for member in members
        ))  # fmt: skip


def _submit(one: Application, numbers: tuple[int, ...]) -> list[Application]:
    made = Application.objects.bulk_create(
        Application(
            call=one.call, state="in_review", reference=f"BOOK-{number:05}", current_id=one.current_id, title=text(9),
            host_name="Host", investigator_name=text(2), country="KE", theme=one.theme, amount=50_000, months=18,
            submitted_at=one.submitted_at,
        )
        for number in numbers
    )  # fmt: skip
    versions = ApplicationVersion.objects.bulk_create(_version_of(each, one.current) for each in made)
    for application, version in zip(made, versions, strict=True):
        application.current = version
    Application.objects.bulk_update(made, ["current"])
    return made


def _version_of(application: Application, like: ApplicationVersion | None) -> ApplicationVersion:
    assert like is not None
    content = deepcopy(like.content)
    content["columns"] |= {"title": application.title, "summary": text(250)}
    return ApplicationVersion(
        application=application, number=1, form=like.form, content=content, sha256="0" * 64,
        submitted_at=like.submitted_at,
    )  # fmt: skip


def _review(call: Call, assigned: list[Assignment]) -> None:
    reviews = Review.objects.bulk_create(
        Review(
            assignment=each, version=each.application.current, rubric=call.rubric, overall=4, submitted_at=clock.now(),
            public_comment=text(120), private_comment=text(60),
        )
        for each in assigned
    )  # fmt: skip
    criteria = list(call.rubric.criteria.all())
    Score.objects.bulk_create(
        Score(review=each, criterion=by, value=4, comment=text(40)) for each in reviews for by in criteria
    )


def make(count: int) -> None:
    """Order the book and do its job; print the megabytes of the file and of memory at most, and the seconds of CPU."""
    Job.objects.all().delete()
    ask_for_book(call=Call.objects.get(slug=SLUG), by=User.objects.get(name=BY))
    before = time.process_time()
    work.run_all()
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = Document.objects.get(kind=KIND).size / 2**20
    print(
        json.dumps({"applications": count, "megabytes": round(size, 1), "peak": round(peak), "cpu": round(seconds, 1)})
    )
