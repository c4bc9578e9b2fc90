"""Routes of the pages that belong to no app."""

from django.urls import path
from django.views.i18n import set_language

from core.web import views

urlpatterns = [
    path("help/", views.help_page, name="help"),
    path("support/", views.support, name="support"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("language/", set_language, name="language"),
    path("patterns/", views.patterns, name="patterns"),
]
