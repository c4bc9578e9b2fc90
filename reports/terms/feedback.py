"""What the feedback on an application says to its team."""

from core import clock
from reports.builders.feedback import FeedbackTerms
from reports.builders.outcome_letter import CriterionFeedback
from reports.terms.issuing import issue_of
from reviews.feedback import told
from reviews.models import Decision


def feedback_terms(decision: Decision) -> FeedbackTerms:
    """Gather the words that the applicant's own page of the decision shows."""
    application = decision.application
    return FeedbackTerms(
        issue=issue_of(application.call.fund), reference=application.reference or "", call=application.call.title,
        title=application.title, outcome=str(application.applicant_wording.applicant),
        decided_on=(decision.approved_at or decision.prepared_at).date(), made_at=clock.now(),
        rationale=decision.rationale,
        criteria=tuple(CriterionFeedback(label, text) for label, text in told(application)),
    )  # fmt: skip
