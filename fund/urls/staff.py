"""Routes."""

from django.urls import URLPattern

app_name = "manage_fund"
urlpatterns: list[URLPattern] = []
