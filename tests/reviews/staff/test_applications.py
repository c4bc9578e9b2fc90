"""The list of a call's applications: what the filters find, in which order, and what a recused person never meets."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from applications.models import Application, SavedView
from core.people.models import User
from reviews.actions import panel
from reviews.models import Assignment
from tests.reviews import panels
from tests.reviews.staff.conftest import World, recuse
from tests.reviews.staff.crowd import make_crowd

Browser = Callable[[User], Client]
NAMES = {"Grooming": "voices", "Offender": "lines", "Warnings": "warnings"}

FILTERS = [
    ("", ["warnings", "lines", "voices"]),
    ("q=voice", ["voices"]),
    ("q=children+warnings", ["warnings"]),
    ("q=nothing", []),
    ("state=in_review", ["warnings", "lines", "voices"]),
    ("state=withdrawn", []),
    ("theme=prevention", ["warnings", "lines", "voices"]),
    ("theme=response", []),
    ("country=NO", ["warnings", "lines", "voices"]),
    ("least=110,000", ["warnings", "lines", "voices"]),
    ("least=110000.01", []),
    ("q=amount:<%3D100000", []),
    ("q=amount:<1m+reviews:complete", ["lines", "voices"]),
    ("q=reviews:complete,missing+-offender", ["warnings", "voices"]),
    ("q=score:>4", ["voices"]),
    ("q=score:4..6+-title:grooming", ["warnings"]),
    ("q=reviewer:nadia", ["warnings", "lines", "voices"]),
    ("q=reviewer:@me", []),
    ("q=-reviewer:nadia", []),
    ("score=4", ["warnings", "voices"]),
    ("score=6", ["voices"]),
    ("score=6.01", []),
    ("reviews=missing", ["warnings"]),
    ("reviews=complete", ["lines", "voices"]),
    ("sort=-score", ["voices", "warnings", "lines"]),
    ("sort=score", ["lines", "warnings", "voices"]),
    ("sort=-missing", ["warnings", "voices", "lines"]),
    ("sort=title", ["voices", "lines", "warnings"]),
    ("sort=-title", ["warnings", "lines", "voices"]),
    ("sort=reference", ["voices", "lines", "warnings"]),
    ("sort=-newest", ["voices", "lines", "warnings"]),
    ("reviews=complete&sort=-score&score=3", ["voices"]),
    ("page=99", ["warnings", "lines", "voices"]),
]
BAD = [
    ("least=much", "“much” is not an amount. Write it in figures, such as 12,500."),
    ("least=-5", "An amount cannot be negative. Write it without the minus sign."),
    ("score=good", "Enter a number."),
    ("state=nowhere", "Select a valid choice. nowhere is not one of the available choices."),
    ("sort=colour", "Select a valid choice. colour is not one of the available choices."),
]


def found(browser: Client, world: World, query: str) -> list[str]:
    """Return the names of the applications in the list, in its order."""
    rows = browser.get(f"{world.address('applications')}?{query}").context["rows"]
    return [NAMES[row.application.title.split()[0]] for row in rows]


def test_filters_and_sorting(world: World, sign_in: Browser, helena: User) -> None:
    browser = sign_in(helena)

    assert [(query, found(browser, world, query)) for query, _ in FILTERS] == FILTERS


def test_bad_input_gets_a_sentence_keeps_what_was_typed_and_filters_nothing(
    world: World, sign_in: Browser, helena: User
) -> None:
    browser = sign_in(helena)
    for query, sentence in BAD:
        answer = browser.get(f"{world.address('applications')}?{query}&q=voice")
        name, typed = query.split("=")

        assert answer.status_code == 200
        assert list(answer.context["filter"].form.errors[name]) == [sentence]
        assert answer.context["filter"].form[name].value() == typed
        assert [row.application for row in answer.context["rows"]] == [world.voices]


def test_the_box_and_the_filters_say_the_same(world: World, sign_in: Browser, helena: User) -> None:
    browser, address = sign_in(helena), world.address("applications")

    def shown(query: str) -> dict[str, object]:
        form = browser.get(f"{address}?{query}").context["filter"].form
        return {name: form[name].value() for name in ("q", "state", "theme", "least")}

    written = {"q": "voice state:in-review amount:>=60000", "state": "in_review", "theme": "", "least": "60,000"}
    assert shown("q=voice&state=in_review&least=60000") == written
    assert shown("q=voice+state:in-review+amount:>%3D60000") == written


def test_a_changed_filter_is_written_into_the_box_and_an_emptied_one_taken_out(
    world: World, sign_in: Browser, helena: User
) -> None:
    browser, address = sign_in(helena), world.address("applications")

    def after(was: str, **sent: str) -> str:
        answer = browser.get(address, {"was": was, "q": was, "state": "", "theme": ""} | sent)
        return answer.url.partition("?q=")[2]

    assert after("voice theme:detection", theme="response") == "voice+theme%3Aresponse"
    assert after("voice theme:detection", theme="") == "voice"
    assert after("voice theme:detection", q="voice", theme="detection") == "voice"
    assert after("voice state:eligible,submitted") == "voice+state%3Aeligible%2Csubmitted"


def test_what_cannot_be_understood_is_explained_and_the_rest_works(
    world: World, sign_in: Browser, helena: User
) -> None:
    answer = sign_in(helena).get(f"{world.address('applications')}?q=voice+thema:x+amount:lots+reviewer:nobody")

    assert [row.application for row in answer.context["rows"]] == [world.voices]
    assert list(answer.context["filter"].form.errors["q"]) == [
        "There is no key “thema”, so it was left out. Did you mean “theme:”?",
        "“amount:lots” was left out. Write a number after “amount:”, such as amount:>100000.",
        "“reviewer:nobody” was left out: nobody on the panel is called so. Write a part of a name, or @me.",
    ]
    assert answer.context["filter"].form["q"].value() == "voice thema:x amount:lots reviewer:nobody"


def test_columns_are_of_choice(world: World, sign_in: Browser, helena: User) -> None:
    answer = sign_in(helena).get(f"{world.address('applications')}?columns=score&columns=months")

    assert [str(head.label) for head in answer.context["heads"]] == ["Reference", "Title", "Months", "Score"]
    assert answer.context["filter"].address == "columns=months&columns=score"


def test_a_view_is_kept_by_name_shared_and_taken_away(
    world: World, sign_in: Browser, helena: User, oluchi: User
) -> None:
    browser, address = sign_in(helena), world.address("applications")
    for name, shared in (("Voices", {}), ("Voices", {}), ("All high", {"is_shared": "on"})):
        browser.post(
            f"{address.removesuffix('applications/')}views/", {"name": name, "address": "q=score:>4&x=1", **shared}
        )

    def names(one: Client) -> list[tuple[str, str]]:
        return [(each.name, each.address) for each in one.get(address).context["views"]]

    assert names(browser) == [("All high", "q=score%3A%3E4"), ("Voices", "q=score%3A%3E4")]
    assert names(sign_in(oluchi)) == [("All high", "q=score%3A%3E4")]
    mine = SavedView.objects.get(name="Voices")
    assert sign_in(oluchi).post(reverse("manage:forget_view", args=[world.call.slug, mine.pk])).status_code == 404
    browser.post(reverse("manage:forget_view", args=[world.call.slug, mine.pk]))
    assert names(browser) == [("All high", "q=score%3A%3E4")]


def test_rows_say_how_many_reviews_are_in_and_the_mean_of_those(world: World, sign_in: Browser, helena: User) -> None:
    rows = sign_in(helena).get(world.address("applications")).context["rows"]
    shown = {
        NAMES[each.title.split()[0]]: (result.reviews_in, result.wanted, str(result.shown_mean))
        for each, result, _ in rows
    }

    assert shown == {"voices": (2, 2, "6.00"), "lines": (2, 2, "2.00"), "warnings": (1, 2, "4.00")}


def test_a_place_without_a_reviewer_counts_as_a_missing_review(world: World, sign_in: Browser, helena: User) -> None:
    Assignment.objects.filter(application=world.warnings, member=world.police).delete()

    assert found(sign_in(helena), world, "reviews=missing") == ["warnings"]


def test_heads_turn_the_present_sorting_round(world: World, sign_in: Browser, helena: User) -> None:
    heads = {
        head.label: head
        for head in sign_in(helena).get(f"{world.address('applications')}?sort=-score").context["heads"]
    }

    assert (heads["Score"].direction, heads["Score"].sort) == ("descending", "score")
    assert (heads["USD"].direction, heads["USD"].sort) == ("", "-amount")


def test_the_recused_meet_no_trace_in_list_count_search_score_or_choices(
    world: World, sign_in: Browser, helena: User
) -> None:
    Application.objects.filter(pk=world.voices.pk).update(country="JO")
    recuse(helena, world.voices)
    browser = sign_in(helena)
    answer = browser.get(world.address("applications"))
    html = answer.content.decode()

    assert found(browser, world, "sort=-score") == ["warnings", "lines"]
    assert found(browser, world, "q=voice") == found(browser, world, "score=5") == []
    assert [code for code, _ in answer.context["filter"].form.fields["country"].choices if code] == ["NO"]
    assert answer.context["total"] == 2
    assert "that you may see" in html
    assert {world.voices.reference, world.voices.title, "Jordan"} & set(html.split('"')) == set()
    assert world.voices.title not in html
    assert str(world.voices.reference) not in html


def test_the_page_of_an_application_is_not_there_for_the_recused(world: World, sign_in: Browser, helena: User) -> None:
    recuse(helena, world.voices)

    assert sign_in(helena).get(world.address("application", world.voices.reference)).status_code == 404


def test_an_administrator_who_owes_a_review_meets_no_score_of_it(world: World, sign_in: Browser, oluchi: User) -> None:
    member = panel.answer(
        member=panel.invite(call=world.call, person=oluchi, group="research", country="NO", by=None),
        accepts=True,
        by=oluchi,
    )
    panels.assign(world.voices, member)
    browser = sign_in(oluchi)

    assert found(browser, world, "score=1") == ["warnings", "lines"]
    assert found(browser, world, "sort=-score") == ["warnings", "lines", "voices"]
    page = browser.get(world.address("application", world.voices.reference))
    assert (page.context["mean"], page.context["reviews"], page.context["grid"]) == (None, [], [])
    assert "Clear and useful." not in page.content.decode()


def test_the_number_of_queries_is_the_same_with_3_rows_and_with_30(
    world: World, sign_in: Browser, helena: User, django_assert_max_num_queries: Callable
) -> None:
    browser, counts = sign_in(helena), []
    for more in (0, 27):
        make_crowd(world.call, more)
        with django_assert_max_num_queries(15) as few:
            answer = browser.get(f"{world.address('applications')}?sort=-score")
        counts.append((len(answer.context["rows"]), len(few)))

    assert [rows for rows, _ in counts] == [3, 30]
    assert counts[0][1] == counts[1][1]


def test_fifty_rows_of_long_titles_weigh_less_than_60_kb(world: World, sign_in: Browser, helena: User) -> None:
    make_crowd(world.call, 60)
    answer = sign_in(helena).get(world.address("applications"))

    assert len(answer.context["rows"]) == 50
    assert len(answer.content) <= 60_000


def test_the_list_of_calls_asks_the_same_for_one_call_and_for_more(
    world: World, sign_in: Browser, helena: User, django_assert_max_num_queries: Callable
) -> None:
    browser, counts = sign_in(helena), []
    for number in range(2):
        if number:
            make_crowd(panels.make_call_in_review("another", applications=1), 5)
        with django_assert_max_num_queries(15) as few:
            answer = browser.get(reverse("manage:calls"))
        counts.append((len(answer.context["lines"]), len(few)))

    assert [lines for lines, _ in counts] == [1, 2]
    assert counts[0][1] == counts[1][1]
