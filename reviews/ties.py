"""The ties of a panel to a call's applications that the data shows: read in a constant number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from django.db.models import OuterRef, Subquery

from applications.models import Application, TeamMember
from core.interests.models import Declaration
from core.people.models import Organisation
from fund.models import Call
from reviews.models import Interest, InterestDeclaration, PanelMember

Kind = Declaration.Kind

INTERESTS = {
    Interest.Kind.WORK: Kind.INSTITUTIONAL, Interest.Kind.MONEY: Kind.FINANCIAL, Interest.Kind.OFFICE: Kind.INSTITUTIONAL,
    Interest.Kind.FAMILY: Kind.PERSONAL,
}  # fmt: skip
"""Which tie each declared interest is."""

PUBLIC_DOMAINS = frozenset(
    "163.com 126.com aol.com fastmail.com gmail.com gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.com "
    "hotmail.co.uk icloud.com live.com mac.com mail.com mail.ru me.com msn.com outlook.com pm.me posteo.de proton.me "
    "protonmail.com qq.com rediffmail.com tutanota.com web.de yahoo.com yahoo.co.in yahoo.co.uk yandex.com yandex.ru "
    "ymail.com zoho.com example.com example.net example.org".split()
)
"""Domains that say nothing about where a person works; the last three are reserved for examples (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Tie:
    """What ties a person to an application: kinds of `Declaration`, and a sentence about each."""

    person: int
    application: int
    kinds: tuple[str, ...]
    note: str


@dataclass(slots=True)
class Side:
    """What a person, or an application's whole team, is known by."""

    people: set[int] = field(default_factory=set)
    emails: set[str] = field(default_factory=set)
    organisations: set[int] = field(default_factory=set)
    partners: set[int] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    domains: set[str] = field(default_factory=set)
    contributors: set[int] = field(default_factory=set)

    def add_email(self, email: str) -> None:
        """Know it by an e-mail address, and by its domain unless that is a public one."""
        self.emails.add(email.lower())
        self.add_domain(email.rpartition("@")[2])

    def add_domain(self, domain: str) -> None:
        """Know it by a domain, unless that is a public one."""
        domain = domain.strip().lower()
        if domain and domain not in PUBLIC_DOMAINS:
            self.domains.add(domain)

    def add_organisation(self, organisation: Organisation | None, name: str = "") -> None:
        """Know it by an organisation with its parent, or by the name that was typed for one."""
        if organisation is not None:
            self.organisations |= organisation.family()
            self.add_domain(organisation.email_domain)
        typed = name.strip().casefold() or (organisation.name.casefold() if organisation else "")
        if typed:
            self.names.add(typed)


@dataclass(frozen=True, slots=True)
class Contributors:
    """The companies that pay into a fund, and what belongs to them, however far below."""

    keys: frozenset[int]
    names: dict[str, int]
    parents: dict[int, int]

    @classmethod
    def of(cls, call: Call) -> "Contributors":
        """Read them, and which organisation belongs to which, in two queries."""
        paying = Organisation.objects.filter(contributions__fund=call.fund_id).distinct()
        rows = list(paying.values_list("pk", "name"))
        names = {name.strip().casefold(): key for key, name in rows}
        parents = Organisation.objects.filter(parent__isnull=False).values_list("pk", "parent")
        return cls(frozenset(key for key, __ in rows), names, {below: above for below, above in parents if above})

    def find(self, side: Side) -> Side:
        """Note to which contributors a side belongs, by any organisation above its own or by a typed name."""
        found = {self.names[name] for name in side.names if name in self.names}
        for key in side.organisations:
            seen = set[int]()
            above: int | None = key
            while above is not None and above not in seen:
                seen.add(above)
                above = self.parents.get(above)
            found |= seen & self.keys
        side.contributors = found
        return side


def _interests_of(people: set[int]) -> dict[int, list[tuple[str, Side]]]:
    """Return what each person declared of their interests, the last time that they did: the kind of tie, and to whom."""
    last = InterestDeclaration.objects.filter(person=OuterRef("declaration__person")).order_by("-declared_at", "-pk")
    rows = Interest.objects.filter(declaration__person__in=people, declaration=Subquery(last.values("pk")[:1]))
    found: dict[int, list[tuple[str, Side]]] = defaultdict(list)
    for row in rows.select_related("declaration", "organisation").order_by("pk"):
        other = Side()
        other.add_organisation(row.organisation, row.name)
        found[row.declaration.person_id].append((INTERESTS[Interest.Kind(row.kind)], other))
    return found


def _declared(interests: list[tuple[str, Side]], side: Side) -> dict[str, str]:
    """Return the ties that follow from declared interests."""
    return {
        kind: "Declared an interest in an organisation of the team."
        for kind, other in interests
        if other.organisations & side.organisations or other.names & side.names
    }


def ties_of(call: Call, *, person: int | None = None) -> list[Tie]:
    """Return every tie between a member of the panel, or one person of it, and what was submitted to the call."""
    serving = PanelMember.objects.filter(call=call).exclude(state=PanelMember.State.DECLINED)
    if person is not None:
        serving = serving.filter(person=person)
    members = list(serving.select_related("person__organisation"))
    contributors = Contributors.of(call)
    sides = {key: contributors.find(side) for key, side in _sides(call).items()}
    colleagues = _co_applicants({member.person_id for member in members})
    applicants = set[int]().union(*(side.people for side in sides.values()))
    interests = _interests_of({member.person_id for member in members})
    found = []
    for own, (key, side) in product((contributors.find(_side_of(member)) for member in members), sides.items()):
        whose = min(own.people)
        reasons = _reasons(own, side, colleagues[whose]) | _declared(interests[whose], side)
        if not reasons and whose in applicants:
            reasons = {Kind.COMPETING: "Has an application of their own in this call."}
        if reasons:
            found.append(Tie(whose, key, tuple(map(str, reasons)), " ".join(reasons.values())))
    return found


def _sides(call: Call) -> dict[int, Side]:
    """Return what each application of the call is known by, by key."""
    rows = Application.objects.filter(call=call).submitted().exclude(state=Application.State.WITHDRAWN)
    sides: dict[int, Side] = {}
    for application in rows.select_related("host").order_by("pk"):
        side = sides[application.pk] = Side()
        side.add_organisation(application.host, application.host_name)
    team = TeamMember.objects.filter(application__in=list(sides)).select_related("organisation", "user__organisation")
    for member in team:
        _add_member(sides[member.application_id], member)
    return sides


def _add_member(side: Side, member: TeamMember) -> None:
    side.add_organisation(member.organisation, member.organisation_name)
    if member.part == TeamMember.Part.PARTNER and member.organisation is not None:
        side.partners |= member.organisation.family()
    if member.email:
        side.add_email(member.email)
    if member.user is not None:
        side.people.add(member.user.pk)
        side.add_email(member.user.email)
        side.add_organisation(member.user.organisation)


def _side_of(member: PanelMember) -> Side:
    side = Side(people={member.person_id})
    side.add_email(member.person.email)
    side.add_organisation(member.person.organisation)
    return side


def _co_applicants(people: set[int]) -> dict[int, set[int]]:
    """Return with whom each of these people applies, in any call."""
    mine: dict[int, set[int]] = defaultdict(set)
    for person, application in TeamMember.objects.filter(user__in=people).values_list("user", "application"):
        mine[application].add(person)
    together: dict[int, set[int]] = defaultdict(set)
    others = TeamMember.objects.filter(application__in=list(mine), user__isnull=False)
    for application, user in others.values_list("application", "user"):
        for person in mine[application]:
            together[person].add(user)
    return together


def _reasons(own: Side, side: Side, colleagues: set[int]) -> dict[str, str]:
    """Return the kinds of tie with a sentence each; none is an empty answer."""
    found: dict[str, str] = {}
    if own.people & side.people or own.emails & side.emails:
        found[Kind.COLLABORATOR] = "Is on the team."
    elif colleagues & side.people:
        found[Kind.COLLABORATOR] = "Applies together with somebody of the team."
    if own.organisations & side.partners:
        found[Kind.EMPLOYER] = "Their organisation, or its parent, is a partner of the project."
    elif own.organisations & side.organisations or own.names & side.names:
        found[Kind.INSTITUTIONAL] = "Same organisation, or the same parent, as somebody of the team."
    elif _shares_domain(own.domains, side.domains):
        found[Kind.INSTITUTIONAL] = "Same e-mail domain as somebody of the team."
    elif own.contributors & side.contributors:
        found[Kind.EMPLOYER] = "Works for a contributor to the fund that takes part in the project."
    return found


def _shares_domain(mine: set[str], theirs: set[str]) -> bool:
    return any(a == b or a.endswith(f".{b}") or b.endswith(f".{a}") for a, b in product(mine, theirs))
