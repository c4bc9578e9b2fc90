"""Define the plain values that the sample corpus is made of."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Organisation:
    key: str
    name: str
    kind: str
    """One of university, institute, laboratory, ngo, hospital, agency, police, company, trust."""
    country: str
    city: str
    address: str
    domain: str
    ror: str | None = None


@dataclass(frozen=True)
class Person:
    key: str
    name: str
    """The name as its owner writes it, in any script."""
    latin_name: str
    email: str
    organisation: Organisation


@dataclass(frozen=True)
class Persona:
    role: str
    """One of administrator, finance, chair, reviewer, applicant, auditor."""
    title: str
    person: Person


@dataclass(frozen=True)
class PanelMember:
    person: Person
    group: str
    """A key of STAKEHOLDER_GROUPS."""
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    statement: str
    leniency: float
    """How far this person's marks lie above (or below) everyone's, in points of the six-point scale."""


@dataclass(frozen=True)
class Declined:
    """Somebody who has no time for the panel, and names another in their place."""

    person: Person
    group: str
    suggested: Person
    note: str


@dataclass(frozen=True)
class TeamMember:
    person: Person
    role: str
    """pi or co-investigator."""
    hours_per_week: int
    contribution: str


@dataclass(frozen=True)
class BudgetLine:
    category: str
    description: str
    year: int
    amount: int
    """Whole US dollars."""


@dataclass(frozen=True)
class Ethics:
    children: str
    """none, data or direct."""
    age_bands: tuple[str, ...]
    decision: str
    """Why children take part, or do not."""
    harms: str
    benefits: str
    consent: str
    disclosure_plan: str
    referral_service: str
    illegal_material: str
    offender_data: str
    researcher_wellbeing: str
    data_protection: str
    safeguarding_lead: str
    committee_name: str
    committee_reference: str
    committee_status: str
    """approved, applied or planned."""
    committee_decided: int | None
    """Days before the call closes on which the committee decided."""
    committee_expires: int | None
    """Days after the call closes until which its approval is valid."""

    @property
    def narrative(self) -> str:
        return f"{self.decision} {self.harms}"


@dataclass(frozen=True)
class Proposal:
    key: str
    call: str
    title: str
    theme: str
    country: str
    summary: str
    local_language: str
    local_summary: str
    background: str
    question: str
    method: str
    ethics: Ethics
    impact: str
    workplan: str
    data_management: str
    team_statement: str
    content_note: str | None
    content_note_section: str | None
    """The form question that the note stands over."""
    keywords: tuple[str, ...]
    duration_months: int
    start_on_offset: int
    """Days from the close of the call to the first day of the project."""
    budget: tuple[BudgetLine, ...]
    team: tuple[TeamMember, ...]
    partners: tuple[Organisation, ...]
    quality: float = 0.0
    """How good the sample means it to be, on the six-point scale; reviews scatter round it."""
    praise: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    subject: str = ""
    """What the study is about, as a noun phrase: "the field trial of warnings in Kisumu"."""
    tags: tuple[str, ...] = field(default=())
    """What a call's story needs of this one: withdrawn, ineligible-…, persona."""

    @property
    def pi(self) -> Person:
        return self.team[0].person

    @property
    def host(self) -> Organisation:
        return self.pi.organisation

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.budget)

    def texts(self) -> tuple[str, ...]:
        """Return every long answer, in the order of the form."""
        return (
            self.summary,
            self.background,
            self.question,
            self.method,
            self.impact,
            self.ethics.narrative,
            self.workplan,
            self.data_management,
            self.team_statement,
        )


@dataclass(frozen=True)
class SampleReview:
    scores: dict[str, int]
    """Criterion key to 1 … 6."""
    overall: int
    comments: dict[str, str]
    """Criterion key to what the applicant will read."""
    public_comment: str
    private_comment: str
    recommendation: str
    """fund, fund-with-conditions, reserve or do-not-fund."""


@dataclass(frozen=True)
class Rationale:
    outcome: str
    text: str
    per_criterion: dict[str, str]
    conditions: tuple[str, ...] = ()
