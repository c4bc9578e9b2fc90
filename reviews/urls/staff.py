"""Routes of those who run a call."""

from django.urls import path

from reviews.views.staff import application, applications, calls, overview, panel, screening

app_name = "manage"
urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<slug:slug>/", overview.overview, name="overview"),
    path("calls/<slug:slug>/applications/", applications.applications, name="applications"),
    path("calls/<slug:slug>/applications/<str:reference>/", application.application, name="application"),
    path("calls/<slug:slug>/applications/<str:reference>/send/", application.send_to_review, name="send_to_review"),
    path("calls/<slug:slug>/screening/", screening.screening, name="screening"),
    path("calls/<slug:slug>/panel/", panel.panel, name="panel"),
    path("calls/<slug:slug>/panel/invite/", panel.invite, name="invite"),
    path("calls/<slug:slug>/panel/conflicts/", panel.look_for_conflicts, name="look_for_conflicts"),
    path("calls/<slug:slug>/panel/conflicts/<int:pk>/", panel.rule, name="rule"),
]
