"""Routes of those who set up calls, run awards and keep the ledger."""

from django.urls import path

from fund.views import builder, form_versions, grantee, questions, setup, staff

app_name = "manage_fund"
urlpatterns = [
    path("new-call/", setup.call_new, name="call_new"),
    path("calls/<slug:slug>/setup/", setup.call_edit, name="call_edit"),
    path("calls/<slug:slug>/setup/criteria/", setup.call_criteria, name="call_criteria"),
    path("calls/<slug:slug>/setup/answers/", questions.answers, name="call_answers"),
    path("calls/<slug:slug>/setup/deadline/", setup.call_deadline, name="call_deadline"),
    path("calls/<slug:slug>/setup/step/<str:action>/", setup.call_step, name="call_step"),
    path("calls/<slug:slug>/setup/form/", builder.form, name="call_form"),
    path("calls/<slug:slug>/setup/form/sections/<slug:key>/", builder.section, name="form_section"),
    path("calls/<slug:slug>/setup/form/questions/<slug:key>/", builder.question, name="form_question"),
    path("calls/<slug:slug>/setup/form/start/", form_versions.start, name="form_start"),
    path("calls/<slug:slug>/setup/form/form.json", form_versions.export, name="form_export"),
    path("calls/<slug:slug>/setup/form/changes/", form_versions.changes, name="form_changes"),
    path("calls/<slug:slug>/setup/form/changes/<int:pk>/", form_versions.change, name="form_change"),
    path("calls/<slug:slug>/setup/<str:key>/", setup.call_part, name="call_part"),
    path("awards/", staff.awards, name="awards"),
    path("awards/<str:number>/", staff.award, name="award"),
    path("awards/<str:number>/conditions/<int:pk>/", staff.condition, name="condition"),
    path("awards/<str:number>/grantee/", grantee.grantee, name="grantee"),
    path("awards/<str:number>/<str:action>/", staff.award_step, name="award_step"),
    path("finance/", staff.finance, name="finance"),
    path("finance/pledge/", staff.pledge, name="pledge"),
    path("finance/contributions/<int:pk>/receipt/", staff.receipt, name="receipt"),
    path("finance/entries/<int:pk>/reversal/", staff.reversal, name="reversal"),
]
