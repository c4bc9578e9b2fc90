"""The router of the interface, its schema, and the pages that explain it."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from applications import api as applications
from applications import staff_api as staff
from applications.inquiry_api import InquiryViewSet
from config import apidocs
from core import api as core
from core import outbox_api as outbox
from fund import api as fund
from reports.api import OrderViewSet
from reports.offline_api import OfflineViewSet
from reviews import api as reviews
from reviews.afterwards_api import DecisionInquiryViewSet, FeedbackViewSet
from reviews.assigning_api import AssigningViewSet
from reviews.bids_api import BidViewSet
from reviews.calibration_api import CalibrationCaseViewSet
from reviews.meeting_api import MeetingViewSet
from reviews.panel_api import PlaceViewSet
from reviews.pool_api import PoolViewSet, SuggestionViewSet
from reviews.reassigning_api import ReassignmentViewSet
from reviews.results_api import DrawViewSet, RankingViewSet

router = SimpleRouter()
router.register("calls", fund.CallViewSet, basename="call")
router.register("my/applications", applications.MyApplicationViewSet, basename="my-application")
router.register("applications", applications.ApplicationViewSet, basename="application")
router.register("drafts", staff.DraftViewSet, basename="draft")
router.register("invitations", staff.CallInvitationViewSet, basename="call-invitation")
router.register("inquiries", InquiryViewSet, basename="inquiry")
router.register("assignments", reviews.AssignmentViewSet, basename="assignment")
router.register("bids", BidViewSet, basename="bid")
router.register("calibration-cases", CalibrationCaseViewSet, basename="calibration-case")
router.register("assigning", AssigningViewSet, basename="assigning")
router.register("reassignments", ReassignmentViewSet, basename="reassignment")
router.register("panel", PlaceViewSet, basename="place")
router.register("suggestions", SuggestionViewSet, basename="suggestion")
router.register("pool", PoolViewSet, basename="pool")
router.register("offline", OfflineViewSet, basename="offline")
router.register("reviews", reviews.ReviewViewSet, basename="review")
router.register("meetings", MeetingViewSet, basename="meeting")
router.register("rankings", RankingViewSet, basename="ranking")
router.register("draws", DrawViewSet, basename="draw")
router.register("decisions", reviews.DecisionViewSet, basename="decision")
router.register("feedback", FeedbackViewSet, basename="feedback")
router.register("decision-inquiries", DecisionInquiryViewSet, basename="decision-inquiry")
router.register("orders", OrderViewSet, basename="order")
router.register("awards", fund.AwardViewSet, basename="award")
router.register("documents", core.DocumentViewSet, basename="document")
router.register("letters", core.LetterViewSet, basename="letter")
router.register("mails", outbox.MailViewSet, basename="mail")
router.register("mailings", outbox.MailingViewSet, basename="mailing")
router.register("batches", core.BatchViewSet, basename="batch")
router.register("jobs", core.JobViewSet, basename="job")

app_name = "api"
urlpatterns = [
    path("v1/", include(router.urls)),
    path("schema/", apidocs.Schema.as_view(), name="schema"),
    path("docs/", apidocs.index, name="docs"),
    path("docs/<slug:key>/", apidocs.resource, name="resource"),
]
