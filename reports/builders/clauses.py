"""The standard clauses of an award, in the order in which the letter prints them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause: what it is about, and its sentences."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseTerms:
    """The figures and places that the standard clauses name."""

    governing_law: str
    courts: str
    records_years: int
    return_days: int
    remedy_days: int


def standard_clauses(terms: ClauseTerms) -> tuple[Clause, ...]:
    """Return the standard clauses with the terms of one award."""
    return (*_use_of_the_money(terms), *_conduct(), *_consequences(terms))


def _use_of_the_money(terms: ClauseTerms) -> tuple[Clause, ...]:
    return (
        Clause(
            "Purpose",
            "The grant may be used only for the purpose stated in this letter and in the budget that the fund has "
            "approved. No part of it may be used for anything else, however worthy.",
        ),
        Clause(
            "Changes",
            "Any change to the purpose, the principal investigator, the host organisation, the period or the budget "
            "needs the fund’s prior written approval. A change made without it is not covered by this award.",
        ),
        Clause(
            "Unspent money",
            f"Money that has not been spent on the purpose when the grant ends is returned to the fund within "
            f"{terms.return_days} days of the end of the grant period, unless the fund agrees otherwise in writing.",
        ),
        Clause(
            "Delay",
            "The grantee tells the fund in writing as soon as it knows that the work will start late, will be "
            "interrupted or will not end in time. The fund may move payments to match the work.",
        ),
        Clause(
            "Records, audit and visits",
            f"The grantee keeps full records of what was spent and what was done, and keeps them for "
            f"{terms.records_years} years after the grant ends. The fund, or an auditor whom it appoints, may see these "
            "records and visit the work on reasonable notice.",
        ),
        Clause(
            "Reports",
            "The grantee sends the reports listed in this letter on the dates given there, each with an account of "
            "what was spent. The fund may hold a payment while a report is late or has not been accepted.",
        ),
        Clause(
            "Change of status",
            "The grantee tells the fund without delay if its legal status, its control, its tax status or its ability "
            "to carry out the work changes, or if it becomes insolvent.",
        ),
    )


def _conduct() -> tuple[Clause, ...]:
    return (
        Clause(
            "Acknowledgement",
            "Publications and public statements about the work acknowledge the fund by name. They do not suggest that "
            "the fund or its contributors share the views expressed.",
        ),
        Clause(
            "Sanctions and anti-bribery",
            "The grantee makes sure that no part of the grant reaches a person or organisation under sanctions that "
            "apply to it or to the fund. It neither gives nor takes bribes, and reports any suspicion to the fund.",
        ),
        Clause(
            "Safeguarding and ethics",
            "The safety of children and of those who do this work comes first. No work with children, or with data "
            "about them, begins before the approval of the competent ethics committee has been given. The grantee "
            "reports every safeguarding incident to the fund without delay. Material that shows abuse is neither "
            "sought, copied nor stored unless the law allows it and this letter says so.",
        ),
        Clause(
            "Data protection",
            "Personal data are collected only as far as the purpose needs them, kept secure, and handled according to "
            "the law that applies to the grantee. A breach that concerns the work is reported to the fund.",
        ),
        Clause(
            "Intellectual property, open access and open data",
            "What the work creates belongs to the grantee, who gives the fund a free, worldwide and lasting licence to "
            "use and share its results. Publications are open to all. Data are shared as openly as the safety and "
            "privacy of the people in them allow.",
        ),
        Clause(
            "Research integrity",
            "The work follows the accepted standards of research integrity. The grantee investigates any allegation of "
            "misconduct and tells the fund of it and of the outcome.",
        ),
        Clause(
            "Sub-grants",
            "The grantee passes money on to another organisation only as the approved budget foresees or with the "
            "fund’s prior written approval, under terms no weaker than these, and answers for its use.",
        ),
    )


def _consequences(terms: ClauseTerms) -> tuple[Clause, ...]:
    return (
        Clause(
            "Suspension, termination and repayment",
            f"If these terms are broken and the breach is not remedied within {terms.remedy_days} days of the fund’s "
            "written notice, the fund may suspend payments or end the award. Money that was used against these terms, "
            "or had not been spent when the award ended, is repaid.",
        ),
        Clause(
            "Liability",
            "The grantee carries out the work at its own risk. The fund’s liability under this award is limited to "
            "paying the grant according to these terms.",
        ),
        Clause(
            "Governing law",
            f"This award is governed by {terms.governing_law}. Disputes that cannot be settled in good faith are "
            f"decided by {terms.courts}.",
        ),
    )
