"""How the interface reads bodies; apart from the rest, since the framework loads it while it loads itself."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class LimitedJSONParser(JSONParser):
    """Refuses what is larger than any form may be: the framework reads the stream itself, past Django's own limit."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Any = None) -> Any:
        """Read the body, unless it is said to be too large; what Django has read before has passed its limit."""
        if int(getattr(stream, "META", {}).get("CONTENT_LENGTH") or 0) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("This request is larger than the interface takes.")
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError("JSON parse error - it is nested too deep") from None
