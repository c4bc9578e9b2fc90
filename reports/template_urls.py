"""Routes of what letters say."""

from django.urls import path

from reports import template_pages

app_name = "templates"
urlpatterns = [
    path("", template_pages.index, name="index"),
    path("preview/<str:code>/<int:page>.png", template_pages.preview_page, name="preview_page"),
    path("<slug:kind>/<slug:language>/", template_pages.template, name="template"),
    path("<slug:kind>/<slug:language>/preview/", template_pages.preview, name="preview"),
    path("<slug:kind>/<slug:language>/versions/<int:number>/", template_pages.version, name="version"),
]
