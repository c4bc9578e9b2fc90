"""Routes of those who run a call, about drafts and invitations."""

from django.urls import path

from applications.views import staff

app_name = "manage_apply"
urlpatterns = [
    path("calls/<slug:slug>/drafts/", staff.drafts, name="drafts"),
    path("calls/<slug:slug>/drafts/<int:pk>/", staff.extend, name="extend"),
]
