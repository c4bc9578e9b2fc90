"""Who reviews what in a call, and which places are still open, as far as one viewer may see it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from applications.models import Application
from core.jobs.models import Job
from fund.models import Call
from reviews import spread
from reviews.fitting import Fitting
from reviews.models import Assignment, MatchingRun, PanelMember, StakeholderGroup
from reviews.models.assignment import AssignmentQuerySet
from reviews.problem import TO_REVIEW

State = Assignment.State


def assignments_of(call: Call, viewer: Any) -> AssignmentQuerySet:
    """Return the assignments of a call that count for its board: of applications that the viewer may see."""
    seen = Application.objects.visible_to_fund(viewer).filter(call=call)
    return Assignment.objects.visible_to(viewer).filter(application__in=seen.values("pk"))


@dataclass(frozen=True)
class Place:
    """One application on the board: who has its places, by stakeholder group in the groups' order."""

    application: Application
    by_group: tuple[tuple[Assignment, ...], ...]
    wanted: int
    reason: str
    faults: tuple[str, ...] = ()
    """Which rules of the call those who have its places break."""

    @property
    def held(self) -> int:
        """How many of its places are taken."""
        return sum(len(group) for group in self.by_group)

    @property
    def missing(self) -> int:
        """How many places are open."""
        return max(self.wanted - self.held, 0)

    @property
    def proposed(self) -> int:
        """How many of those who have a place do not know it yet."""
        return sum(each.state == State.PROPOSED for group in self.by_group for each in group)


def places_of(
    call: Call, applications: Iterable[Application], held: Iterable[Assignment], reasons: Mapping[str, str]
) -> list[Place]:
    """Return a row of the board for each application; a reason only where a place is open."""
    by_application: dict[int, dict[str, list[Assignment]]] = defaultdict(lambda: defaultdict(list))
    for each in held:
        by_application[each.application_id][each.member.group].append(each)
    rows = []
    for application in applications:
        groups = tuple(tuple(by_application[application.pk][group]) for group in StakeholderGroup.values)
        taken = sum(map(len, groups))
        wanted = call.reviews_each if application.state in TO_REVIEW else taken
        reason = reasons.get(str(application.reference), "") if taken < wanted else ""
        faults = spread.faults_of(call, application, [each.member for group in groups for each in group])
        rows.append(Place(application, groups, wanted, reason, tuple(faults)))
    return rows


def faults_in(call: Call, viewer: Any) -> list[tuple[Application, list[str]]]:
    """Return the applications with something to release whose reviewers break a rule, with what they break."""
    proposed = assignments_of(call, viewer).filter(state=State.PROPOSED).values("application")
    held: dict[Application, list[PanelMember]] = defaultdict(list)
    rows = assignments_of(call, viewer).held().filter(application__in=proposed).defer("why")
    for each in rows.select_related("application", "member__person").order_by("application__reference", "pk"):
        held[each.application].append(each.member)
    found = [(application, spread.faults_of(call, application, members)) for application, members in held.items()]
    return [(application, faults) for application, faults in found if faults]


def runs_in(call: Call, viewer: Any, applications: Iterable[Application]) -> tuple[MatchingRun | None, dict[str, str]]:
    """Return the last run over the whole call, and by reference why places of these applications stayed open.

    What was worked out since then for one application alone counts before it.
    """
    shown = {each.pk: str(each.reference) for each in applications}
    runs = MatchingRun.objects.visible_to(viewer).filter(call=call)
    last = runs.filter(application=None).order_by("-pk").values("pk")[:1]
    rows = runs.filter(Q(application=None) | Q(application__in=list(shown)), pk__gte=Coalesce(Subquery(last), 0))
    whole, found = None, dict[str, str]()
    for run in rows.order_by("pk"):
        if run.application_id is None:
            whole = run
        else:
            found.pop(shown[run.application_id], None)
        found |= {place["proposal"]: place["reason"] for place in run.unfilled}
    return whole, {reference: found[reference] for reference in shown.values() if reference in found}


@dataclass(frozen=True)
class Load:
    """What one member holds, against what they agreed to."""

    member: PanelMember
    proposed: int
    released: int

    @property
    def held(self) -> int:
        """Proposed and released together."""
        return self.proposed + self.released

    @property
    def is_full(self) -> bool:
        """Whether no more fits."""
        return self.held >= self.member.most_load

    @property
    def is_short(self) -> bool:
        """Whether they hold less than they asked for at the least."""
        return self.held < self.member.least_load


def loads_of(call: Call, held: Iterable[tuple[int, str]]) -> list[Load]:
    """Return what each serving member holds, from pairs of member and state; by group, then by name."""
    proposed, released = Counter[int](), Counter[int]()
    for member, state in held:
        (proposed if state == State.PROPOSED else released)[member] += 1
    order = list(StakeholderGroup.values)
    members = PanelMember.objects.serving().filter(call=call).select_related("person")
    loads = [Load(member, proposed[member.pk], released[member.pk]) for member in members]
    return sorted(loads, key=lambda each: (order.index(each.member.group), each.member.person.name))


def possible_for(application: Application, held: AssignmentQuerySet) -> list[Load]:
    """Return the members that can take an application beside what they hold, those with the most room first."""
    fitting = Fitting.of(application, held)
    loads = loads_of(application.call, held.order_by().values_list("member", "state"))
    free = [each for each in loads if not fitting.refusal(each.member, each.held)]
    return sorted(free, key=lambda each: (each.held / max(each.member.most_load, 1), each.member.person.name))


def why_matched(assignment: Assignment) -> list[str]:
    """Say in words why a member was matched with an application."""
    why = assignment.why or {}
    if not why:
        return [_("Added by hand.")]
    said = {"can": _("They said that they can review it."), "not_my_field": _("They said that it is not their field.")}
    found = [said[why["own_word"]]] if why.get("own_word") in said else []
    if why.get("topics"):
        found.append(_("Theme shared: %(join)s.") % {"join": ", ".join(why["topics"])})
    if why.get("words"):
        found.append(_("Words shared: %(join)s.") % {"join": ", ".join(why["words"])})
    if (closer := why.get("text_percentile")) is not None:
        found.append(_("Text closer to their field than for %(closer)s %% of the panel.") % {"closer": closer})
    return found or [_("Nothing shared is known; they bring in their group.")]


def work_under_way(call: Call, user: Any) -> Job | None:
    """Return the job that is working out who reviews what in the call."""
    under_way = Job.objects.visible_to(user).filter(
        kind__in=["matching", "rematching"], batch__subject_type="fund.call", batch__subject=call.pk,
        state__in=[Job.State.WAITING, Job.State.RUNNING],
    )  # fmt: skip
    return under_way.order_by("-pk").first()
