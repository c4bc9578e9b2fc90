"""Pages of lists, for the interface and for the screens."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from rest_framework.pagination import PageNumberPagination

PER_PAGE = 50


class Pages(PageNumberPagination):
    """The interface's pages: `page` and `page_size`, 50 rows, at most 200."""

    page_size = PER_PAGE
    page_size_query_param = "page_size"
    max_page_size = 200


def paginate(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page that the address names; a number beyond the ends gives the nearest page, nonsense the first."""
    paginator = Paginator(rows, per_page)
    try:
        number = int(request.GET.get("page", 1))
    except ValueError:
        number = 1
    return paginator.page(min(max(number, 1), paginator.num_pages))
