"""The panel, assignments, reviews, and what came out."""

from reviews.models.afterwards import DecisionInquiry, Feedback
from reviews.models.assignment import Assignment, MatchingRun
from reviews.models.basis import DecisionBasis
from reviews.models.bid import Bid
from reviews.models.calibration import Calibration, CalibrationCase, CalibrationScore
from reviews.models.interest import Interest, InterestDeclaration
from reviews.models.meeting import Attendance, Ballot, Meeting, MeetingItem
from reviews.models.outcome import Decision, Recommendation, Release
from reviews.models.panel import PanelMember, StakeholderGroup
from reviews.models.ranking import RankingRun
from reviews.models.reassignment import Reassignment
from reviews.models.reminder import ReviewReminder
from reviews.models.review import Review, Score
from reviews.models.selection import Draw, FundingRule
from reviews.models.suggestion import PanelSuggestion
from reviews.models.undertaking import Undertaking

__all__ = [
    "Assignment", "Attendance", "Ballot", "Bid", "Calibration", "CalibrationCase", "CalibrationScore", "Decision",
    "DecisionBasis", "DecisionInquiry", "Draw", "Feedback", "FundingRule", "Interest", "InterestDeclaration", "MatchingRun", "Meeting", "MeetingItem", "PanelMember",
    "PanelSuggestion", "RankingRun", "Reassignment", "Recommendation", "Release", "Review", "ReviewReminder",
    "Score", "StakeholderGroup", "Undertaking",
]  # fmt: skip
