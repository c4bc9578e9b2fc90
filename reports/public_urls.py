"""Routes of the papers that everybody may have."""

from django.urls import path

from reports import public

app_name = "papers"
urlpatterns = [
    path("<slug:slug>/questions/", public.papers, name="index"),
    path("<slug:slug>/questions/make/", public.make, name="make"),
    path("<slug:slug>/questions.<str:extension>", public.paper, name="paper"),
]
