"""Whether one reviewer more fits an application, and if not, why: asked of many members in a constant number of queries."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application
from applications.ties import people_tied_to
from core.people.models import User
from fund.models import Call
from reviews import spread
from reviews.models import Assignment, PanelMember
from reviews.models.assignment import AssignmentQuerySet
from reviews.problem import is_noted


@dataclass(frozen=True)
class Fitting:
    """What one application asks of a reviewer."""

    application: Application
    had: frozenset[int]
    tied: frozenset[int]
    present: tuple[PanelMember, ...]
    spared: frozenset[int]
    is_noted: bool
    notes_held: Mapping[int, int]
    """How many with a content note each member holds; empty where this application has none."""

    @classmethod
    def of(cls, application: Application, held: AssignmentQuerySet) -> "Fitting":
        """Read it; `held` are the assignments that count as the members' load."""
        rows = list(application.assignments.select_related("member__person"))
        tied = User.objects.filter(people_tied_to(application.pk)).order_by()
        avoiders = PanelMember.avoids.through.objects.filter(theme=application.theme_id)
        noted = is_noted(application)
        with_notes = held.filter(application__current__has_content_note=True) if noted else held.none()
        return cls(
            application,
            had=frozenset(each.member_id for each in rows),
            tied=frozenset(tied.values_list("pk", flat=True)),
            present=tuple(each.member for each in rows if each.state in Assignment.ANY),
            spared=frozenset(avoiders.values_list("panelmember", flat=True)),
            is_noted=noted,
            notes_held=Counter(with_notes.order_by().values_list("member", flat=True)),
        )

    def refusal(self, member: PanelMember, held: int) -> str:
        """Say why a member who holds so many cannot take it; nothing if they can."""
        return next(
            (words % {"name": member.person.name} for stands, words in self._obstacles(member, held) if stands), ""
        )

    def _obstacles(self, member: PanelMember, held: int) -> Iterator[tuple[bool, str]]:
        call, person = self.application.call, member.person
        yield (
            member.call_id != self.application.call_id or member.state != PanelMember.State.ACCEPTED,
            _("%(name)s does not serve on the panel of this call."),
        )
        yield member.paused_at is not None, _("%(name)s takes no new reviews at present. Choose somebody else.")
        yield (
            member.pk in self.had,
            _("%(name)s gave this application back or is recused. Choose somebody else."),
        )
        yield person.pk in self.tied, _("%(name)s has a conflict of interest here. Choose somebody else.")
        yield member.pk in self.spared, _("%(name)s asked not to read on this theme. Choose somebody else.")
        yield from self._rules_over_all(call, member)
        cap = member.note_cap(call) if self.is_noted else None
        yield (
            cap is not None and self.notes_held.get(member.pk, 0) >= cap,
            _("%(name)s has all the applications with a content note that they take. Choose somebody else."),
        )
        yield (
            held >= member.most_load,
            _("%(name)s has all the applications that they agreed to. Choose somebody else."),
        )

    def _rules_over_all(self, call: Call, member: PanelMember) -> Iterator[tuple[bool, str]]:
        """Yield the rules that the solver keeps over all reviewers of an application, whoever has it already."""
        together, person = (*self.present, member), member.person
        yield (
            spread.is_compatriot(call, self.application, member),
            _("%(name)s is of the country that this application comes from. Choose somebody else."),
        )
        yield (
            any(
                person.organisation_id and each.person.organisation_id == person.organisation_id
                for each in self.present
            ),
            _("A colleague of %(name)s reviews this application. Choose somebody else."),
        )
        yield (
            not spread.leaves_groups(call, together),
            _("With %(name)s too few stakeholder groups review this application. Choose somebody of another group."),
        )
        yield (
            not spread.leaves_countries(call, together),
            _("With %(name)s too few countries review this application. Choose somebody of another country."),
        )
