"""What a ranking can be trusted with, in plain sentences; and a ranking that was stored before all of it was kept."""

from reviews.models import RankingRun
from reviews.order import Agreement, read, stored
from reviews.ranking import Grade, rank
from reviews.scoring import Scale
from reviews.sureness import sentences

SCALE = Scale(1, 6)


def said(*grades: tuple[str, str, float], also: tuple[str, ...] = ()) -> str:
    found = rank([Grade(*each) for each in grades], scale=SCALE, seed=1, applications=also, draws=100)
    return " ".join(sentences(Agreement(0.5, 0.7), found))


def test_it_says_how_far_reviewers_agree() -> None:
    assert sentences(Agreement(None, None), None) == [
        "No two reviews of one application can be compared yet, so nothing is known of how far reviewers agree."
    ]
    assert "little more than by chance (Krippendorff’s α 0.10)" in sentences(Agreement(0.1, None), None)[0]
    clear = sentences(Agreement(0.61, -0.2), None)
    assert "clearly more than by chance" in clear[0]
    assert "correlate at about 0.00" in clear[1]


def test_it_says_whether_leniency_can_be_told_from_quality() -> None:
    connected = said(("a", "x", 5), ("b", "x", 3), ("b", "y", 4), ("c", "y", 2))
    assert "All applications are connected" in connected
    apart = said(("a", "x", 5), ("b", "y", 3), also=("c", "d"))
    assert "fall into 2 sets without a reviewer in common" in apart
    assert "2 applications have no score" in apart
    alone = said(("a", "x", 4), ("b", "x", 4))
    assert "There is one reviewer only" in alone
    assert "All means are equal" in alone


def test_a_ranking_comes_back_as_it_was_stored_also_without_what_was_not_kept_before() -> None:
    grades = [Grade("a", "1", 5.0), Grade("b", "1", 3.0), Grade("b", "2", 4.0)]
    found = rank(grades, scale=SCALE, seed=7, draws=100)
    kept = stored(found)
    again = read(RankingRun(seed=7, result=kept))

    assert again is not None
    assert (again.applications, again.reviewers, again.parts) == (found.applications, found.reviewers, found.parts)
    older = read(RankingRun(seed=7, result={key: kept[key] for key in kept if key not in ("reviewers", "parts")}))
    assert older is not None
    assert (older.reviewers, older.parts) == ((), ())
