"""Random forms and random answers to them, as Hypothesis draws them: mostly sensible, often at the edge."""

from typing import Any

from hypothesis import strategies as st

from core.forms.definition import OWN_TABLE, FormDefinition, Kind, Question
from core.forms.kinds import CELLS, CONDITIONS

THEMES = ["prevention", "detection", "response"]
WORDS = [
    "one",
    "две",
    "安全",
    "かな",
    "é",
    "e\u0301",
    "\u0958",
    "a\r\nb",
    "\u00a0",
    "  ",
    "\n",
    "\x1c",
    "ก็",
    "\ufeff",
    "👩‍🔬",
]
SINGLE = [
    "", " ", "yes", "no", "a", "b", "A", "NO", "no ", "XX", "prevention", "12", "12.5", "12,5", "1,250", "-3", "+4", "1e3",
    "٣", "0", "99999999999999999", "2027-06-01", "20270601", "2027-02-30", "2026-01-01", "0000-0002-1825-0097",
    "https://orcid.org/0000-0002-1825-009x", "0000-0002-1825-0098", "03yrm5c26", "https://ror.org/03yrm5c27", "Northmere",
    "USD 1 200", "a\x00", "<b>&amp;</b>",
]  # fmt: skip

texts = st.one_of(
    st.sampled_from(SINGLE),
    st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
flags = st.booleans()
choices = st.lists(st.sampled_from([["a", "A"], ["b", "B & B"], ["c d", "“C”"], ["é", "É"]]), min_size=1, unique_by=str)
limits = st.one_of(
    st.just({}), st.builds(lambda most: {"max_words": most}, st.integers(1, 5)),
    st.builds(lambda most: {"max_chars": most}, st.integers(1, 9)),
)  # fmt: skip
ENDS = {Kind.NUMBER: ["1", "12", "1,250.5"], Kind.MONEY: ["1", "1,250"], Kind.DATE: ["2026-06-01", "2027-06-01"]}
ROLE_OF = {Kind.NUMBER: "months", Kind.DATE: "starts_on", Kind.SHORT_TEXT: "title", Kind.LONG_TEXT: "summary",
           Kind.ORGANISATION: "host", Kind.COUNTRY: "country", Kind.THEME: "theme"}  # fmt: skip


@st.composite
def questions(draw: Any, key: str, earlier: list[Question]) -> dict[str, Any]:
    """Draw one question, which may depend on an earlier one."""
    kind = draw(st.sampled_from(sorted(set(Kind) - {Kind.ETHICS, Kind.TEAM, Kind.BUDGET})))
    question: dict[str, Any] = {"key": key, "kind": str(kind), "label": f"Question {key}", "required": draw(flags)}
    if kind in {Kind.SHORT_TEXT, Kind.LONG_TEXT}:
        question |= draw(limits)
    elif kind in ENDS:
        least, most = sorted(draw(st.tuples(*[st.sampled_from([None, *ENDS[kind]])] * 2)), key=str)
        if None in (least, most) or ENDS[kind].index(least) <= ENDS[kind].index(most):
            question |= {"least": least, "most": most}
    elif kind in {Kind.CHOICE, Kind.CHOICES}:
        question["choices"] = draw(choices)
    elif kind == Kind.TABLE:
        question |= draw(tables())
    if draw(flags):
        question |= {"shown_if": draw(conditions(earlier))} if earlier else {}
    return question


@st.composite
def tables(draw: Any) -> dict[str, Any]:
    """Draw the columns and the limits of a table."""
    kinds = draw(st.lists(st.sampled_from(sorted(CELLS)), min_size=1, max_size=3))
    columns = [
        {"key": f"c{place}", "kind": str(kind), "label": f"Column {place}", "required": draw(flags)}
        for place, kind in enumerate(kinds)
    ]
    return {"columns": columns, "least_rows": draw(st.sampled_from([None, 2])),
            "most_rows": draw(st.sampled_from([None, 3]))}  # fmt: skip


@st.composite
def conditions(draw: Any, earlier: list[Question]) -> dict[str, Any]:
    """Draw a condition on one of the questions that offer answers."""
    asked = draw(st.sampled_from(earlier))
    values = draw(st.lists(st.sampled_from(offered(asked)), min_size=1, max_size=2, unique=True))
    return {"question": asked.key, "values": values}


def offered(question: Question) -> list[str]:
    """Return the answers that a question offers."""
    if question.kind == Kind.YES_NO:
        return ["yes", "no"]
    if question.kind == Kind.DECLARATION:
        return ["yes"]
    return THEMES if question.kind == Kind.THEME else [value for value, _ in question.choices]


@st.composite
def forms(draw: Any) -> dict[str, Any]:
    """Draw a form of one or two sections, sometimes with the block on ethics."""
    sections: list[dict[str, Any]] = []
    roles = set()
    for number in range(draw(st.integers(1, 2))):
        section: dict[str, Any] = {"key": f"s{number}", "title": f"Part {number}", "questions": []}
        sections.append(section)
        if number == 0 and draw(st.integers(0, 7)) == 5:
            section["questions"].append({"key": "safe", "kind": "ethics", "label": "Ethics"})
        for place in range(draw(st.integers(0 if section["questions"] else 1, 4))):
            known = FormDefinition.load({"sections": sections}).questions()
            earlier = [each for each in known if each.kind in CONDITIONS]
            question = draw(questions(f"q{number}_{place}", earlier))
            role = ROLE_OF.get(Kind(question["kind"]))
            if role and role not in roles and draw(flags):
                question["role"] = role
                roles.add(role)
            section["questions"].append(question)
    return {"sections": sections}


@st.composite
def answers(draw: Any, form: FormDefinition) -> dict[str, Any]:
    """Draw answers to some of the questions, rightly shaped, good and bad."""
    given = {}
    for question in form.questions():
        if question.kind not in OWN_TABLE and draw(st.integers(0, 4)):
            given[question.key] = draw(answer(question))
    return given


def answer(question: Question) -> st.SearchStrategy[Any]:
    """Draw an answer to one question."""
    if question.kind == Kind.CHOICES:
        return st.lists(st.one_of(st.sampled_from(offered(question)), st.sampled_from(SINGLE)), max_size=3)
    if question.kind == Kind.TABLE:
        cells = st.one_of(st.sampled_from(SINGLE), texts)
        return st.lists(st.lists(cells, min_size=len(question.columns), max_size=len(question.columns)), max_size=4)
    if question.kind in CONDITIONS:
        return st.one_of(st.sampled_from(offered(question)), st.sampled_from(SINGLE))
    return texts
