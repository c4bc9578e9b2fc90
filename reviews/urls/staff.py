"""Routes of those who run a call."""

from django.urls import path

from reviews.views.staff import calls, overview

app_name = "manage"
urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/<slug:slug>/", overview.overview, name="overview"),
]
