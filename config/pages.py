"""The pages that belong to no app: the landing page, the two statements, and the refusal of a stale form."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts.access import wants_json
from scoring import sample


@require_GET
def landing(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("catalog:list")
    return render(request, "pages/landing.html", {"sample": sample.excerpt(), "guest_days": settings.GUEST_DAYS})


@require_GET
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"guest_days": settings.GUEST_DAYS})


@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit: the page is older than the last sign-in, or comes from elsewhere."""
    if wants_json(request):
        return JsonResponse({"outcome": "stale", "error": "Reload the page, then send again."}, status=403)
    return render(request, "403_csrf.html", status=403)
