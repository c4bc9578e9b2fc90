"""Saving by the pages: while typing, section by section, without script, late, in conflict, and with bad input."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.actions import drafts, submission
from applications.models import Answer, Application
from applications.table_form import TableInput, rows_of
from core import clock
from core.forms.definition import Question
from tests import factories


def autosave(client, draft, **data):
    return client.post(
        reverse("apply:autosave", args=[draft.pk]), data, headers={"accept": "application/json"}
    )  # fmt: skip


def section(draft, key) -> str:
    return reverse("apply:section", args=[draft.pk, key])


def page_of(client, url) -> str:
    return client.get(url).content.decode()


def stored(draft, key):
    return Answer.objects.get(application=draft, key=key)


def test_autosave_answers_with_the_new_revision_and_the_time(as_ada, draft):
    response = autosave(as_ada, draft, key="title", value="New", revision="1")

    assert (response.status_code, response.json()) == (
        200, {"revision": 2, "saved_at": stored(draft, "title").saved_at.isoformat()},
    )  # fmt: skip
    assert stored(draft, "title").value == "New"


def test_autosave_takes_several_values_where_several_may_be_chosen(as_ada, draft):
    autosave(as_ada, draft, key="ages", value=["10-12", "13-17"], revision="0")
    assert stored(draft, "ages").value == ["10-12", "13-17"]

    autosave(as_ada, draft, key="ages", value="", revision="1")
    assert stored(draft, "ages").value == []


def test_autosave_of_an_old_revision_answers_with_both_sides(as_ada, draft, ada):
    drafts.save_answer(application=draft, key="title", value="Theirs", by=ada, at=clock.now())

    response = autosave(as_ada, draft, key="title", value="Mine", revision="1")

    assert response.status_code == 409
    answer = response.json()
    assert (answer["revision"], answer["value"]) == (2, "Theirs")
    assert answer["message"].startswith("In another window you saved this answer at")


def test_a_text_is_the_same_with_the_line_ends_of_a_form_and_of_a_script(as_ada, draft):
    autosave(as_ada, draft, key="title", value="One\nTwo", revision="1")

    form = as_ada.post(section(draft, "project"), {"title": "One\r\nTwo", "title-revision": "1"})

    assert form.status_code == 302
    assert (stored(draft, "title").value, stored(draft, "title").revision) == ("One\nTwo", 2)


@pytest.mark.parametrize(
    ("data", "status", "message"),
    [
        ({"key": "nonsense", "value": "x"}, 400, "This form has no question “nonsense”"),
        ({"key": "budget", "value": "x"}, 400, "This form has no question “budget”"),
        ({}, 400, "This form has no question “”"),
        ({"key": "title", "value": "x", "revision": "²"}, 409, "you saved this answer at"),
        ({"key": "title", "value": "x", "revision": "9" * 5000}, 409, "you saved this answer at"),
    ],
)
def test_autosave_of_nonsense_gets_a_sentence(as_ada, draft, data, status, message):
    response = autosave(as_ada, draft, **data)

    assert (response.status_code, message in response.json()["message"]) == (status, True)


def test_an_open_page_learns_what_others_saved_and_who_is_there(as_ada, draft, ada, amir):
    member = drafts.add_member(application=draft, name="Amir", email=amir.email, access="editor", by=ada)
    drafts.join(member=member, by=amir)
    drafts.save_answer(application=draft, key="title", value="By Amir", by=amir, at=clock.now())
    url = reverse("apply:watch", args=[draft.pk, "project"])
    assert as_ada.get(url).json()["here"] == []

    other = Client()
    other.force_login(amir)
    other.get(section(draft, "team"))
    found = as_ada.get(url).json()

    assert found["here"] == ["Amir"]
    assert found["answers"]["title"] == {"revision": 2, "value": "By Amir"}
    assert "true" not in found["answers"]
    with clock.at(clock.now() + timedelta(seconds=16)):
        assert as_ada.get(url).json()["here"] == []


def test_autosave_into_a_submitted_application_says_so_and_changes_nothing(as_ada, submitted):
    response = autosave(as_ada, submitted, key="title", value="Late idea", revision="1")

    assert response.status_code == 409
    assert "value" not in response.json()
    assert "cannot be changed any more" in response.json()["message"]


def test_a_section_saves_as_a_whole_without_script_and_goes_on(as_ada, draft):
    response = as_ada.post(
        section(draft, "project"),
        {"title": "Without script", "title-revision": "1", "months": "20", "months-revision": "1"},
    )

    assert response.headers["location"] == section(draft, "safety")
    assert Application.objects.values_list("title", "months").get() == ("Without script", 20)
    assert stored(draft, "summary").value == factories.ANSWERS["summary"]


def test_save_and_see_all_sections_leads_to_the_task_list(as_ada, draft):
    response = as_ada.post(section(draft, "project"), {"title": "A", "title-revision": "1", "back": "1"})

    assert response.headers["location"] == reverse("apply:detail", args=[draft.pk])


def test_the_last_section_leads_to_the_check(as_ada, draft):
    assert reverse("apply:check", args=[draft.pk]) in page_of(as_ada, section(draft, "files"))


def test_an_unticked_box_is_saved_and_a_question_that_was_not_on_the_page_stays(as_ada, draft):
    as_ada.post(section(draft, "safety"), {"true-revision": "1"})

    assert stored(draft, "true").value == ""
    assert stored(draft, "children").value == "none"


def test_what_is_too_long_is_saved_and_held_up_with_the_fix(as_ada, draft):
    long = "word " * 51
    response = as_ada.post(section(draft, "project"), {"summary": long, "summary-revision": "1"}, follow=True)

    page = response.content.decode()
    assert response.redirect_chain[-1][0] == section(draft, "project") + "?check=1"
    assert "Shorten this answer by 1 word." in page
    assert "51 of 50 words" in page
    assert stored(draft, "summary").value == long


@pytest.mark.parametrize(
    ("key", "typed", "message"),
    [
        ("months", "-3", "Write 1 or more."),
        ("months", "NaN", "Write a number in figures, such as 12."),
        ("months", "61", "Write 60 or less."),
        ("months", "12.5", "Write the length as a whole number of months, such as 18."),
        ("months", "30", "Projects of this call last 6 to 24 months. Change the length to fit."),
        ("starts_on", "in spring", "Write a date as year-month-day, such as 2027-06-01."),
        ("theme", "gardening", "Choose one of the themes of this call."),
        ("country", "Atlantis", "is not a country code"),
        ("title", "x" * 141, "Shorten this answer by 1 character."),
    ],
)
def test_bad_answers_get_a_sentence_and_stay(as_ada, draft, key, typed, message):
    home = section(draft, "project")
    response = as_ada.post(home, {key: typed, f"{key}-revision": "1"}, follow=True)

    assert message in response.content.decode()
    assert stored(draft, key).value == typed


def test_a_stale_form_shows_both_texts_and_the_next_save_decides(as_ada, draft, ada):
    drafts.save_answer(application=draft, key="summary", value="Their text", by=ada, at=clock.now())
    mine = {"summary": "My text", "summary-revision": "1", "title": "New title", "title-revision": "1"}

    response = as_ada.post(section(draft, "project"), mine)

    page = response.content.decode()
    assert response.status_code == 409
    assert "Their text" in page
    assert ">\nMy text</textarea>" in page
    assert '<input type="hidden" name="summary-revision" value="2"' in page
    assert Application.objects.get().title == "New title"

    as_ada.post(section(draft, "project"), mine | {"summary-revision": "2", "title-revision": "2"})
    assert stored(draft, "summary").value == "My text"


def test_a_form_that_comes_after_submitting_shows_what_was_typed(as_ada, draft, ada):
    submission.submit(application=draft, by=ada, at=clock.now())

    response = as_ada.post(section(draft, "project"), {"summary": "Two more hours of work", "summary-revision": "1"})

    page = response.content.decode()
    assert response.status_code == 409
    assert "Two more hours of work" in page
    assert "cannot be changed any more" in page


def test_after_the_close_a_section_is_still_saved_and_says_so(as_ada, draft, open_call):
    factories.close(open_call)
    as_ada.post(section(draft, "project"), {"title": "Late title", "title-revision": "1"})

    assert stored(draft, "title").value == "Late title"
    assert "What you write is still saved in your draft" in page_of(as_ada, section(draft, "project"))


def test_a_submit_one_second_late_says_so_and_keeps_everything(as_ada, draft, open_call):
    with clock.at(open_call.closes_at + timedelta(seconds=1)):
        response = as_ada.post(reverse("apply:submit", args=[draft.pk]))

    assert response.status_code == 409
    assert "your request arrived 1 second later" in response.content.decode()
    assert Application.objects.get().state == "draft"


def test_a_submit_of_something_incomplete_leads_to_all_that_is_missing(as_ada, draft, ada):
    drafts.save_answer(application=draft, key="title", value="", by=ada, at=clock.now())

    response = as_ada.post(reverse("apply:submit", args=[draft.pk]), follow=True)

    page = response.content.decode()
    assert response.redirect_chain[-1][0] == reverse("apply:check", args=[draft.pk])
    assert "It was not submitted" in page
    assert f"{section(draft, 'project')}?check=1#q-title" in page
    assert 'id="q-title"' in page_of(as_ada, section(draft, "project"))


def test_submitting_twice_from_the_page_submits_once(as_ada, draft):
    first = as_ada.post(reverse("apply:submit", args=[draft.pk]), follow=True).content.decode()
    second = as_ada.post(reverse("apply:submit", args=[draft.pk]), follow=True).content.decode()

    assert "Your application is submitted as PREVENTION-FIRST-001." in first
    assert "already submitted" in second
    assert Application.objects.get().versions.count() == 1


def test_the_budget_page_saves_and_keeps_what_it_cannot_read(as_ada, draft):
    url = reverse("apply:budget", args=[draft.pk])
    good = {"c0-0-what": "Researcher", "c0-0-1": "30,000", "c0-0-2": "20000"}
    assert as_ada.post(url, good).headers["location"] == section(draft, "files")
    assert list(draft.budget_lines.values_list("description", "year", "amount")) == [
        ("Researcher", 1, 30000), ("Researcher", 2, 20000),
    ]  # fmt: skip

    response = as_ada.post(url, good | {"c0-0-1": "-5", "c1-0-1": "100"})
    page = response.content.decode()
    assert "An amount cannot be negative." in page
    assert "Say what this line pays for." in page
    assert 'value="-5"' in page
    assert draft.budget_lines.count() == 2


def as_typed(client, draft, **data):
    """Send the budget as the script does while it is typed, and return the page's part and what the script is told."""
    response = client.post(reverse("apply:budget", args=[draft.pk]), data, headers={"hx-request": "true"})
    return response.content.decode(), json.loads(response["HX-Trigger"])["budget"]


def test_the_budget_is_added_up_and_saved_while_it_is_typed(as_ada, draft):
    page, told = as_typed(as_ada, draft, **{"c0-0-what": "A", "c0-0-1": "300000", "revision": "1"})

    assert '<output id="sum" hx-swap-oob="true">300,000</output>' in page
    assert "Take off USD 50,000." in page
    assert told["revision"] == 2
    assert list(draft.budget_lines.values_list("description", "amount")) == [("A", 300000)]


def test_what_cannot_be_read_yet_is_added_up_without_it_and_not_saved(as_ada, draft):
    page, told = as_typed(as_ada, draft, **{"c0-0-what": "A", "c0-0-1": "30", "c1-0-1": "many", "revision": "1"})

    assert '<output id="sum" hx-swap-oob="true">30</output>' in page
    assert "revision" not in told
    assert told["message"].startswith("Not saved yet: “many” is not an amount.")
    assert draft.budget_lines.count() == 4


def test_the_page_shows_what_each_capped_category_may_take(as_ada, draft, open_call):
    open_call.budget_categories = [each | {"most_share": "10"} if each["key"] == "fieldwork" else each
                                   for each in open_call.budget_categories]  # fmt: skip
    open_call.save()
    page, _told = as_typed(as_ada, draft, **{"c0-0-what": "A", "c0-0-1": "80000", "c1-0-what": "B", "c1-0-1": "20000"})

    assert "20,000 of 10,000" in page
    assert "may take USD 10,000 here" in page


def test_two_people_in_the_budget_see_both_and_the_next_save_decides(as_ada, draft, ada):
    drafts.save_budget(application=draft, lines=factories.LINES[:1], by=ada, at=clock.now())
    mine = {"c0-0-what": "Mine", "c0-0-1": "500", "revision": "1"}

    assert as_typed(as_ada, draft, **mine)[1]["message"].startswith("Somebody else saved this budget")
    page = as_ada.post(reverse("apply:budget", args=[draft.pk]), mine).content.decode()
    assert "Postdoctoral researcher, USD\xa060,000" in page
    assert 'value="Mine"' in page
    assert 'name="revision" value="2"' in page

    as_ada.post(reverse("apply:budget", args=[draft.pk]), mine | {"revision": "2"})
    assert list(draft.budget_lines.values_list("description", flat=True)) == ["Mine"]


def test_a_line_is_removed_without_script(as_ada, draft):
    data = {"c0-0-what": "A", "c0-0-1": "5", "c0-1-what": "B", "c0-1-1": "6", "drop": "c0-0", "revision": "1"}

    response = as_ada.post(reverse("apply:budget", args=[draft.pk]), data)

    assert response.headers["location"].endswith("#q-budget-table")
    assert list(draft.budget_lines.values_list("description", flat=True)) == ["B"]


def test_a_budget_is_pasted_after_a_look_at_what_was_understood(as_ada, draft):
    url = reverse("apply:paste", args=[draft.pk])
    pasted = {"text": "Staff\tPostdoc\t60.000,00\t30.000,00\nFieldwork\tSites\t12,5", "way": "replace", "revision": "1"}

    page = as_ada.post(url, pasted).content.decode()
    assert "USD\xa090,012.50 in all" in page
    assert draft.budget_lines.count() == 4

    response = as_ada.post(url, pasted | {"confirm": "1"}, follow=True)
    assert "The pasted lines are in your budget." in response.content.decode()
    assert [str(each) for each in draft.budget_lines.values_list("amount", flat=True)] == [
        "60000.000", "12.500", "30000.000",
    ]  # fmt: skip
    as_ada.post(url, pasted | {"way": "add", "revision": "2", "confirm": "1"})
    assert draft.budget_lines.count() == 6


def test_a_paste_that_cannot_be_read_stays_and_changes_nothing(as_ada, draft):
    url = reverse("apply:paste", args=[draft.pk])
    pasted = {"text": "Personnel\tA\t5\nStaff\tB\t1.500", "way": "replace", "revision": "1", "confirm": "1"}

    page = as_ada.post(url, pasted).content.decode()

    assert "Row 1: “Personnel” is not a category of this call." in page
    assert "Row 2: “1.500” can be 1,500 or 1.5." in page
    assert "Personnel\tA\t5" in page
    assert draft.budget_lines.count() == 4


def test_a_person_is_added_invited_and_joins_by_the_pages(as_ada, draft, amir, client):
    response = as_ada.post(
        reverse("apply:team", args=[draft.pk]),
        {"name": "Amir", "part": "co_investigator", "email": "Amir@Example.org", "access": "editor"}, follow=True,
    )  # fmt: skip
    assert "An invitation went to amir@example.org." in response.content.decode()

    client.force_login(amir)
    assert "You are asked to join" in page_of(client, reverse("apply:home"))
    member = draft.team.get(name="Amir")
    assert client.post(reverse("apply:invitation", args=[member.pk]), {"join": ""}).status_code == 302
    assert client.get(section(draft, "project")).status_code == 200


def test_a_person_who_cannot_be_added_stays_in_the_form(as_ada, draft):
    response = as_ada.post(
        reverse("apply:team", args=[draft.pk]),
        {"name": "Nour", "part": "partner", "orcid": "0000-0002-1825-0098"},
    )

    page = response.content.decode()
    assert "is not an ORCID iD" in page
    assert 'value="0000-0002-1825-0098"' in page


def test_a_withdrawal_needs_its_reason(as_ada, submitted):
    url = reverse("apply:withdraw", args=[submitted.pk])
    assert "Say in a sentence why you withdraw." in as_ada.post(url, {"reason": " "}).content.decode()

    page = as_ada.post(url, {"reason": "Another grant"}, follow=True).content.decode()
    assert "PREVENTION-FIRST-001 is withdrawn." in page


def test_questions_that_depend_on_an_answer_say_so(as_ada, draft):
    page = page_of(as_ada, section(draft, "safety"))

    assert "Only if you chose “Children take part” under “Do children take part in the research?”." in page
    assert json.dumps(["direct"]).replace('"', "&quot;") in page


def test_a_page_with_too_many_rows_of_a_table_sends_all_of_them_back():
    columns = [{"key": "name", "kind": "short_text", "label": "Name"}]
    question = Question.load({"key": "t", "kind": "table", "label": "Partners", "columns": columns, "most_rows": 3})
    rows = [[str(number)] for number in range(60)]

    page = TableInput(question, "USD").get_context("t", rows, {})
    sent = {cell["name"]: cell["value"] for row in page["rows"] for cell in row["cells"]}
    assert rows_of(question, sent) == rows
