"""Routes of the pages that belong to no app."""

from django.urls import path

from core.web import views

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("support/", views.support, name="support"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("patterns/", views.patterns, name="patterns"),
]
