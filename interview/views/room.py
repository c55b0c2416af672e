"""Into the room, around it, and out of it. Views translate; flow and room decide."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, member_required
from accounts.limits import rate_limited
from catalog.models import Question
from interview import flow, history, room
from interview.clock import Mode
from interview.forms import PreviewForm, StartForm, StepForm
from interview.views.found import mine
from lib.http import wants_fragment
from scoring import diagrams


@require_POST
@member_required
@rate_limited("start", "60/h")
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(Question.objects.live(), slug=slug)
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose how you want to practise.")
        return redirect("catalog:detail", slug)
    mode, step = Mode(form.cleaned_data["mode"]), form.cleaned_data["step"]
    variant = history.next_variant(request.user, question.pk)
    try:
        session = flow.start(request.user, question=question, mode=mode, step=step, variant=variant, now=timezone.now())
    except flow.AlreadyRunning as running:
        messages.warning(request, "This one is still running. Hand it over before you start another.")
        session = running.session
    return redirect("interview:room", session.pk)


@require_GET
@never_cache
@member_required
def show_room(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = mine(request, pk)
    now = timezone.now()
    if flow.expire(session, now=now):
        return redirect("interview:result", pk)
    flow.catch_up(session, now=now)
    shown = room.build(session, shown=request.GET.get("step") or session.current_step, now=now)
    return render(request, "interview/room.html", {"room": shown, "session": session})


@require_POST
@member_required
def go(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change the step. Answers with the side pane, where the frozen requirements are; a page without script."""
    session = mine(request, pk)
    now = timezone.now()
    form = StepForm(request.POST)
    if form.is_valid():
        flow.go_to(session, step=form.cleaned_data["step"], now=now)
    if not wants_fragment(request):
        return redirect("interview:room", pk)
    shown = room.build(session, shown=session.current_step, now=now)
    return render(request, "interview/room.html#moved", {"room": shown, "session": session})


@require_GET
@never_cache
@member_required
def clock_state(request: SignedInRequest, pk: UUID) -> JsonResponse:
    """What the clock says: asked after sleep, after a reconnect, and when a strict step closes."""
    session, now = mine(request, pk), timezone.now()
    over = flow.expire(session, now=now)
    left = session.remaining(now)
    return JsonResponse(
        {
            "over": over,
            "seconds_left": None if left is None else left.total_seconds(),
            "open_step": None if over else session.open_step(now),
        }
    )


@require_POST
@member_required
@rate_limited("preview", "120/m")
def preview(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The text as it will be read, with its diagrams drawn and what was understood of them."""
    mine(request, pk)
    form = PreviewForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    return render(
        request,
        "interview/_preview.html",
        {
            "html": diagrams.render(text),
            "diagrams": diagrams.read(text),
            "unread": diagrams.unread(text),
        },
    )


@require_POST
@member_required
def finish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Hand in. A page whose own clock shows zero says so, and is told when the server's does not."""
    session, now = mine(request, pk), timezone.now()
    if request.POST.get("reason") != "deadline":
        flow.hand_in(session, now=now)
    elif not flow.hand_in_at_zero(session, now=now):
        left = session.remaining(now)
        return JsonResponse({"seconds_left": None if left is None else left.total_seconds()}, status=409)
    return redirect("interview:result", pk)
