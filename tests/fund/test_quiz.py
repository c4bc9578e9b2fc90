"""What the answers of the eligibility quiz mean."""

import pytest
from django.core.exceptions import ValidationError

from fund.quiz import Quiz, check_quiz

RAW = [
    {
        "key": "host", "question": "Is the host a government agency?", "help": "Ministries are.",
        "answers": [
            {"value": "no", "label": "No", "effect": "pass", "message": ""},
            {"value": "yes", "label": "Yes", "effect": "stop", "message": "A government agency cannot be the host."},
        ],
    },
    {
        "key": "ethics", "question": "Is there an ethics committee?",
        "answers": [
            {"value": "yes", "label": "Yes", "effect": "pass", "message": ""},
            {"value": "no", "label": "Not yet", "effect": "warn", "message": "You need one before the first payment."},
        ],
    },
]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "stops", "warnings", "missing", "may_start"),
    [
        ({"host": "no", "ethics": "yes"}, [], [], [], True),
        ({"host": "no", "ethics": "no"}, [], ["You need one before the first payment."], [], True),
        ({"host": "yes", "ethics": "yes"}, ["A government agency cannot be the host."], [], [], False),
        ({"host": "no"}, [], [], ["ethics"], False),
        ({"host": "no", "ethics": "perhaps"}, [], [], ["ethics"], False),
        ({"host": "no", "ethics": ["yes"]}, [], [], ["ethics"], False),
    ],
)
def test_a_stop_or_a_gap_keeps_from_starting_and_a_warning_does_not(given, stops, warnings, missing, may_start):
    verdict = Quiz.load(RAW).verdict(given)

    assert [each.message for each in verdict.stops] == stops
    assert [each.message for each in verdict.warnings] == warnings
    assert [each.key for each in verdict.missing] == missing
    assert verdict.may_start is may_start


def test_a_call_without_a_quiz_lets_everyone_start():
    quiz = Quiz.load([])

    assert not quiz
    assert quiz.verdict({}).may_start


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"answers": RAW[0]["answers"][:1]}, "“Is the host a government agency?” needs two different answers or more."),
        ({"question": " "}, "A question of the quiz has no words. Write it, or remove it."),
        ({"key": "ethics"}, "Two questions of the quiz have the same key. Give each its own."),
        (
            {"answers": [RAW[0]["answers"][0], {"value": "y", "label": "Yes", "effect": "stop", "message": ""}]},
            "An answer to “Is the host a government agency?” stops or warns. Say why: who chooses it reads that.",
        ),
        ({"effect": "stop"}, "This is not a quiz that can be used: "),
    ],
)
def test_a_quiz_that_cannot_be_asked_is_refused_with_a_sentence(change, message):
    with pytest.raises(ValidationError) as refusal:
        check_quiz([RAW[0] | change, RAW[1]])

    assert refusal.value.messages[0].startswith(message)
