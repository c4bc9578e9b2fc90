"""The calibration exercise: everybody scores the same cases, and learns how the panel scored once their own are in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from applications.models import Application
from core import clock
from core.audit.models import AuditEvent
from core.interests.models import Declaration
from core.mail.models import Message
from core.people.models import Role, User
from core.states import WrongState
from core.waiting import waiting_for
from fund.models import Call
from reviews import standing
from reviews.actions import calibrating, reviewing
from reviews.actions.calibrating import StaleScores
from reviews.calibration import parts_of, seen_by
from reviews.models import Calibration, CalibrationCase, CalibrationScore, PanelMember
from tests import factories
from tests.reviews import panels

pytestmark = pytest.mark.django_db
TEXT = "In short.\n\n# Aim\nTo learn.\n\nMore of it.\n# Money\nLittle."


@pytest.fixture(scope="module")
def made(shared: None) -> Call:
    """Make a call with two applications, and two members of its panel, once for the file."""
    call = panels.make_call_in_review(applications=2)
    panels.make_member(call, "Nadia", "ngo")
    panels.make_member(call, "Pavel", "police")
    return call


@pytest.fixture
def call(made: Call) -> Call:
    return Call.objects.get(pk=made.pk)


@pytest.fixture
def nadia(call: Call) -> PanelMember:
    return call.panel.select_related("person").get(person__name="Nadia")


@pytest.fixture
def pavel(call: Call) -> PanelMember:
    return call.panel.select_related("person").get(person__name="Pavel")


def write(call: Call, titles: str = "One Two", **terms: Any) -> list[CalibrationCase]:
    """Write cases and open them to the panel."""
    cases = [calibrating.write_case(call=call, title=title, text=TEXT, by=None) for title in titles.split()]
    calibrating.settle(call=call, **{"is_required": True, "due_at": None} | terms, by=None)
    calibrating.open_exercise(call=call, by=None)
    return cases


def score(case: CalibrationCase, person: User, value: int | str = 4, overall: int = 4, comment: str = "") -> None:
    scores = {each.key: value for each in case.calibration.call.rubric.criteria.all()}
    if value == "na":
        scores |= {next(iter(scores)): 1}
    calibrating.save(case=case, scores=scores, overall=overall, comment=comment, revision=None, by=person)
    calibrating.submit(case=case, by=person)


def whats(user: User) -> list[tuple[str, Any]]:
    return [(each.what, each.due_at) for each in waiting_for(User.objects.get(pk=user.pk)) if "sample" in each.what]


def test_before_ones_own_scores_are_in_nothing_of_others_reaches_anybody_on_the_panel(
    call: Call, nadia: PanelMember, pavel: PanelMember, helena: User, client: Client
) -> None:
    chair = factories.make_user("Chandra", Role.CHAIR, email="chandra@chandra.example")
    panels.make_member(call, chair, "survivors", is_chair=True)
    both = factories.make_user("Both", Role.ADMINISTRATOR, email="both@both.example")
    panels.make_member(call, both, "research")
    case, __ = write(call)
    score(case, nadia.person, 2, 3, comment="Far too long.")
    calibrating.remark(case=case, text="Mind the third.", by=chair)

    for person in (pavel.person, chair, both):
        client.force_login(person)
        assert not CalibrationScore.objects.visible_to(person).exists()
        page = client.get(reverse("review:calibration_case", args=[case.pk])).content.decode()
        shown = client.get(reverse("api:calibration-case-detail", args=[case.pk])).json()
        assert "Mind the third." not in page
        assert "How the panel scored it" not in page
        assert (shown["panel"], shown["named"], shown["own"]) == (None, None, None)
        if person == pavel.person:
            assert shown["remarks"] is None
            continue
        page = client.get(reverse("manage:calibration_case", args=[call.slug, case.pk])).content.decode()
        assert "Score it yourself first" in page
        assert not {"Far too long.", "Nadia"} & set(re.findall(r"Far too long\.|Nadia", page))

    score(case, chair, 5)
    score(case, pavel.person, 4)

    client.force_login(pavel.person)
    page = client.get(reverse("review:calibration_case", args=[case.pk])).content.decode()
    assert "Mind the third." in page
    assert "3.67" in page
    assert not re.search(r"Nadia|Far too long", page)
    shown = client.get(reverse("api:calibration-case-detail", args=[case.pk])).json()
    assert (shown["named"], shown["panel"][0]["number"], shown["remarks"]) == (None, 3, "Mind the third.")
    for person in (chair, helena):
        client.force_login(person)
        page = client.get(reverse("manage:calibration_case", args=[call.slug, case.pk])).content.decode()
        assert {"Nadia", "Far too long."} <= set(re.findall(r"Nadia|Far too long\.", page))
    client.force_login(both)
    assert client.get(reverse("api:calibration-case-detail", args=[case.pk])).json()["named"] is None


def test_one_sees_mean_range_number_and_ones_own_place(call: Call, nadia: PanelMember, pavel: PanelMember) -> None:
    ruth = panels.make_member(call, "Ruth")
    case = write(call, "One")[0]
    score(case, nadia.person, 2, overall=3)
    score(case, pavel.person, 5, overall=3)
    score(case, ruth.person, "na", overall=3)

    lines = {line.key: line for line in seen_by(case, nadia.person).lines}
    first, *rest = (lines[each.key] for each in call.rubric.criteria.all())
    assert (str(first.mean), first.range, len(first.values), first.place) == ("2.67", "1 to 5", 3, "0.7 below the mean")
    assert (str(rest[0].mean), rest[0].not_applicable, rest[0].own_word) == ("3.50", 1, "2")
    assert (lines["overall"].range, lines["overall"].place) == ("3", "at the mean")
    theirs = {line.key: line for line in seen_by(case, ruth.person).lines}
    assert (theirs[rest[0].key].own_word, theirs[rest[0].key].place) == ("n/a", "—")


def test_the_exercise_enters_no_figure(call: Call, nadia: PanelMember, pavel: PanelMember, helena: User) -> None:
    first, second = call.applications.order_by("pk")
    panels.submit(panels.assign(first, nadia), 5)
    panels.submit(panels.assign(second, pavel), 3)
    client = Client()
    client.force_login(helena)
    pages = ["ranking", "progress", "applications"]
    addresses = [reverse(f"manage:{name}", args=[call.slug]) for name in pages] + [reverse("manage:pool")]
    addresses += [reverse(f"api:{name}-list") for name in ("assignment", "review", "place")]
    addresses.append(reverse("api:ranking-detail", args=[call.slug]))

    def everything() -> list[Any]:
        token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        return [token.sub("", client.get(each).content.decode()) for each in addresses]

    with clock.at(clock.now()):
        before, results = everything(), repr(standing.results_of(call, helena))
        for case in write(call, is_required=False):
            score(case, nadia.person, 1, overall=1)
            score(case, pavel.person, 6, overall=6)
        assert everything() == before
        assert repr(standing.results_of(call, helena)) == results


def test_a_queue_waits_for_the_exercise_where_it_is_required(
    call: Call, nadia: PanelMember, pavel: PanelMember, client: Client
) -> None:
    first, second = call.applications.order_by("pk")
    begun = panels.assign(second, nadia)
    panels.write(begun)
    cases = write(call)
    waits = panels.assign(first, nadia)
    client.force_login(nadia.person)
    desk, exercise = reverse("review:desk", args=[waits.pk]), reverse("review:calibration", args=[call.slug])

    assert client.get(desk).url == exercise
    assert "Score the sample applications of this panel first" in client.get(exercise).content.decode()
    assert "The applications of your queue open after that." in client.get(reverse("review:queue")).content.decode()
    assert client.get(reverse("api:application-detail", args=[first.pk])).status_code == 404
    assert client.post(reverse("api:assignment-open", args=[waits.pk])).status_code == 409
    assert set(Application.objects.visible_to_fund(nadia.person)) == {second}
    with pytest.raises(WrongState, match="Score the sample applications"):
        reviewing.open(assignment=panels.fresh(waits), by=nadia.person)
    assert client.get(reverse("review:desk", args=[begun.pk])).status_code == 200

    score(cases[0], nadia.person)
    assert client.get(desk).url == exercise
    score(cases[1], nadia.person)
    assert client.get(desk).status_code == 200
    assert set(Application.objects.visible_to_fund(nadia.person)) == {first, second}

    other = panels.assign(first, pavel)
    client.force_login(pavel.person)
    assert client.get(reverse("review:desk", args=[other.pk])).status_code == 302
    calibrating.settle(call=call, is_required=False, due_at=None, by=None)
    assert client.get(reverse("review:desk", args=[other.pk])).status_code == 200


def test_home_names_what_is_left_with_its_date(call: Call, nadia: PanelMember) -> None:
    due_at = clock.now() + timedelta(days=5)
    calibrating.write_case(call=call, title="Early", text=TEXT, by=None)
    assert whats(nadia.person) == []
    cases = write(call, "One Two", due_at=due_at)
    assert whats(nadia.person) == [("3 sample applications to score", due_at)]
    score(cases[0], nadia.person)
    score(cases[1], nadia.person)
    assert whats(nadia.person) == [("1 sample application to score", due_at)]
    score(CalibrationCase.objects.get(title="Early"), nadia.person)
    assert whats(nadia.person) == []


def test_scores_are_submitted_once(call: Call, nadia: PanelMember, client: Client) -> None:
    case = write(call, "One")[0]
    criteria = [each.key for each in call.rubric.criteria.all()]
    client.force_login(nadia.person)
    page = reverse("review:calibration_case", args=[case.pk])
    form = {f"score-{key}": "5" for key in criteria} | {
        "overall": "5",
        "comment": "Good.",
        "revision": "0",
        "submit": "1",
    }

    assert client.post(page, form).status_code == 302
    sent = CalibrationScore.objects.values().get()
    assert client.post(page, form | {"overall": "1"}).status_code == 302
    save = reverse("review:calibration_save", args=[case.pk])
    late = [client.post(save, {"key": "overall", "value": each, "revision": "0"}).status_code for each in "51"]
    assert late == [200, 409]
    for act in (calibrating.submit, lambda **given: calibrating.save(**given, overall=1, revision=None)):
        with pytest.raises(WrongState, match="stay as they are"):
            act(case=case, by=nadia.person)

    assert CalibrationScore.objects.values().get() == sent
    assert AuditEvent.objects.filter(code="call:submit_calibration").count() == 1


def test_a_draft_is_saved_as_one_types_and_nothing_typed_is_lost(
    call: Call, nadia: PanelMember, client: Client
) -> None:
    case = write(call, "One")[0]
    first = call.rubric.criteria.first().key
    client.force_login(nadia.person)
    page, save = (reverse(f"review:calibration_{name}", args=[case.pk]) for name in ("case", "save"))

    assert client.post(save, {"key": f"score-{first}", "value": "na", "revision": "0"}).json()["revision"] == 1
    assert client.post(save, {"key": "comment", "value": "Mine.", "revision": "1"}).json()["revision"] == 2
    stale = client.post(save, {"key": "comment", "value": "Theirs.", "revision": "1"})
    assert (stale.status_code, stale.json()["value"]) == (409, "Mine.")
    assert client.post(save, {"key": "comment", "value": "Mine.", "revision": "0"}).status_code == 200
    assert client.post(save, {"key": "notes", "value": "x", "revision": "2"}).status_code == 400
    answer = client.post(page, {"comment": "Another window.", "revision": "1", "save": ""})
    assert (answer.status_code, "Another window." in answer.content.decode()) == (409, True)
    answer = client.post(page, {"comment": "Now mine.", "revision": "2", "submit": "1"})
    assert "Choose your overall merit." in answer.content.decode()
    assert "Now mine." in answer.content.decode()

    given = CalibrationScore.objects.get()
    assert (given.scores, given.comment, given.submitted_at) == ({}, "Now mine.", None)
    for scores in ({first: 9}, {first: "x"}, {"elsewhere": 3}, {first: True}, {first: [3]}):
        with pytest.raises(ValidationError):
            calibrating.save(case=case, scores=scores, revision=None, by=nadia.person)
    with pytest.raises(StaleScores):
        calibrating.save(case=case, overall=3, revision=0, by=nadia.person)
    with pytest.raises(ValidationError):
        score(case, nadia.person, "na", overall=9)


def test_only_the_panel_scores_and_only_who_runs_it_writes(
    call: Call, nadia: PanelMember, helena: User, client: Client
) -> None:
    elsewhere = panels.make_member(factories.make_call("elsewhere", prefix="ELSE"), "Rosa")
    unopened = calibrating.write_case(call=call, title="One", text=TEXT, by=helena)
    client.force_login(nadia.person)
    assert client.get(reverse("api:calibration-case-detail", args=[unopened.pk])).status_code == 404
    assert client.get(reverse("review:calibration", args=[call.slug])).status_code == 404
    with pytest.raises(WrongState, match="not open"):
        calibrating.save(case=unopened, overall=4, revision=None, by=nadia.person)
    calibrating.open_exercise(call=call, by=helena)

    for person in (elsewhere.person, helena):
        with pytest.raises(PermissionDenied):
            score(unopened, person)
    for act in (
        lambda: calibrating.write_case(call=call, title="T", text="T", by=nadia.person),
        lambda: calibrating.settle(call=call, is_required=False, due_at=None, by=nadia.person),
        lambda: calibrating.open_exercise(call=call, by=nadia.person),
        lambda: calibrating.remark(case=unopened, text="T", by=nadia.person),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_staff_write_cases_open_them_and_find_them_fixed(
    call: Call, nadia: PanelMember, helena: User, client: Client
) -> None:
    client.force_login(helena)
    page = reverse("manage:calibration", args=[call.slug])
    assert client.post(page, {"step": "open"}).status_code == 302
    assert "Write a case first; two are usual." in client.get(page).content.decode()
    answer = client.post(page, {"step": "add", "title": "", "text": TEXT})
    assert (
        answer.status_code,
        "Give the case a title." in answer.content.decode(),
        "In short." in answer.content.decode(),
    ) == (422, True, True)
    for title in ("One", "Two"):
        client.post(page, {"step": "add", "title": title, "text": TEXT})
    one, two = CalibrationCase.objects.all()
    for __ in range(2):
        client.post(page, {"step": "remove", "case": str(two.pk)})
    edit = reverse("manage:calibration_case", args=[call.slug, one.pk])
    client.post(edit, {"title": "One, better", "text": TEXT})
    client.post(page, {"step": "settle", "due_at": "2030-05-01T17:00"})
    for __ in range(2):
        client.post(page, {"step": "open"})

    exercise = Calibration.objects.get()
    assert [case.title for case in exercise.cases.all()] == ["One, better"]
    assert (exercise.is_required, exercise.due_at.year) == (False, 2030)
    assert Message.objects.filter(person=nadia.person, subject__startswith="Sample applications to score").count() == 1
    for act in (
        lambda: calibrating.write_case(call=call, title="Late", text=TEXT, by=helena),
        lambda: calibrating.write_case(call=call, case=one, title="Other", text=TEXT, by=helena),
        lambda: calibrating.remove_case(call=call, case=one.pk, by=helena),
    ):
        with pytest.raises(WrongState, match="stay as they are"):
            act()
    client.post(edit, {"remarks": "Look at the money."})
    assert CalibrationCase.objects.get().remarks == "Look at the money."
    assert "Not yet" in client.get(page).content.decode()
    score(CalibrationCase.objects.get(), nadia.person)
    assert "scored by 1 of 2" in client.get(page).content.decode()


def test_a_recusal_changes_nothing_of_the_exercise(call: Call, nadia: PanelMember, pavel: PanelMember) -> None:
    """No applicant stands behind a case, so there is nothing that anybody could be tied to."""
    case = write(call, "One")[0]
    for person in (nadia.person, pavel.person):
        score(case, person)
    before = seen_by(case, nadia.person).lines
    for application in call.applications.all():
        Declaration.objects.create(
            person=nadia.person, subject_type="applications.application", subject=application.pk, has_interest=True,
            kinds=["personal"], declared_at=clock.now(), ruling="recused", ruled_at=clock.now(),
        )  # fmt: skip

    assert seen_by(case, nadia.person).lines == before


def test_a_case_is_read_in_parts() -> None:
    assert [(part.title, part.words) for part in parts_of(TEXT)] == [
        ("The application", "In short."), ("Aim", "To learn.\n\nMore of it."), ("Money", "Little."),
    ]  # fmt: skip
    assert [part.title for part in parts_of("Only this.")] == ["The application"]
