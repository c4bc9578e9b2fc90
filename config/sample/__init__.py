"""Hold the sample of the demonstration: people, applications, reviews and call texts, all fictional.

Plain values only: no Django, no database, no clock. Everything follows from a seed (`SEED`), letter for letter the
same on every machine; feed it through the product's own actions. The dataclasses are in `shapes`:

    Organisation  key name kind country city address domain ror
    Person        key name latin_name email organisation
    Persona       role title person                 (administrator finance chair reviewer applicant auditor)
    PanelMember   person group topics languages statement leniency
    TeamMember    person role hours_per_week contribution
    BudgetLine    category description year amount
    Ethics        children age_bands decision harms benefits consent disclosure_plan referral_service illegal_material
                  offender_data researcher_wellbeing data_protection safeguarding_lead
                  committee_{name,reference,status,decided,expires}
    Proposal      key call title theme country summary local_language local_summary background question method
                  ethics impact workplan data_management team_statement content_note content_note_section keywords
                  duration_months start_on_offset budget team partners quality praise doubts subject tags
                  .pi .host .amount .texts()
    SampleReview  scores overall comments public_comment private_comment recommendation
    Rationale     outcome text per_criterion conditions

What to call:

    people.PERSONAS, PANEL, STAKEHOLDER_GROUPS, APPLICANTS, ORGANISATIONS
    proposals.proposals(call_key, count=None, seed=SEED) -> list[Proposal]      call_key: 2021 closed decided open
    reviews.CRITERIA; reviews.review_of(proposal, panel_member) -> SampleReview
    decisions.rationale_for(proposal, outcome, scores=None) -> Rationale        outcome: one of decisions.OUTCOMES
    decisions.reason_for(proposal, "ineligible" | "withdrawn" | "conflicts") -> str
    calls.call_text(key), calls.THEMES, calls.FORM, calls.GUIDANCE, calls.SAMPLE_NOTE
    calls.answers_of(proposal, closes_on=date) -> dict by question key of calls.FORM

`Proposal.tags` says what a call's story needs: persona (the applicant who can sign in), withdrawn, ineligible.
The chair is not one of the 24 panel members; the reviewer persona is. Some panel members share an organisation with
an applicant or a partner, so that conflicts of interest occur.
"""
