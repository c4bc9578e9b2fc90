"""The entry point of gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from config.garbage import leave_out_what_is_loaded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
get_resolver().url_patterns  # noqa: B018 - every view is read before the first visitor comes
leave_out_what_is_loaded()
