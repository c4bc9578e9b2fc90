"""How the product is put together: settings, addresses, the API's router, the task queue."""

from config.celery import app as celery_app

__all__ = ["celery_app"]
