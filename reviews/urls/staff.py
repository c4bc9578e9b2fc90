"""Routes of those who run a call."""

from django.urls import path

from reviews.views.staff import (
    application,
    applications,
    assignment,
    calls,
    decisions,
    inquiries,
    overview,
    panel,
    progress,
    ranking,
    recommendation,
    release,
    returning,
    screening,
)

app_name = "manage"
urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<slug:slug>/", overview.overview, name="overview"),
    path("calls/<slug:slug>/applications/", applications.applications, name="applications"),
    path("calls/<slug:slug>/views/", applications.keep_view, name="keep_view"),
    path("calls/<slug:slug>/views/<int:pk>/", applications.forget_view, name="forget_view"),
    path("calls/<slug:slug>/applications/<str:reference>/", application.application, name="application"),
    path("calls/<slug:slug>/applications/<str:reference>/send/", application.send_to_review, name="send_to_review"),
    path("calls/<slug:slug>/applications/<str:reference>/return/", returning.return_application, name="return"),
    path("calls/<slug:slug>/applications/<str:reference>/ask/", inquiries.ask, name="ask"),
    path(
        "calls/<slug:slug>/applications/<str:reference>/questions/<int:inquiry_pk>/", inquiries.inquiry, name="inquiry"
    ),
    path("calls/<slug:slug>/screening/", screening.screening, name="screening"),
    path("calls/<slug:slug>/panel/", panel.panel, name="panel"),
    path("calls/<slug:slug>/panel/invite/", panel.invite, name="invite"),
    path("calls/<slug:slug>/panel/conflicts/", panel.look_for_conflicts, name="look_for_conflicts"),
    path("calls/<slug:slug>/panel/conflicts/<int:pk>/", panel.rule, name="rule"),
    path("calls/<slug:slug>/ranking/", ranking.ranking, name="ranking"),
    path("calls/<slug:slug>/ranking/<str:reference>/", recommendation.recommendation, name="recommendation"),
    path("calls/<slug:slug>/decisions/", decisions.decisions, name="decisions"),
    path("calls/<slug:slug>/decisions/prepare/", decisions.prepare_all, name="prepare_all"),
    path("calls/<slug:slug>/decisions/approve/", decisions.approve, name="approve"),
    path("calls/<slug:slug>/decisions/release/", release.release_check, name="release_check"),
    path("calls/<slug:slug>/decisions/of/<str:reference>/", decisions.decide, name="decide"),
    path("calls/<slug:slug>/decisions/<int:pk>/unapprove/", decisions.unapprove, name="unapprove"),
    path("calls/<slug:slug>/decisions/releases/<int:pk>/", release.release, name="release"),
    path("calls/<slug:slug>/assignment/", assignment.assignment, name="assignment"),
    path("calls/<slug:slug>/assignment/propose/", assignment.propose, name="propose"),
    path("calls/<slug:slug>/assignment/release/", assignment.release_assignments, name="release_assignments"),
    path("calls/<slug:slug>/assignment/of/<str:reference>/", assignment.assign_one, name="assign_one"),
    path("calls/<slug:slug>/progress/", progress.progress, name="progress"),
    path("calls/<slug:slug>/progress/<int:pk>/", progress.reviewer, name="reviewer"),
]
