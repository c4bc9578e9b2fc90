"""Routes of what comes before a draft, which everybody may ask for."""

from django.urls import path

from applications.views import starting

app_name = "before"
urlpatterns = [
    path("calls/<slug:slug>/eligibility/", starting.quiz, name="quiz"),
]
