"""Lists of 200 and of 20,000 applications in one database: what a page of each costs, and by which indexes.

Run by `bench_listing` in a process with the settings of a PostgreSQL of its own; the soak test uses its parts.
"""

import random
import statistics
import time
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from applications.models import Application, SearchText
from applications.search.folding import fold, indexed
from core import clock
from fund.models import Call
from reviews.models import Assignment, Review, Score
from tests import factories
from tests.reviews import panels

FEW, MANY = 200, 20_000
PAGES = {
    "first page": "",
    "last page": "page=100000",
    "filter": "q=country:KE+amount:>150000",
    "state and sorting": "q=state:in-review&sort=title",
    "text": "q=grooming",
    "text, Chinese": "q=儿童保护",
    "text, last page": "q=research&page=100000",
}
"""What is asked of each list."""
INDEXES = {
    "first page": ("applications_application", "_idx"),
    "last page": ("applications_application", "_idx"),
    "filter": ("Index",),
    "text": ("search_open_words",),
    "text, Chinese": ("search_open_words",),
}
"""What PostgreSQL's plan must name."""
GOAL = 1.5
_COUNTRIES = ["KE", "NO", "CL", "NP", "PH", "JO", "DE", "IE", "SG", "US", "PL", "VN"]
_TIMES = 15


def fill(number: int, slug: str, *, seed: int = 7) -> Call:
    """Make a call in review with so many applications, each with its texts and one review, through the models."""
    call = panels.make_call_in_review(slug, applications=1)
    one = call.applications.get()
    member = panels.make_member(call, f"Nadia of {slug}")
    draw, now = random.Random(seed), clock.now()
    themes, criteria = list(call.themes.all()), list(call.rubric.criteria.all())
    for start in range(0, number - 1, 1000):
        made = Application.objects.bulk_create(
            Application(
                call=call, state="in_review" if each % 3 else "eligible", reference=f"{slug.upper()}-{each + 2:05}",
                current_id=one.current_id, title=f"Study {draw.randrange(10**6)} of {_words(draw, 6)}", host_name="Host",
                investigator_name=_words(draw, 2).title(), country=_COUNTRIES[each % 12], theme=themes[each % 3],
                amount=20_000 + draw.randrange(230_000), months=18, submitted_at=now - timedelta(seconds=each),
            )
            for each in range(start, min(start + 1000, number - 1))
        )  # fmt: skip
        SearchText.objects.bulk_create(
            SearchText(
                application=each, open_text=indexed(f"{each.title} {_prose(draw)}"), naming_text=fold(each.investigator_name),
                title_text=fold(each.title), investigator_text=fold(each.investigator_name), host_text=fold("Host"),
            )
            for each in made
        )  # fmt: skip
        assigned = Assignment.objects.bulk_create(
            Assignment(application=each, member=member, state="submitted", released_at=now, due_at=now) for each in made
        )
        reviews = Review.objects.bulk_create(
            Review(assignment=each, version_id=one.current_id, rubric=call.rubric, overall=4, submitted_at=now)
            for each in assigned
        )
        Score.objects.bulk_create(
            Score(review=each, criterion=by, value=draw.randrange(1, 7)) for each in reviews for by in criteria
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return call


_POOL = ["".join(random.Random(each).choices("abdefiklmnoprstu", k=3 + each % 6)) for each in range(3000)]


def _words(draw: random.Random, number: int) -> str:
    return " ".join(draw.choices(_POOL, k=number))


def _prose(draw: random.Random) -> str:
    rare = ("grooming " if draw.random() < 0.005 else "") + ("网络儿童保护研究 " if draw.random() < 0.005 else "")
    return f"{rare}research on harm {_words(draw, 60)}"


def ask(browser: Client, call: Call, query: str) -> Any:
    """Ask for a page of a call's list."""
    response = browser.get(f"/manage/calls/{call.slug}/applications/?{query}")
    assert response.status_code == 200
    return response


def queries(browser: Client, call: Call, query: str) -> list[str]:
    """Return what a page asks of the database."""
    with CaptureQueriesContext(connection) as captured:
        ask(browser, call, query)
    return [each["sql"] for each in captured]


def plan(statements: list[str]) -> str:
    """Return PostgreSQL's plans for the statements that find the keys of a page."""
    found = []
    with connection.cursor() as cursor:
        for sql in statements:
            if 'SELECT "applications_application"."id" AS "pk"' in sql and "LIMIT" in sql:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + sql)
                found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def seconds(browser: Client, call: Call, query: str, times: int = _TIMES) -> float:
    """Return the median time of a page."""
    ask(browser, call, query)
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        ask(browser, call, query)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def browser_of_staff() -> Client:
    """Sign an administrator in."""
    browser = Client(headers={"host": "localhost"})
    browser.force_login(factories.make_user("Helena Bench", "administrator"))
    return browser


def main() -> None:
    """Print what each page costs in a long list against a short one."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    browser = browser_of_staff()
    short, long = fill(FEW, "short"), fill(MANY, "long")
    for name, query in PAGES.items():
        few, many = seconds(browser, short, query), seconds(browser, long, query)
        asked = len(queries(browser, short, query)), len(queries(browser, long, query))
        print(f"  {name:<18} {many / few:5.2f} × the list of {FEW} (goal {GOAL}); queries {asked[0]} and {asked[1]}")
