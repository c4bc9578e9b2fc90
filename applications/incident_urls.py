"""Routes of the record of incidents."""

from django.urls import path

from applications.views import incidents

app_name = "incidents"
urlpatterns = [
    path("incidents/", incidents.incidents, name="list"),
    path("incidents/<int:pk>/", incidents.detail, name="detail"),
    path("incidents/<int:pk>/handover/", incidents.hand_over, name="hand_over"),
    path("incidents/<int:pk>/settle/", incidents.settle, name="settle"),
]
