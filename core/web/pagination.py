"""Pages of lists, for the interface and for the screens."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from rest_framework.pagination import PageNumberPagination

PER_PAGE = 50


class Pages(PageNumberPagination):
    """The interface's pages: `page` and `page_size`, 50 rows, at most 200."""

    page_size = PER_PAGE
    page_size_query_param = "page_size"
    max_page_size = 200


class FromNearerEnd:
    """A query set in a complete order whose length is known: its later half is read from its end.

    So the last page of a long list costs what the first one does.
    """

    def __init__(self, rows: QuerySet[Any], number: int) -> None:
        self.rows, self.number = rows, number

    def count(self) -> int:
        """Return the length, without asking again."""
        return self.number

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, part: slice) -> Any:
        start, stop, _ = part.indices(self.number)
        if start <= self.number - stop:
            return self.rows[start:stop]
        return list(self.rows.reverse()[self.number - stop : self.number - start])[::-1]


def paginate(request: HttpRequest, rows: Any, per_page: int = PER_PAGE) -> Page[Any]:
    """Return the page that the address names; a number beyond the ends gives the nearest page, nonsense the first."""
    paginator = Paginator(rows, per_page)
    try:
        number = int(request.GET.get("page", 1))
    except ValueError:
        number = 1
    return paginator.page(min(max(number, 1), paginator.num_pages))
