"""Routes of a person's own account."""

from django.urls import path

from core.views import account

app_name = "people"
urlpatterns = [
    path("profile/", account.profile, name="profile"),
    path("organisations/", account.organisations, name="organisations"),
    path("tokens/", account.tokens, name="tokens"),
    path("tokens/<int:pk>/revoke/", account.revoke_token, name="revoke_token"),
]
