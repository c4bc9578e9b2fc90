"""The pages that belong to no app: help, support, accessibility, privacy, and the patterns."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.web import patterns as samples


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show how to use this place, and whom to ask."""
    return render(request, "core/pages/help.html", {"contact": settings.DEFAULT_FROM_EMAIL})


@require_safe
def support(request: HttpRequest) -> HttpResponse:
    """Show where people who read this work find support."""
    return render(request, "core/pages/support.html", {"contact": settings.DEFAULT_FROM_EMAIL})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what works for whom, what does not yet, and how to tell us."""
    return render(request, "core/pages/accessibility.html", {"contact": settings.DEFAULT_FROM_EMAIL})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is stored about a person, how long, and what they may ask for."""
    return render(request, "core/pages/privacy.html", {"contact": settings.DEFAULT_FROM_EMAIL})


@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """Show every part that pages are made of, on a machine of one's own only."""
    if not settings.EMBEDDED:
        raise Http404
    return render(request, "core/pages/patterns.html", samples.context(request))
