"""The proved optima of the reference instances, which REFERENCE_DATA names the folder of."""

import gzip
import json
import os
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from reviews.matching import broken_rules, solve
from reviews.matching.files import parse, read, write

FOLDER = os.environ.get("REFERENCE_DATA")
needs_reference = pytest.mark.skipif(not FOLDER, reason="REFERENCE_DATA names no folder with the reference data")

SMALL = {"format": "panel-assignment/1", "k": 1, "min_groups": 1, "max_per_organisation": 1}


def reference(name):
    folder = Path(FOLDER) / "data" / "assignment"
    return read(next(path for path in folder.iterdir() if path.name.split(".")[0] == name))


def check(name, total, *, floor=None):
    instance = reference(name)
    solution = solve(instance, floor=floor is not None)

    assert (solution.objective, solution.bound, solution.proved, solution.floor) == (total, total, True, floor)
    assert (solution.unfilled, solution.unmet) == ((), ())
    assert len(solution.assignments) == len(instance.proposals) * instance.k
    assert instance.total(solution.assignments) == total
    assert broken_rules(instance, solution.assignments) == []


@needs_reference
@pytest.mark.parametrize(
    ("name", "total", "floor", "total_at_floor"),
    [("s_120x40", 197_411, 979, 197_344), ("s_120x40_k5", 304_798, 1_331, 304_771), ("s_mixed", 188_110, 851, 187_991)],
)
def test_the_proved_optimum_is_reached(name, total, floor, total_at_floor):
    check(name, total)
    check(name, total_at_floor, floor=floor)


@needs_reference
def test_what_cannot_be_filled_has_the_fewest_open_places_each_with_a_reason():
    instance = reference("s_120x40_b")
    solution = solve(instance)

    assert (len(solution.unfilled), solution.unmet, solution.proved) == (14, (), True)
    assert len(solution.assignments) == 120 * 3 - 14
    assert broken_rules(instance, solution.assignments) == []
    assert all(place.reason.startswith("Of ") for place in solution.unfilled)


@needs_reference
@pytest.mark.soak
@pytest.mark.parametrize(
    ("name", "total", "floor", "total_at_floor"),
    [("m_1000x300", 2_155_950, 1_197, 2_155_896), ("m_mixed", 2_126_684, 1_072, 2_126_588)],
)
def test_the_optimum_of_a_thousand_applications_is_reached(name, total, floor, total_at_floor):
    check(name, total)
    check(name, total_at_floor, floor=floor)


def small(**changes):
    proposals = [{"id": "P1", "organisation": "alpha", "country": "GB"}, {"id": "P2"}]
    reviewers = [{"id": "R1", "group": "research", "min_load": 0, "max_load": 2}]
    return {**SMALL, "proposals": proposals, "reviewers": reviewers, "affinity": [[700], [300]], **changes}


@pytest.mark.parametrize("suffix", [".json", ".json.gz"])
def test_the_command_writes_the_answer_of_a_file(tmp_path, suffix):
    content = json.dumps(small(conflicts=[["P2", "R1"]])).encode()
    source = tmp_path / f"case{suffix}"
    source.write_bytes(gzip.compress(content) if suffix == ".json.gz" else content)
    said = StringIO()

    call_command("match", source, out=tmp_path / "answer.json", stderr=said)

    answer = json.loads((tmp_path / "answer.json").read_text())
    assert answer["assignments"] == [["P1", "R1"]]
    assert (answer["objective"], answer["bound"], answer["proved"], answer["places"]) == (700, 700, True, 2)
    assert [place["proposal"] for place in answer["unfilled"]] == ["P2"]
    assert "floor" not in answer
    assert said.getvalue() == "1 assignments, total affinity 700 (proved optimal); 1 places open.\n"


def test_the_command_prints_the_answer_and_raises_the_floor_when_asked(tmp_path):
    source = tmp_path / "case.json"
    source.write_text(json.dumps(small()))
    printed = StringIO()

    call_command("match", source, floor=True, stdout=printed, stderr=StringIO())

    answer = json.loads(printed.getvalue())
    assert (answer["objective"], answer["floor"], answer["floor_bound"]) == (1000, 300, 300)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "is not valid JSON (line 1, column 2)"),
        ("[]", 'its "format" must say "panel-assignment/1"'),
        (json.dumps(small(k="3")), '"k" must be a whole number.'),
        (json.dumps(small(proposals=None)), '"proposals" is missing or not a list.'),
        (json.dumps(small(reviewers=[{"id": "R1"}])), 'Entry 1 of "reviewers" cannot be used: group is missing.'),
        (json.dumps(small(reviewers=[7])), 'Entry 1 of "reviewers" cannot be used: '),
        (json.dumps(small(affinity=[[1]])), '"affinity" needs 2 rows, one per proposal.'),
        (json.dumps(small(affinity=[[1], [1, 2]])), 'Row 2 of "affinity" needs 1 numbers, one per reviewer.'),
        (json.dumps(small(affinity=[[1], [0.5]])), 'Row 2 of "affinity" has a value that is not a whole number.'),
        (json.dumps(small(conflicts=[["P1"]])), "it must be a pair [proposal id, reviewer id]"),
        (json.dumps(small(locked=[["P9", "R1"]])), "names the proposal P9, which is not in the list of proposals."),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_that_helps(tmp_path, text, sentence):
    source = tmp_path / "case.json"
    source.write_text(text)

    with pytest.raises(CommandError) as refusal:
        call_command("match", source)

    assert sentence in str(refusal.value)


def test_a_missing_or_broken_file_is_refused_with_a_sentence(tmp_path):
    broken = tmp_path / "case.json.gz"
    broken.write_bytes(b"not gzip")

    with pytest.raises(CommandError, match="Check the path"):
        call_command("match", tmp_path / "none.json")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("match", broken)


def test_an_answer_names_a_place_once_per_open_place():
    instance = parse(small(k=2))

    assert [place["proposal"] for place in write(instance, solve(instance))["unfilled"]] == ["P1", "P2"]
