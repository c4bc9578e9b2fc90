"""What a plan to assign anew changes, of the applications that one viewer may see."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from reviews.models import Assignment, PanelMember, Reassignment
from reviews.places import assignments_of
from reviews.problem import is_fixed


@dataclass(frozen=True)
class Move:
    """One member who leaves an application or comes to it."""

    member: PanelMember
    fit: int
    is_released: bool = False
    """Whether they know of it, and are told by mail."""


@dataclass(frozen=True)
class Change:
    """What changes for one application."""

    application: Application
    leaves: tuple[Move, ...]
    comes: tuple[Move, ...]

    @property
    def gain(self) -> int:
        """By how much the fit of its reviewers grows."""
        return sum(each.fit for each in self.comes) - sum(each.fit for each in self.leaves)

    @property
    def taken_back(self) -> int:
        """How many lose a review that they know of."""
        return sum(each.is_released for each in self.leaves)


def changes_in(plan: Reassignment, viewer: Any) -> list[Change]:
    """Compare what is held with what the plan holds, by application, in four queries."""
    present, comes = _present(plan, viewer), _chosen(plan)
    members = PanelMember.objects.filter(call=plan.call_id).select_related("person").in_bulk()
    seen = Application.objects.visible_to_fund(viewer).filter(call=plan.call_id, pk__in={*present, *comes})
    found = []
    for application in seen.only("pk", "reference", "title").order_by("reference"):
        old, new = present[application.pk], comes[application.pk]
        leaves = tuple(Move(members[key], *old[key]) for key in sorted(set(old) - set(new)))
        arrives = tuple(Move(members[key], new[key]) for key in sorted(set(new) - set(old)))
        if leaves or arrives:
            found.append(Change(application, leaves, arrives))
    return found


def _present(plan: Reassignment, viewer: Any) -> dict[int, dict[int, tuple[int, bool]]]:
    """Return who holds what the plan may change, with their fit as the plan knows it, and whether they know of it."""
    known = {pk: affinity for pk, __, __, affinity in plan.removed}
    held: dict[int, dict[int, tuple[int, bool]]] = defaultdict(dict)
    chosen = {(application, member) for application, member, __ in plan.chosen}
    for row in assignments_of(plan.call, viewer).held().defer("why"):
        is_taken = row.pk in known
        if is_taken or not is_fixed(row) or (row.application_id, row.member_id) in chosen:
            fit = known.get(row.pk, row.affinity or 0)
            held[row.application_id][row.member_id] = fit, row.state != Assignment.State.PROPOSED
    return held


def _chosen(plan: Reassignment) -> dict[int, dict[int, int]]:
    chosen: dict[int, dict[int, int]] = defaultdict(dict)
    for application, member, affinity in plan.chosen:
        chosen[application][member] = affinity
    return chosen
