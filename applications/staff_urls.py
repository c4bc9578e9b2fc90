"""Routes of those who run a call, about drafts and invitations."""

from django.urls import path

from applications.views import inviting, ownership, staff

app_name = "manage_apply"
urlpatterns = [
    path("calls/<slug:slug>/drafts/", staff.drafts, name="drafts"),
    path("calls/<slug:slug>/drafts/<int:pk>/", staff.extend, name="extend"),
    path("calls/<slug:slug>/drafts/<int:pk>/owner/", ownership.give, name="give"),
    path("calls/<slug:slug>/invitations/", inviting.invitations, name="invitations"),
    path("calls/<slug:slug>/invitations/new/", inviting.invite, name="invite"),
    path("calls/<slug:slug>/invitations/<int:pk>/withdraw/", inviting.withdraw_invitation, name="withdraw-invitation"),
]
