"""Routes of the applicant's pages."""

from django.urls import path

from applications.views import (
    applicant,
    budget,
    files,
    history,
    inquiries,
    inviting,
    parts,
    preview,
    sections,
    starting,
    submitting,
)

app_name = "apply"
urlpatterns = [
    path("", applicant.home, name="home"),
    path("preview/<slug:slug>/<slug:key>/", preview.section, name="preview"),
    path("start/<slug:slug>/", starting.start, name="start"),
    path("invitations/calls/<int:pk>/decline/", inviting.decline_call, name="decline-call"),
    path("invitations/<int:member_pk>/", parts.answer_invitation, name="invitation"),
    path("files/<str:code>/", files.download, name="file"),
    path("files/<str:code>/pages/", files.pages, name="file-pages"),
    path("files/<str:code>/pages/<int:number>/", files.picture, name="file-page"),
    path("files/<str:code>/report/", files.report, name="file-report"),
    path("<int:pk>/", applicant.detail, name="detail"),
    path("<int:pk>/read/", applicant.read, name="read"),
    path("<int:pk>/check/", submitting.check, name="check"),
    path("<int:pk>/ready/", submitting.ready, name="ready"),
    path("<int:pk>/sign/", submitting.sign, name="sign"),
    path("<int:pk>/submit/", submitting.submit, name="submit"),
    path("<int:pk>/receipt/", submitting.receipt, name="receipt"),
    path("<int:pk>/withdraw/", applicant.withdraw, name="withdraw"),
    path("<int:pk>/questions/<int:inquiry_pk>/", inquiries.inquiry, name="inquiry"),
    path("<int:pk>/autosave/", sections.autosave, name="autosave"),
    path("<int:pk>/sections/<slug:key>/now/", sections.watch, name="watch"),
    path("<int:pk>/history/<slug:answer>/", history.answer, name="history"),
    path("<int:pk>/history/<slug:answer>/restore/", history.restore, name="restore"),
    path("<int:pk>/budget/", budget.budget, name="budget"),
    path("<int:pk>/budget/paste/", budget.paste, name="paste"),
    path("<int:pk>/team/", parts.add_member, name="team"),
    path("<int:pk>/team/from-profile/", parts.from_profile, name="from-profile"),
    path("<int:pk>/team/<int:member_pk>/", parts.member, name="member"),
    path("<int:pk>/team/<int:member_pk>/remove/", parts.remove_member, name="remove-member"),
    path("<int:pk>/files/<slug:question>/", files.attach, name="attach"),
    path("<int:pk>/files/<int:file_pk>/remove/", files.detach, name="detach"),
    path("<int:pk>/sections/<slug:key>/", sections.section, name="section"),
]
