"""All questions of a call on paper: public, as PDF and DOCX, made in the background, and made again when it changes."""

from copy import deepcopy
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document as Word
from pypdf import PdfReader

from core.documents.models import Document
from core.jobs.models import Job
from core.jobs.work import run_all
from fund.models import Call
from reports.questions import ask_for_papers, keep_papers, papers_of
from tests import factories


@pytest.fixture(scope="module")
def made(shared) -> Call:
    """Make a call and its papers once."""
    found = factories.make_call(closes_at=factories.NOON, zone="Europe/Oslo", eligibility="Any charity.")
    keep_papers()
    run_all()
    return found


@pytest.fixture
def call(made, db) -> Call:
    """A call whose papers are made."""
    return deepcopy(made)


def words_of(client, call, extension) -> str:
    answer = client.get(reverse("papers:paper", args=[call.slug, extension]))
    content = b"".join(answer.streaming_content)
    if extension == "pdf":
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())
    return "\n".join(each.text for each in Word(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("extension", ["pdf", "docx"])
def test_it_says_every_question_with_its_limit_its_condition_and_its_choices(client, call, extension):
    said = words_of(client, call, extension)

    for question in call.form.definition.questions():
        assert str(question.label) in said
    assert "50 words · needed" in said
    assert "Asked only if the answer to “Do children take part in the research?” is “Children take part”." in said
    assert "Data only" in said
    assert "Prevention" in said
    assert "Tue 22 December 2026, 13:00" in said
    assert "USD 20,000 to 250,000" in said
    assert "Any charity." in said


def test_the_docx_has_real_headings_a_language_and_a_table_head(call):
    document = Word(BytesIO(papers_of(call)["docx"].read()))
    headings = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]

    assert "1. The project" in headings
    assert document.core_properties.title == call.title
    assert document.core_properties.language == "en-GB"
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["Criterion", "What reviewers ask", "Weight"]
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml


def test_the_papers_are_made_again_when_the_call_changes_and_once_only(client, call):
    assert set(papers_of(call)) == {"pdf", "docx"}
    content = deepcopy(factories.FORM)
    content["sections"][0]["questions"][0]["label"] = "Another title"
    call.form = factories.make_form(content)
    call.save()

    assert papers_of(call) == {}
    assert client.get(reverse("papers:paper", args=[call.slug, "pdf"])).status_code == 302
    page = client.get(reverse("papers:index", args=[call.slug])).content.decode()
    assert "Make them now" in page
    answer = client.post(reverse("papers:make", args=[call.slug]), follow=True)
    ask_for_papers(call)
    assert "is being made" in answer.content.decode()
    run_all()
    assert "Another title" in words_of(client, call, "docx")
    assert Document.objects.filter(kind="call-questions-pdf").count() == 2


def test_a_call_that_says_what_it_said_before_gets_its_papers_back(call):
    former, other = call.summary, "Something else."
    for summary in (other, former):
        Call.objects.filter(pk=call.pk).update(summary=summary)
        keep_papers()
        run_all()

    assert set(papers_of(Call.objects.get(pk=call.pk))) == {"pdf", "docx"}


def test_a_character_that_no_docx_holds_stops_no_paper(client, call):
    Call.objects.filter(pk=call.pk).update(title="Prevention\x0bFirst")
    keep_papers()
    run_all()

    assert "Prevention First" in words_of(client, Call.objects.get(pk=call.pk), "docx")


def test_papers_that_could_not_be_made_are_made_when_somebody_asks_again(call):
    Call.objects.filter(pk=call.pk).update(summary="Something else.")
    changed = Call.objects.get(pk=call.pk)
    ask_for_papers(changed)
    Job.objects.filter(kind="call-questions", state=Job.State.WAITING).update(state=Job.State.FAILED)

    ask_for_papers(changed)
    run_all()

    assert set(papers_of(changed)) == {"pdf", "docx"}


def test_papers_stand_in_nobodys_list_of_documents(call, helena):
    assert not Document.objects.visible_to(helena).filter(kind__startswith="call-questions").exists()
