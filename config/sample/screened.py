"""What staff wrote down while they screened: a checklist, tags and flags, notes."""

CHECKLIST = (
    "Is it within the scope of the call and its theme?",
    "Can the organisation receive a grant from this fund?",
    "Is there a plan, which one can believe, to keep participants and researchers safe?",
    "Does it keep away from material that may not be handled?",
)
ANSWERED = 12
"""Of so many applications of a call the checklist is answered."""
LABELS = (
    ("tag", "Voice chat"), ("tag", "Pilot"), ("flag", "Budget to look at"), ("tag", "Voice chat"), ("tag", "Schools"),
    ("flag", "Ethics approval to come"), ("tag", "Pilot"),
)  # fmt: skip
NOTES = (
    ("panel", "The ethics committee meets in spring; its approval can be a condition."),
    ("staff", "Telephoned the host: the signatory has changed since the application."),
)
