"""Pages about oneself, guest practice, and the mail that stayed here."""

import json
import secrets

from allauth.account import views as allauth_views
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts import guests, lifecycle, mailroom, zones
from accounts.access import SignedInRequest, member_required, operator_required, safe_next
from accounts.forms import ErasureForm, ProfileForm
from accounts.models import User


@require_POST
def guest(request: HttpRequest) -> HttpResponse:
    """Start practising without an account."""
    target = safe_next(request, request.POST.get("next")) or resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.user.is_authenticated:
        return redirect(target)
    refusal: HttpResponse | None = ratelimit.consume_or_429(request, action="guest")
    if refusal:
        return refusal
    person = guests.begin(now=timezone.now(), time_zone=zones.offered(request.POST.get("time_zone")))
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(target)


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out by POST; a guest, who could never come back, is asked first."""
    user = request.user
    if request.method == "POST" and user.is_authenticated and user.is_guest and "sure" not in request.POST:
        return render(request, "account/logout.html")
    response: HttpResponse = allauth_views.logout(request)
    return _forget_browser(response) if request.method == "POST" else response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required
def profile(request: SignedInRequest) -> HttpResponse:
    # Not request.user: an invalid form would write into what the rest of the page shows.
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=User.objects.get(pk=request.user.pk)
    )
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/profile.html", {"form": form, "zones": zones.choices()})
    with transaction.atomic():
        user = form.save()
        if "time_factor" in form.changed_data:
            lifecycle.time_factor_changed(user)
    messages.success(request, "Saved.")
    response = redirect("accounts:profile")
    # The theme button keeps its choice in this cookie, which wins on this device.
    response.set_cookie("theme", user.theme, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
    return response


@require_GET
@never_cache
@member_required
def export(request: SignedInRequest) -> HttpResponse:
    """Everything stored about this person, as one JSON file."""
    now = timezone.now()
    content = {"exported_at": now, **lifecycle.export(request.user)}
    body = json.dumps(content, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    name = f"fortyfive-{now:%Y-%m-%d}.json"
    return HttpResponse(
        body, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@member_required
def delete(request: SignedInRequest) -> HttpResponse:
    """Say what goes, ask once, forget everything, and hand over a receipt of which we keep nothing."""
    person = User.objects.get(pk=request.user.pk)
    refusal: HttpResponse | None = ratelimit.consume_or_429(request, action="reauthenticate", user=person)
    if refusal:
        return refusal
    form = ErasureForm(person, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "accounts/delete.html", {"form": form, "holdings": lifecycle.holdings(person)})
    was_guest = person.is_guest
    counts = lifecycle.erase(person)
    logout(request)
    receipt = {"reference": secrets.token_hex(4).upper(), "at": timezone.now(), "counts": counts, "guest": was_guest}
    return _forget_browser(render(request, "accounts/deleted.html", receipt))


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """What would have been sent, to be read on this machine; elsewhere operators see what became of it."""
    if mailroom.is_local(request):
        return render(request, "accounts/mail.html", {"mails": mailroom.entries(bodies=True), "is_local": True})
    return _mail_log(request)


@operator_required
def _mail_log(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/mail.html", {"mails": mailroom.entries(bodies=False), "is_local": False})


def _forget_browser(response: HttpResponse) -> HttpResponse:
    """Have the browser drop what the room kept in it; the next person at this device finds nothing."""
    response["Clear-Site-Data"] = '"storage"'
    return response
