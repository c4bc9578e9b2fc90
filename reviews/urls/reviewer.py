"""Routes of the reviewer's pages."""

from django.urls import path

from reviews.views import bids, calibration, desk, invitation, meeting, reviewer, undertakings, versions

app_name = "review"
urlpatterns = [
    path("", reviewer.queue, name="queue"),
    path("bids/<slug:slug>/", bids.say, name="bids"),
    path("calibration/<slug:slug>/", calibration.exercise, name="calibration"),
    path("calibration/cases/<int:pk>/", calibration.case, name="calibration_case"),
    path("calibration/cases/<int:pk>/save/", calibration.autosave, name="calibration_save"),
    path("bids/<slug:slug>/<str:reference>/tie/", bids.tie, name="bid_tie"),
    path("conflicts/", reviewer.conflicts, name="conflicts"),
    path("invitations/<int:pk>/", invitation.invitation, name="invitation"),
    path("terms/<int:pk>/", undertakings.terms, name="terms"),
    path("closing/<int:pk>/", undertakings.closing, name="closing"),
    path("interests/", undertakings.interests, name="interests"),
    path("meetings/<int:pk>/", meeting.meeting, name="meeting"),
    path("meetings/<int:pk>/items/<int:item_pk>/vote/", meeting.vote, name="vote"),
    path("pause/", reviewer.pause, name="pause"),
    path("<int:pk>/", desk.desk, name="desk"),
    path("<int:pk>/declare/", reviewer.declare, name="declare"),
    path("<int:pk>/save/", desk.autosave, name="autosave"),
    path("<int:pk>/changes/", versions.changes, name="changes"),
    path("<int:pk>/hand-back/", reviewer.hand_back, name="hand_back"),
]
