"""Routes that everybody may ask for."""

from django.urls import path

from fund.views import public, questions

app_name = "public"
urlpatterns = [
    path("", public.home, name="home"),
    path("calls/<slug:slug>/", public.call, name="call"),
    path("calls/<slug:slug>/ask/", questions.ask, name="ask"),
    path("calls/<slug:slug>/questions.txt", public.call_questions, name="call_questions"),
    path("schemas/form.json", public.form_schema, name="form_schema"),
    path("awards/", public.awards, name="awards"),
    path("awards/awards.csv", public.awards_csv, name="awards_csv"),
    path("awards/<str:number>/", public.award, name="award"),
]
