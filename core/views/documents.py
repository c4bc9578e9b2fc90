"""The one route by which filed documents are read."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.documents.filters import DocumentFilter
from core.documents.models import Document
from core.jobs.models import Batch
from core.web.limits import rate_limited
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from core.web.zipped import zip_of


@login_required
@require_safe
def documents(request: SignedInRequest) -> HttpResponse:
    """List the documents that the person may read."""
    visible = Document.objects.visible_to(request.user).current().select_related("recipient").order_by("-pk")
    found = DocumentFilter(request.GET, visible)
    return render(request, "core/documents/documents.html", {"filter": found, "page": paginate(request, found.qs)})


@login_required
@require_safe
@cache_control(private=True, no_store=True)
def download(request: SignedInRequest, code: str) -> FileResponse:
    """Hand over one document as a download, if the page that it prints is open to the person."""
    document = get_object_or_404(Document.objects.visible_to(request.user), code=code)
    return FileResponse(
        default_storage.open(document.path),
        as_attachment=True, filename=document.name, content_type=document.content_type,
    )  # fmt: skip


@login_required
@require_safe
@rate_limited("export", per="user", methods=("GET",))
@cache_control(private=True, no_store=True)
def download_batch(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    """Hand over all documents of a batch that the person may read, as one zip, streamed from the disk."""
    batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
    found = Document.objects.visible_to(request.user).current().filter(batch=batch).order_by("name", "pk")
    files = found.values_list("name", "path").iterator(chunk_size=500)
    return zip_of(_once(files), name=f"documents-{batch.pk}.zip")


def _once(files: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Give each file a name of its own; they come in the order of their names."""
    before, number = "", 1
    for name, path in files:
        number = number + 1 if name == before else 1
        before = name
        yield (name if number == 1 else f"{number}-{name}"), path
