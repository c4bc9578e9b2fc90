"""Routes of background work."""

from django.urls import path

from core.views import jobs

app_name = "jobs"
urlpatterns = [
    path("", jobs.batches, name="batches"),
    path("failed/retry/", jobs.see_to, {"step": "retry"}, name="retry_failed"),
    path("failed/let-be/", jobs.see_to, {"step": "let_be"}, name="let_be"),
    path("<int:pk>/", jobs.batch, name="batch"),
    path("<int:pk>/retry/", jobs.act, {"step": "retry"}, name="retry"),
    path("<int:pk>/cancel/", jobs.act, {"step": "cancel"}, name="cancel"),
    path("<int:pk>/resume/", jobs.act, {"step": "resume"}, name="resume"),
]
