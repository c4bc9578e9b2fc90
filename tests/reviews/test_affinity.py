"""How well people fit applications: topics, texts in any script, one's own word, and the reason."""

import numpy as np
import pytest

from reviews.affinity import OwnWord, Paper, Person, affinities, words


def values(papers, people):
    return affinities(papers, people).values.tolist()


def paper(name="p", *topics, text=""):
    return Paper(name, frozenset(topics), text)


def person(name="r", *topics, text="", said=None):
    return Person(name, frozenset(topics), text, said or {})


def test_topics_weigh_six_tenths_and_an_unknown_text_is_neutral():
    assert values([paper("p", "grooming")], [person("r", "grooming"), person("s", "livestreaming")]) == [[800, 200]]


def test_a_rare_topic_weighs_more():
    papers = [paper("p", "common", "rare"), paper("q", "common"), paper("s", "common")]
    found = affinities(papers, [person("r", "common"), person("s", "rare")])

    rare, common = np.log(4 / 2) + 1, np.log(4 / 4) + 1
    assert found.values[0].tolist() == [
        round(1000 * (0.6 * common / (rare + common) + 0.2)),
        round(1000 * (0.6 * rare / (rare + common) + 0.2)),
    ]


def test_a_person_without_topics_gets_the_pools_mean():
    people = [person("r", "a", "b"), person("s", "a"), person("t")]

    assert values([paper("p", "a", "b")], people) == [[800, 500, 650]]


def test_an_application_without_topics_gets_the_mean_of_all():
    assert values([paper("p", "a"), paper("q")], [person("r", "a"), person("s", "b")]) == [[800, 200], [500, 500]]


def test_nothing_known_is_one_half():
    assert values([paper()], [person()]) == [[500]]


def test_texts_count_by_their_percentile_and_no_text_is_one_half():
    people = [
        person("near", "a", text="Offenders groom children in online games"),
        person("far", "a", text="Hash matching of known images"),
        person("none", "a"),
    ]

    found = affinities([paper("p", "a", text="How games are used to groom")], people)

    assert found.values.tolist() == [[900, 700, 800]]


def test_equal_texts_tie():
    people = [person(name, "a", text="hash matching") for name in ("r", "s", "t")]

    assert values([paper("p", "a", text="games and hash lists")], people) == [[800, 800, 800]]


@pytest.mark.parametrize(("word", "value"), [(OwnWord.CAN, 650), (OwnWord.NOT_MY_FIELD, 200)])
def test_ones_own_word_moves_it_for_that_application_only(word, value):
    assert values([paper("p"), paper("q")], [person(said={"p": word, "gone": word})]) == [[value], [500]]


def test_the_affinity_stays_within_its_scale():
    people = [
        person("r", "a", text="games", said={"p": OwnWord.CAN}),
        person("s", "b", text="hashes", said={"p": OwnWord.NOT_MY_FIELD}),
    ]

    assert values([paper("p", "a", text="games")], people) == [[1000, 0]]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Grooming, in ＧＡＭＥＳ!", ["grooming", "in", "games"]),
        ("儿童安全", ["儿童", "童安", "安全"]),
        ("安", ["安"]),
        ("AI检测x", ["ai", "检测"]),
        ("こども", ["こど", "ども"]),
        ("เด็ก", ["เด", "ด็", "็ก"]),
        ("बाल सुरक्षा", ["बाल", "सुरक्षा"]),
        ("L'exploitation d’enfants", ["exploitation", "enfants"]),
        ("", []),
    ],
)
def test_a_text_is_split_as_its_script_asks(text, found):
    assert list(words(text)) == found


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("检测在线儿童性剥削", "我研究儿童在线保护", "银行支付数据分析"),
        ("การคุ้มครองเด็กออนไลน์", "นักวิจัยด้านการคุ้มครองเด็ก", "ธนาคารและภาษี"),
    ],
)
def test_texts_without_spaces_are_compared_too(text, near, far):
    found = affinities([paper("p", text=text)], [person("near", text=near), person("far", text=far)])

    assert found.values[0].tolist() == [600, 400]
    assert found.match("p", "near").words
    assert found.match("p", "far").words == ()


def test_the_reason_names_what_is_shared_and_the_own_word():
    papers = [paper("p", "grooming", "gaming", text="Grooming in games"), paper("q", text="Hash lists")]
    people = [
        person("r", "grooming", text="Games, chat and grooming", said={"p": OwnWord.CAN}),
        person("s", "hashing", text="Image hashing in court"),
        person("t"),
    ]

    found = affinities(papers, people)

    assert found.why("p", "r") == {
        "topics": ["grooming"],
        "words": ["games", "grooming"],
        "own_word": "can",
        "topic_share": 50,
        "text_percentile": 75,
    }
    assert found.why("p", "t") == {
        "topics": [],
        "words": [],
        "own_word": None,
        "topic_share": None,
        "text_percentile": None,
    }


def test_a_word_that_most_texts_share_is_no_reason():
    people = [
        person(name, text=f"the study of {topic}") for name, topic in (("r", "games"), ("s", "law"), ("t", "aid"))
    ]

    assert affinities([paper("p", text="the games")], people).match("p", "r").words == ("games",)


@pytest.mark.parametrize(
    ("papers", "people", "shape"), [([], [], (0, 0)), ([paper()], [], (1, 0)), ([], [person()], (0, 1))]
)
def test_an_empty_side_has_an_empty_table(papers, people, shape):
    assert affinities(papers, people).values.shape == shape
