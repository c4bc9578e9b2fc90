"""Routes of people, roles and the audit trail."""

from django.urls import path

from core.views import audit, people

app_name = "manage_core"
urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/give/", people.change_role, {"step": "give"}, name="give_role"),
    path("people/<int:pk>/take/", people.change_role, {"step": "take"}, name="take_role"),
    path("audit/", audit.events, name="audit"),
]
