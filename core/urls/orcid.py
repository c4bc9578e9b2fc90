"""Routes of ORCID, under the names by which django-allauth asks for them."""

from django.urls import path

from core.views import orcid

urlpatterns = [
    path("login/", orcid.start, name="orcid_login"),
    path("login/callback/", orcid.come_back, name="orcid_callback"),
    path("sign-up/", orcid.sign_up, name="socialaccount_signup"),
    path("disconnect/", orcid.disconnect, name="orcid_disconnect"),
]
