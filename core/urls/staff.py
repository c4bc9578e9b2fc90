"""Routes."""

from django.urls import URLPattern

app_name = "manage_core"
urlpatterns: list[URLPattern] = []
