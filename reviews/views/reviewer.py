"""The reviewer's pages."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse


@login_required
def queue(request: HttpRequest, pk: int = 0) -> HttpResponse:
    """Show the queue."""
    raise Http404


conflicts = invitation = pause = desk = declare = autosave = hand_back = queue
