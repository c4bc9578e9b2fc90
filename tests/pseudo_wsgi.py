"""The product in the language that does not exist, for the browser."""

from config.wsgi import application
from tests.pseudo import speaking

_language = speaking()
_language.__enter__()

__all__ = ["application"]
