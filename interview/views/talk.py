"""Talking to the interviewer. What is said and kept, talk decides; here it becomes the pane, or the room again."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest, member_required
from accounts.limits import rate_limited
from interview import flow, room, talk
from interview.forms import AskForm, HintForm, ListenForm, SettleForm
from interview.models import Session
from interview.views.found import mine
from lib.http import wants_fragment

PANE = "interview/_interviewer.html"


@require_POST
@member_required
@rate_limited("ask", "30/m")
def ask(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session, now = mine(request, pk), timezone.now()
    if flow.expire(session, now=now):
        return _over(request, session, now)
    form = AskForm(request.POST)
    typed = request.POST.get("text", "")
    if not form.is_valid():
        return _shown(request, session, now, 422, typed=typed, error=" ".join(map(str, form.errors["text"])))
    flow.catch_up(session, now=now)
    try:
        talk.ask(session, text=form.cleaned_data["text"], now=now)
    except talk.Refused as refused:
        return _shown(request, session, now, 409, typed=typed, error=str(refused))
    return _answered(request, session, now)


@require_POST
@member_required
@rate_limited("listen", "30/m")
def listen(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The page has gone quiet: is there something to say? 204 when there is not."""
    session, now = mine(request, pk), timezone.now()
    if flow.expire(session, now=now):
        return _over(request, session, now)
    form = ListenForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    flow.catch_up(session, now=now)
    brought = talk.listen(session, step=form.cleaned_data["step"], idle=form.cleaned_data["idle"], now=now)
    known = form.cleaned_data["known"]
    is_new = brought is not None or (known is not None and known != session.exchanges.count())
    if wants_fragment(request) and not is_new:
        return HttpResponse(status=204)
    return _answered(request, session, now)


@require_http_methods(["GET", "POST"])
@never_cache
@member_required
@rate_limited("hint", "30/m")
def hint(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """GET says what a hint costs; POST takes it, or leaves it."""
    session, now = mine(request, pk), timezone.now()
    if flow.expire(session, now=now):
        return _over(request, session, now)
    flow.catch_up(session, now=now)
    if request.method == "GET":
        return _offered(request, session, now, step=request.GET.get("step", ""))
    form = HintForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    step, criterion = form.cleaned_data["step"], form.cleaned_data["criterion"]
    if form.cleaned_data["answer"] == "take":
        try:
            talk.take_hint(session, step=step, criterion=criterion, now=now)
        except talk.Refused as refused:
            return _offered(request, session, now, 409, step=step, notice=str(refused))
    return _answered(request, session, now)


@require_POST
@member_required
@rate_limited("settle", "60/m")
def settle(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session, now = mine(request, pk), timezone.now()
    if flow.expire(session, now=now):
        return _over(request, session, now)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return HttpResponse(form.errors.as_text(), status=422, content_type="text/plain")
    flow.catch_up(session, now=now)
    try:
        talk.settle(session, key=form.cleaned_data["key"], how=form.cleaned_data["how"], now=now)
    except talk.Refused as refused:
        return _shown(request, session, now, 409, notice=str(refused))
    return _answered(request, session, now)


def _offered(
    request: SignedInRequest, session: Session, now: datetime, status: int = 200, *, step: str, notice: str = ""
) -> HttpResponse:
    offer = talk.offer_hint(session, step=step, now=now)
    return _shown(request, session, now, status, offer=offer, offered=True, notice=notice)


def _answered(request: SignedInRequest, session: Session, now: datetime) -> HttpResponse:
    """The pane for a script; without one the room anew, so that a reload asks nothing again."""
    if wants_fragment(request):
        return _shown(request, session, now)
    return redirect(f"{reverse('interview:room', args=[session.pk])}#interviewer")


def _over(request: SignedInRequest, session: Session, now: datetime) -> HttpResponse:
    if wants_fragment(request):
        return _shown(request, session, now, 409, notice=talk.OVER)
    return redirect("interview:result", session.pk)


def _shown(
    request: SignedInRequest, session: Session, now: datetime, status: int = 200, **more: object
) -> HttpResponse:
    """The pane, or without script the room around it."""
    template = PANE if wants_fragment(request) else "interview/room.html"
    shown = room.build(session, shown=None, now=now)
    return render(request, template, {"room": shown, "session": session, **more}, status=status)
