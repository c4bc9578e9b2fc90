"""Routes of applicants after the decision."""

from django.urls import path

from reviews.views import applicant

app_name = "decided"
urlpatterns = [path("<int:pk>/", applicant.decision, name="decision")]
