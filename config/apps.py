"""The project as an app: it has commands and sample data of its own."""

from pathlib import Path

from django.apps import AppConfig
from django.conf import settings
from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """The static files that our pages ask for: what packages bring for pages of their own is not put on the server."""

    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        "account", "rest_framework", "django-htmx.js", "ext", "htmax-*", "htmx-4*", "htmx-2.js",
    )  # fmt: skip


class ProjectConfig(AppConfig):
    """How is it put together?"""

    name = "config"
    default = True

    def ready(self) -> None:
        """Make the folders of the embedded mode; elsewhere they are mounted."""
        if settings.EMBEDDED:
            make_folders()


def make_folders() -> None:
    """Make the folders that a fresh clone lacks: the data's own, and those of the file-system broker."""
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    broker = [str(options[key]) for key in ("data_folder_in", "control_folder") if key in options]
    for folder in (settings.STATE_DIR, settings.STATIC_ROOT, settings.MEDIA_ROOT, *broker):
        Path(str(folder)).mkdir(parents=True, exist_ok=True)
