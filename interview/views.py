"""The room and what follows it. Views translate; flow and drafts decide."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, member_required
from catalog.models import Question
from interview import drafts, export, flow, history, room
from interview.clock import Mode
from interview.drafts import Outcome
from interview.forms import PreviewForm, SaveForm, StartForm, StepForm
from interview.models import Revision, Session
from lib.http import wants_fragment
from scoring import diagrams, grading, presentation
from scoring.models import Evaluation

PAGE = 50


@require_POST
@member_required
def start(request: SignedInRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(Question.objects.live(), slug=slug)
    form = StartForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose how you want to practise.")
        return redirect("catalog:detail", slug)
    mode, step = Mode(form.cleaned_data["mode"]), form.cleaned_data["step"]
    variant = flow.next_variant(request.user, question)
    try:
        session = flow.start(request.user, question=question, mode=mode, step=step, variant=variant, now=timezone.now())
    except flow.AlreadyRunning as running:
        messages.warning(request, "This one is still running. Hand it in before you start another.")
        session = running.session
    return redirect("interview:room", session.pk)


@require_GET
@never_cache
@member_required
def show_room(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = _mine(request, pk)
    now = timezone.now()
    if flow.expire(session, now=now):
        return redirect("interview:result", pk)
    flow.catch_up(session, now=now)
    shown = room.build(session, shown=request.GET.get("step") or session.current_step, now=now)
    return render(request, "interview/room.html", {"room": shown, "session": session})


@require_POST
@member_required
def save(request: SignedInRequest, pk: UUID, step: str) -> HttpResponse:
    draft = drafts.get(request.user, pk, step)
    if draft is None:
        raise Http404
    form = SaveForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"outcome": "invalid", "errors": form.errors}, status=422)
    now = timezone.now()
    saved = drafts.save(draft, text=form.cleaned_data["text"], base=form.cleaned_data["base"], now=now)
    left = draft.session.remaining(now)
    answer = {
        "outcome": saved.outcome,
        "version": saved.version,
        "seconds_left": None if left is None else left.total_seconds(),
    }
    if saved.outcome == Outcome.CONFLICT:
        answer["text"] = saved.text
    return JsonResponse(answer, status=200 if saved.outcome == Outcome.SAVED else 409)


@require_POST
@member_required
def go(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Change the step. Answers with the side pane, where the frozen requirements are; a page without script."""
    session = _mine(request, pk)
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
    session, now = _mine(request, pk), timezone.now()
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
def preview(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The text as it will be read, with its diagrams drawn and what was understood of them."""
    _mine(request, pk)
    form = PreviewForm(request.POST)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    return render(request, "interview/_preview.html", {"html": diagrams.render(text), "diagrams": diagrams.read(text)})


@require_POST
@member_required
def finish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session, now = _mine(request, pk), timezone.now()
    timed_out = session.ends_at is not None and now >= session.ends_at
    flow.finish(session, by=Session.EndedBy.DEADLINE if timed_out else Session.EndedBy.CANDIDATE, now=now)
    return redirect("interview:result", pk)


@require_GET
@never_cache
@member_required
def result(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = get_object_or_404(history.sessions(request.user), pk=pk)
    if session.is_running and not flow.expire(session, now=timezone.now()):
        return redirect("interview:room", pk)
    if session.is_running:
        session = get_object_or_404(history.sessions(request.user), pk=pk)
    return render(request, "interview/result.html", _result_context(session))


@require_GET
@never_cache
@member_required
def score(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The fragment that replaces itself until the result is there."""
    session = _handed_in(request, pk)
    response = render(request, "interview/result.html#score", _result_context(session))
    if not _evaluation(session).is_waiting:
        # The whole page changes with the result: heading, tabs, side column.
        response["HX-Refresh"] = "true"
    return response


@require_POST
@member_required
def retry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = _handed_in(request, pk)
    grading.retry(_evaluation(session), now=timezone.now())
    return redirect("interview:result", pk)


@require_GET
@member_required
def export_markdown(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = _handed_in(request, pk)
    response = HttpResponse(export.markdown(session, _evaluation(session)), content_type="text/markdown; charset=utf-8")
    name = f"{session.edition.question.slug}-{session.started_at:%Y-%m-%d}.md"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_GET
@member_required
def session_list(request: SignedInRequest) -> HttpResponse:
    flow.running_session(request.user, now=timezone.now())
    mine: QuerySet[Session] = history.sessions(request.user)
    return render(request, "interview/list.html", {"sessions": mine[:PAGE], "total": mine.count(), "nav": "sessions"})


def _mine(request: HttpRequest, pk: UUID) -> Session:
    """The session, if it is this person's: anybody else gets the same answer as for one that is not there."""
    return get_object_or_404(Session.objects.for_user(request.user).select_related("edition"), pk=pk)


def _handed_in(request: SignedInRequest, pk: UUID) -> Session:
    """A session of this person's that is over, with its evaluation."""
    return get_object_or_404(history.sessions(request.user).filter(submission__isnull=False), pk=pk)


def _evaluation(session: Session) -> Evaluation:
    evaluation: Evaluation = session.submission.by_rules[0]  # type: ignore[union-attr]
    return evaluation


def _result_context(session: Session) -> dict[str, object]:
    evaluation = _evaluation(session)
    done = evaluation.status == Evaluation.Status.DONE
    now = timezone.now()
    return {
        "session": session,
        "question": session.edition.question,
        "attempt": flow.attempt_number(session),
        "evaluation": evaluation,
        "view": presentation.build(evaluation) if done else None,
        "room": room.build(session, shown=None, now=session.finished_at or now),
        "set_aside": Revision.objects.filter(draft__session=session).set_aside().select_related("draft"),
        "waited_seconds": (waited := (now - evaluation.created_at).total_seconds()),
        # Ask often while it is likely to be there soon, seldom when something is slow.
        "poll_seconds": 1 if waited < 10 else 3 if waited < 60 else 10,
        "retry_url": reverse("interview:retry", args=[session.pk]),
        "nav": "sessions",
    }
