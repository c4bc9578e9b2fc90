"""Routes of people, roles, the outbox and the audit trail."""

from django.urls import path

from core.views import audit, outbox, people

app_name = "manage_core"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/give/", people.change_role, {"step": "give"}, name="give_role"),
    path("people/<int:pk>/take/", people.change_role, {"step": "take"}, name="take_role"),
    path("outbox/", outbox.outbox, name="outbox"),
    path("outbox/<int:pk>/", outbox.message, name="outbox_message"),
    path("outbox/<int:pk>/again/", outbox.settle, {"step": "send_again"}, name="send_again"),
    path("outbox/<int:pk>/was-sent/", outbox.settle, {"step": "was_sent"}, name="was_sent"),
    path("outbox/<int:pk>/leave-out/", outbox.settle, {"step": "leave_out"}, name="leave_out"),
    path("outbox/<int:pk>/put-back/", outbox.settle, {"step": "put_back"}, name="put_back"),
    path("outbox/letters/<int:pk>/", outbox.letters, name="letters"),
    path("outbox/letters/<int:pk>/send/", outbox.send_letters, name="send_letters"),
    path("outbox/letters/<int:pk>/mailings/<int:mailing>/take-back/", outbox.take_back, name="take_back_letters"),
    path("audit/", audit.events, name="audit"),
]
