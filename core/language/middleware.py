"""Chooses the language of an answer."""

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from core.language import covers


class LanguageMiddleware(LocaleMiddleware):
    """Speak the language of the visitor's choice, else of their browser, where the page is covered by it."""

    def process_request(self, request: HttpRequest) -> None:
        """Choose from the cookie, then from what the browser accepts, then the product's own language."""
        chosen = translation.get_language_from_request(request)
        translation.activate(chosen if covers(chosen, request.path_info) else settings.LANGUAGE_CODE)
        request.LANGUAGE_CODE = translation.get_language()
