import itertools
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from config.loading.applications import typed_answers
from config.loading.forms import form_content
from config.sample.budget import INDIRECT_CAP, LEAST, MOST
from config.sample.calls import CALL_KEYS, THEMES, call_text
from config.sample.casting import SIZES
from config.sample.decisions import OUTCOMES, rationale_for, reason_for
from config.sample.designs import designs
from config.sample.people import APPLICANTS, DECLINED, ORGANISATIONS, PANEL, PERSONAS, STAKEHOLDER_GROUPS
from config.sample.proposals import library, proposals
from config.sample.reviews import CRITERIA, review_of
from config.sample.ror import check_digits, is_valid
from config.sample.wording import Chooser, compose
from core.forms.answers import problems
from core.forms.definition import FormDefinition

ROOT = Path(__file__).parents[2]

MOST_SHARED = 0.35
"""Share of eight-word runs that any two applications may have in common."""

DIGEST = """
from config.sample.people import ORGANISATIONS, PANEL, PERSONAS
from config.sample.proposals import library
from config.sample.reviews import review_of
from config.sample.decisions import rationale_for
import hashlib
every = library()
reviews = [review_of(one, PANEL[number % 24]) for number, one in enumerate(every)]
reasons = [rationale_for(one, "do-not-fund") for one in every]
print(hashlib.sha256(repr((PERSONAS, PANEL, ORGANISATIONS, every, reviews, reasons)).encode()).hexdigest())
"""


def digest(hash_seed: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    ran = subprocess.run(
        [sys.executable, "-c", DIGEST], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return ran.stdout.strip()


def runs_of_eight(proposal) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", " ".join(proposal.texts()).lower())
    return {tuple(words[start : start + 8]) for start in range(len(words) - 7)}


def test_everything_is_the_same_in_another_process_with_another_hash_seed():
    assert digest("1") == digest("4242")


def test_the_stream_of_choices_does_not_depend_on_the_python_version():
    chooser = Chooser("sample", 2021)

    assert [chooser.whole(1, 100) for _ in range(6)] == [47, 73, 77, 58, 48, 32]


def test_another_seed_gives_other_applications():
    first, second = proposals("decided", 3), proposals("decided", 3, seed=7)

    assert [one.title for one in first] != [one.title for one in second]


def test_calls_have_their_number_of_applications():
    assert {call: len(proposals(call)) for call in CALL_KEYS} == {"2021": 126, "closed": 60, "decided": 24, "open": 12}
    assert {call: len(proposals(call)) for call in SIZES} == SIZES


def test_a_smaller_count_is_the_beginning_of_the_whole():
    assert proposals("closed", 40) == proposals("closed")[:40]


def test_too_large_a_count_says_how_many_there_are():
    with pytest.raises(ValueError, match="The call open has 12 applications at most"):
        proposals("open", 13)


def test_the_2021_call_comes_from_forty_countries_and_four_themes():
    assert len({one.country for one in proposals("2021")}) == 40
    assert {one.theme for one in proposals("2021")} == {"prevention", "detection", "response", "offending"}


def test_generative_models_come_up_after_2021_only():
    assert "generative-ai" in {one.theme for one in proposals("closed")}
    later = re.compile(r"generative|deepfake|image generator|chatbot", re.IGNORECASE)
    assert [one.key for one in proposals("2021") if later.search(" ".join(one.texts()))] == []


@pytest.mark.parametrize("call", CALL_KEYS)
def test_every_theme_of_an_application_is_one_of_its_call(call):
    assert {one.theme for one in proposals(call)} <= set(call_text(call)["themes"]) <= set(THEMES)


def test_the_2021_call_states_the_public_facts():
    call = call_text("2021")

    assert call["title"] == "Understanding and Fighting Online Child Sexual Exploitation and Abuse"
    assert (call["opens"][:10], call["closes"][:10]) == ("2021-02-04", "2021-04-11")
    assert (call["total"], call["least"], call["most"]) == (800_000, 20_000, 250_000)
    assert any("sample data" in paragraph for paragraph in call["description"])


def test_the_2021_call_has_withdrawn_and_ineligible_applications():
    tags = Counter(tag for one in proposals("2021") for tag in one.tags)

    assert tags == {"withdrawn": 5, "ineligible": 6, "persona": 1}


def test_no_two_applications_share_a_title():
    titles = [one.title for one in library()]

    assert len(set(titles)) == len(titles) == 222


def test_titles_are_short_and_long_and_some_in_two_scripts():
    lengths = [len(one.title) for one in library()]

    assert min(lengths) >= 20
    assert max(lengths) <= 180
    assert max(lengths) > 140
    assert sum(bool(one.local_summary) for one in library()) == 24


def test_there_are_at_least_45_study_designs():
    assert len(designs()) >= 45


def test_any_two_applications_share_little_text():
    runs = {one.key: runs_of_eight(one) for one in library()}
    shared = {
        (one, other): len(runs[one] & runs[other]) / min(len(runs[one]), len(runs[other]))
        for one, other in itertools.combinations(runs, 2)
    }

    assert [pair for pair, share in shared.items() if share > MOST_SHARED] == []
    assert sum(shared.values()) / len(shared) < 0.05


def test_no_text_keeps_a_mark_of_its_making():
    marks = re.compile(r"[{}\[\]|]|  |lorem")
    texts = [text for one in library() for text in (one.title, *one.texts(), one.ethics.consent, *one.doubts)]

    assert [text for text in texts if marks.search(text)] == []


def test_every_answer_is_one_that_the_form_takes():
    definition = FormDefinition.load(form_content())
    for proposal in library():
        answers = typed_answers(proposal, closes_on=date(2021, 4, 11))
        assert [str(each) for each in problems(definition, answers)] == [], proposal.key


def test_summaries_have_80_to_150_words_and_applications_500_to_1500():
    summaries = [len(one.summary.split()) for one in library()]
    wholes = [sum(len(text.split()) for text in one.texts()) for one in library()]

    assert (min(summaries) >= 80, max(summaries) <= 150) == (True, True)
    assert (min(wholes) >= 500, max(wholes) <= 1500) == (True, True)


def test_budgets_keep_the_limits_and_the_cap_of_indirect_costs():
    for proposal in library():
        indirect = sum(line.amount for line in proposal.budget if line.category == "indirect")
        assert LEAST <= proposal.amount <= MOST
        assert indirect * 100 <= INDIRECT_CAP * (proposal.amount - indirect)
        assert all(line.amount > 0 for line in proposal.budget)
        assert {line.year for line in proposal.budget} <= {1, 2}


def test_amounts_differ():
    amounts = [one.amount for one in proposals("2021")]

    assert min(amounts) < 60_000
    assert max(amounts) > 235_000
    assert len(set(amounts)) > 120


def test_a_person_leads_one_application_of_a_call():
    for call in CALL_KEYS:
        leaders = Counter(one.pi.key for one in proposals(call))
        assert max(leaders.values()) == 1


def test_nobody_is_twice_in_a_team_nor_the_host_among_its_partners():
    for proposal in library():
        people = [member.person.key for member in proposal.team]
        assert len(set(people)) == len(people) <= 5
        assert proposal.host not in proposal.partners


def test_names_come_in_many_scripts():
    scripts = {
        "Arabic": "\u0600-\u06ff",
        "Thai": "\u0e00-\u0e7f",
        "Devanagari": "\u0900-\u097f",
        "Bengali": "\u0980-\u09ff",
        "Tamil": "\u0b80-\u0bff",
        "Hebrew": "\u0590-\u05ff",
        "Ethiopic": "\u1200-\u137f",
        "Khmer": "\u1780-\u17ff",
        "Greek": "\u0370-\u03ff",
        "Cyrillic": "\u0400-\u04ff",
        "Han": "\u4e00-\u9fff",
        "Hangul": "\uac00-\ud7af",
    }
    names = " ".join(one.name for one in APPLICANTS)

    assert [script for script, span in scripts.items() if not re.search(f"[{span}]", names)] == []


def test_every_address_is_fictional_and_unique():
    people = {one.key: one for one in (*APPLICANTS, *(member.person for member in PANEL))}
    people |= {persona.person.key: persona.person for persona in PERSONAS}
    people |= {each.key: each for each in (DECLINED.person, DECLINED.suggested)}
    addresses = [one.email for one in people.values()]

    assert len(set(addresses)) == len(addresses)
    assert [one for one in addresses if not re.fullmatch(r"[a-z.]+@[a-z-]+\.example", one)] == []
    assert [one for one in ORGANISATIONS if not one.domain.endswith(".example")] == []


def test_ror_ids_have_right_digits_and_look_like_samples():
    rors = [one.ror for one in ORGANISATIONS if one.ror]

    assert len(rors) > len(ORGANISATIONS) * 0.7
    assert len(set(rors)) == len(rors)
    assert [ror for ror in rors if not is_valid(ror) or not ror.startswith("0samp")] == []


def test_ror_digits_agree_with_a_published_id():
    assert check_digits("05a28rw") == "58"
    assert not is_valid("05a28rw59")


def test_the_panel_has_24_members_in_six_groups_of_four():
    assert len(PANEL) == 24
    assert Counter(member.group for member in PANEL) == dict.fromkeys(STAKEHOLDER_GROUPS, 4)


def test_panel_members_say_what_they_know():
    for member in PANEL:
        assert 60 <= len(member.statement.split()) <= 120
        assert set(member.topics) <= set(THEMES)
        assert member.languages


def test_each_role_has_one_persona_and_the_reviewer_sits_on_the_panel():
    by_role = {persona.role: persona.person for persona in PERSONAS}

    assert list(by_role) == ["administrator", "finance", "chair", "reviewer", "applicant", "auditor"]
    assert by_role["reviewer"] in [member.person for member in PANEL]
    assert all(by_role["applicant"] in [one.pi for one in proposals(call)] for call in CALL_KEYS)


def test_some_panel_members_have_a_conflict_in_each_reviewed_call():
    desks = {member.person.organisation.key for member in PANEL}
    for call in ("2021", "closed"):
        tied = [one for one in proposals(call) if desks & {one.host.key, *(partner.key for partner in one.partners)}]
        assert tied


def test_a_review_scores_every_criterion_and_says_something_about_the_study():
    proposal = proposals("2021")[0]
    review = review_of(proposal, PANEL[0])

    assert list(review.scores) == ["usefulness", "quality", "ethics", "team"] == list(review.comments)
    assert set(review.scores.values()) | {review.overall} <= {1, 2, 3, 4, 5, 6}
    assert any(point in review.public_comment for point in (*proposal.praise, *proposal.doubts))
    assert review == review_of(proposal, PANEL[0])


def test_criteria_weigh_100_in_all():
    assert [one["weight"] for one in CRITERIA] == [30, 30, 25, 15]


def test_better_applications_get_better_marks_but_reviewers_disagree():
    every = sorted(proposals("2021"), key=lambda one: one.quality)
    marks = [[review_of(one, member).overall for member in PANEL[:12]] for one in every]
    means = [sum(row) / len(row) for row in marks]

    assert sum(means[-30:]) / 30 - sum(means[:30]) / 30 > 1.2
    assert sum(max(row) - min(row) >= 3 for row in marks) > 40


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_decision_has_reasons_from_the_study(outcome):
    for proposal in proposals("closed"):
        rationale = rationale_for(proposal, outcome)
        assert proposal.subject in rationale.text
        assert len(rationale.text.split()) >= 35
        assert bool(rationale.conditions) == (outcome == "fund-with-conditions")


def test_reasons_for_stories_are_whole_sentences():
    proposal = proposals("2021")[0]

    assert all(reason_for(proposal, story).endswith(".") for story in ("ineligible", "withdrawn", "conflicts"))


def test_alternatives_of_a_sentence_take_the_same_turn():
    texts = {
        compose("[A child|Children] in {city} [tells|tell].", by=Chooser(number), slots={"city": "Oulu"})
        for number in range(20)
    }

    assert texts == {"A child in Oulu tells.", "Children in Oulu tell."}
