"""Routes by which anybody checks a letter."""

from django.urls import path

from core.views import verify

app_name = "verify"
urlpatterns = [
    path("", verify.check, name="check"),
    path("<str:code>/", verify.letter, name="letter"),
]
