"""Routes of filed documents."""

from django.urls import path

from core.views import documents

app_name = "documents"
urlpatterns = [
    path("", documents.documents, name="list"),
    path("batch/<int:pk>.zip", documents.download_batch, name="batch"),
    path("<str:code>/", documents.download, name="download"),
]
