"""The assignment problem of a call, read from the database in a constant number of queries."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from applications.models import Application
from applications.ties import tied_pairs
from fund.models import Call
from reviews.affinity import OwnWord, Paper, Person, affinities
from reviews.matching import Instance, Proposal, Reviewer, Solution, solve
from reviews.matching.solve import SECONDS
from reviews.models import Assignment, Bid, PanelMember

TO_REVIEW = (Application.State.ELIGIBLE, Application.State.IN_REVIEW)
NOT_BEGUN = (Assignment.State.RELEASED, Assignment.State.ACCEPTED)
Pair = tuple[str, str]
ABOVE_EVEN = 1.25
"""How far above an even share a balanced load may go, for a better match; our own choice."""


@dataclass(frozen=True)
class Problem:
    """An instance for the solver, what its names stand for, and why each pair fits."""

    instance: Instance
    applications: dict[str, int]
    members: dict[str, int]
    why: Callable[[str, str], dict[str, Any]] = field(repr=False)

    @property
    def ground(self) -> tuple[object, ...]:
        """What must still hold when the answer is stored."""
        rules = self.instance
        return (
            rules.proposals, rules.reviewers, rules.conflicts, rules.avoided, rules.locked, rules.released, rules.k,
            rules.min_groups, rules.min_countries, rules.excludes_own_country,
        )  # fmt: skip

    @property
    def digest(self) -> str:
        """The ground as a short text."""
        return sha256(repr(self.ground).encode()).hexdigest()

    def proposed(self, pair: Pair) -> dict[str, Any]:
        """Say of a pair of the answer which rows it stands for, how well they fit, and why."""
        application, member = pair
        worth = self.instance.affinity[self.instance.row[application], self.instance.column[member]]
        return {
            "application_id": self.applications[application], "member_id": self.members[member],
            "affinity": int(worth), "why": self.why(application, member),
        }  # fmt: skip

    @property
    def balanced(self) -> Instance:
        """The same with nobody far above an even share of the places, by what each agreed to at the most."""
        whole = sum(each.max_load for each in self.instance.reviewers)
        places = self.instance.k * len(self.instance.proposals)
        locked = Counter(reviewer for _, reviewer in self.instance.locked)
        capped = []
        for each in self.instance.reviewers:
            share = math.ceil(ABOVE_EVEN * each.max_load * places / whole) if whole else 0
            most = min(each.max_load, max(share, each.min_load, locked[each.id]))
            capped.append(replace(each, max_load=most))
        return replace(self.instance, reviewers=tuple(capped))


def best(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """Solve it with balanced loads, and only where that leaves a place open with all that members agreed to."""
    solution = solve(problem.balanced, seconds=seconds)
    return solve(problem.instance, seconds=seconds) if solution.unfilled else solution


def read_problem(
    call: Call,
    *,
    seen: Collection[int] | None = None,
    only: int | None = None,
    free: tuple[int, int] | None = None,
    moves: Collection[int] = (),
    price: int = 0,
) -> Problem:
    """Read who can review what in a call; with `seen`, as if there were only these applications.

    With the key of one application as `only`, its open places alone are to be filled, and every proposal stays.
    The pair `free` of an application and a member is taken as not assigned yet. In the applications that `moves`
    names, what was released and not begun may go to somebody else for a price.

    Ties, refusals and recusals are conflicts; what was released or kept by hand is locked. An application whose
    places are all taken is left out, and what its reviewers can take is lessened by it.
    """
    rows = _read(call, seen, only, free, moves)
    proposals, names = {each.pk: str(each.reference) for each in rows.papers}, _names(rows.members)
    words = _own_words(rows.members)
    worth = affinities(
        [_paper(each) for each in rows.papers], [_person(each, names, words) for each in rows.members]
    )  # fmt: skip
    instance = _instance(call, rows, proposals, names, affinity=worth.values, removal_price=price)
    return Problem(
        instance, {name: pk for pk, name in proposals.items()}, {name: pk for pk, name in names.items()}, worth.why
    )


@dataclass(frozen=True)
class _Rows:
    """What a problem is made of: the papers have open places, and of all assignments some are fixed and some may move."""

    members: list[PanelMember]
    papers: list[Application]
    assignments: list[Assignment]
    fixed: list[Assignment]
    moving: list[Assignment]


def _read(
    call: Call, seen: Collection[int] | None, only: int | None, free: tuple[int, int] | None, moves: Collection[int]
) -> _Rows:
    members = PanelMember.objects.serving().filter(call=call).select_related("person__organisation")
    assignments = [row for row in _assignments(call, seen) if _pair(row) != free]
    moving = {row.pk: row for row in assignments if row.application_id in moves and can_move(row)}
    stays = Assignment.ANY if only else ()
    fixed = [row for row in assignments if row.pk not in moving and (is_fixed(row) or row.state in stays)]
    taken = Counter(row.application_id for row in fixed)
    papers = [each for each in _applications(call, seen, only) if taken[each.pk] < call.reviews_each]
    return _Rows(
        list(members.prefetch_related("themes", "avoids").order_by("pk")),
        papers, assignments, fixed, list(moving.values()),
    )  # fmt: skip


def _instance(call: Call, rows: _Rows, proposals: dict[int, str], names: dict[int, str], **given: Any) -> Instance:
    def named(pairs: Iterable[tuple[int, int]]) -> tuple[Pair, ...]:
        return tuple(sorted(_known(pairs, proposals, names)))

    return Instance(
        proposals=tuple(map(_proposal, rows.papers)),
        reviewers=tuple(_reviewers(call, rows.members, names, rows.fixed, set(proposals))),
        k=call.reviews_each,
        min_groups=min(call.least_groups, call.reviews_each),
        min_countries=min(call.least_countries, call.reviews_each),
        excludes_own_country=call.excludes_own_country,
        avoided=named(_avoided(rows.papers, rows.members)),
        conflicts=tuple(sorted(_conflicts(rows.assignments, rows.members, names, proposals))),
        locked=named(map(_pair, rows.fixed)),
        released=named(map(_pair, rows.moving)),
        **given,
    )


def is_fixed(row: Assignment) -> bool:
    """Whether a new proposal leaves this assignment as it is."""
    return row.state in Assignment.QUEUE or (row.state == Assignment.State.PROPOSED and row.is_kept)


def can_move(row: Assignment) -> bool:
    """Whether an assignment is with its reviewer, and not begun; what was chosen by hand is not to be moved."""
    return row.state in NOT_BEGUN and not row.is_kept


def _assignments(call: Call, seen: Collection[int] | None) -> list[Assignment]:
    found = Assignment.objects.filter(application__call=call)
    if seen is not None:
        found = found.filter(application__in=seen)
    return list(found.select_related("application__current").only(*_COLUMNS).order_by("pk"))


_COLUMNS = ("member", "state", "is_kept", "application__reference", "application__current__has_content_note")


def _pair(row: Assignment) -> tuple[int, int]:
    return row.application_id, row.member_id


def _applications(call: Call, seen: Collection[int] | None, only: int | None) -> list[Application]:
    found = Application.objects.filter(call=call, state__in=TO_REVIEW)
    if only is not None:
        found = found.filter(pk=only)
    if seen is not None:
        found = found.filter(pk__in=seen)
    return list(found.select_related("theme", "current").defer("current__content").order_by("pk"))


def _proposal(application: Application) -> Proposal:
    return Proposal(
        str(application.reference), str(application.host_id or ""), application.country, is_noted(application)
    )


def is_noted(application: Application) -> bool:
    """Whether an application, as it stands, has a content note."""
    return application.current is not None and application.current.has_content_note


def _paper(application: Application) -> Paper:
    topics = frozenset({application.theme.name}) if application.theme else frozenset[str]()
    return Paper(str(application.reference), topics, f"{application.title}\n{application.summary}")


def _person(member: PanelMember, names: dict[int, str], words: dict[int, dict[str, OwnWord]]) -> Person:
    topics = frozenset(theme.name for theme in member.themes.all())
    return Person(names[member.pk], topics, member.statement, words.get(member.pk, {}))


def _own_words(members: Iterable[PanelMember]) -> dict[int, dict[str, OwnWord]]:
    """Return what each member has said of which application, by its reference."""
    said: dict[int, dict[str, OwnWord]] = {}
    rows = Bid.objects.filter(member__in=[each.pk for each in members])
    for member, reference, word in rows.values_list("member", "application__reference", "word"):
        said.setdefault(member, {})[str(reference)] = OwnWord(word)
    return said


def _names(members: Iterable[PanelMember]) -> dict[int, str]:
    """Name each member for the solver's reasons; two of one name are told apart."""
    count = Counter(member.person.name for member in members)
    return {
        member.pk: member.person.name if count[member.person.name] == 1 else f"{member.person.name} ({member.pk})"
        for member in members
    }


def _reviewers(
    call: Call, members: Iterable[PanelMember], names: dict[int, str], fixed: Iterable[Assignment], proposals: set[int]
) -> Iterator[Reviewer]:
    """Yield the members with the room that is left; who pauses gets nothing beyond what they have."""
    full, held = Counter[int](), Counter[int]()
    full_noted, held_noted = Counter[int](), Counter[int]()
    for row in fixed:
        is_here = row.application_id in proposals
        (held if is_here else full)[row.member_id] += 1
        (held_noted if is_here else full_noted)[row.member_id] += is_noted(row.application)
    for member in members:
        has, elsewhere = held[member.pk], full[member.pk]
        most = has if member.paused_at else max(member.most_load - elsewhere, has)
        least = min(max(member.least_load - elsewhere, 0), most)
        cap = member.note_cap(call)
        notes = None if cap is None else max(cap - full_noted[member.pk], held_noted[member.pk])
        organisation = str(member.person.organisation_id or "")
        yield Reviewer(names[member.pk], member.group, organisation, member.country, least, most, notes)


def _avoided(papers: Iterable[Application], members: Iterable[PanelMember]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of application and member whose theme the member asked not to read on."""
    avoiders: dict[int, list[int]] = defaultdict(list)
    for member in members:
        for theme in member.avoids.all():
            avoiders[theme.pk].append(member.pk)
    for application in papers:
        yield from ((application.pk, key) for key in avoiders[application.theme_id or 0])


def _conflicts(
    rows: Iterable[Assignment], members: Iterable[PanelMember], names: dict[int, str], proposals: dict[int, str]
) -> set[Pair]:
    """Return the pairs that cannot be: a tie, or an assignment that was given back or recused."""
    member_of = {member.person_id: member.pk for member in members}
    tied = ((subject, member_of[person]) for subject, person in tied_pairs(list(proposals), list(member_of)))
    over = {Assignment.State.DECLINED, Assignment.State.RECUSED}
    gone = ((row.application_id, row.member_id) for row in rows if row.state in over)
    return {*_known(tied, proposals, names), *_known(gone, proposals, names)}


def _known(pairs: Iterable[tuple[int, int]], proposals: dict[int, str], names: dict[int, str]) -> Iterator[Pair]:
    for application, member in pairs:
        if application in proposals and member in names:
            yield proposals[application], names[member]
