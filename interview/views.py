"""The room and what follows it. Views translate; flow and drafts decide."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, member_required
from accounts.limits import rate_limited
from catalog.models import Question
from interview import drafts, export, flow, history, room
from interview.clock import Mode
from interview.drafts import Outcome
from interview.forms import PreviewForm, SaveForm, StartForm, StepForm
from interview.models import Draft, Revision, Session
from lib.http import wants_fragment
from scoring import diagrams, grading, presentation
from scoring.models import Evaluation

PAGE = 50
NOT_TAKEN = {
    Outcome.CONFLICT: "This step was changed somewhere else meanwhile. What you sent is kept beside it.",
    Outcome.CLOSED: "This step is closed. What you sent is kept beside the answer.",
    Outcome.OVER: "The session is over. What you sent is kept beside the answer.",
}


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
    session = _mine(request, pk)
    now = timezone.now()
    if flow.expire(session, now=now):
        return redirect("interview:result", pk)
    flow.catch_up(session, now=now)
    shown = room.build(session, shown=request.GET.get("step") or session.current_step, now=now)
    return render(request, "interview/room.html", {"room": shown, "session": session})


@require_POST
@member_required
@rate_limited("save", "120/m")
def save(request: SignedInRequest, pk: UUID, step: str) -> HttpResponse:
    draft = drafts.get(request.user, pk, step)
    if draft is None:
        raise Http404
    form, now = SaveForm(request.POST), timezone.now()
    by_form = "text/html" in request.headers.get("Accept", "")
    if not form.is_valid():
        if by_form:
            return _not_saved(request, draft, form, now)
        return JsonResponse({"outcome": "refused", "errors": form.errors}, status=422)
    saved = drafts.save(draft, text=form.cleaned_data["text"], base=form.cleaned_data["base"], now=now)
    if by_form:
        return _saved_by_form(request, draft.session, saved.outcome, form, now)
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
@rate_limited("preview", "120/m")
def preview(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The text as it will be read, with its diagrams drawn and what was understood of them."""
    _mine(request, pk)
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
    session, now = _mine(request, pk), timezone.now()
    if request.POST.get("reason") != "deadline":
        flow.hand_in(session, now=now)
    elif not flow.hand_in_at_zero(session, now=now):
        left = session.remaining(now)
        return JsonResponse({"seconds_left": None if left is None else left.total_seconds()}, status=409)
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
    evaluation = _evaluation(session)
    response = render(request, "interview/result.html#score", _waiting_context(session, evaluation))
    if not evaluation.is_waiting:
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
    page = Paginator(history.sessions(request.user), PAGE).get_page(request.GET.get("page"))
    context = {"sessions": page.object_list, "total": page.paginator.count, "page": page, "nav": "sessions"}
    return render(request, "interview/list.html", context)


def _saved_by_form(
    request: SignedInRequest, session: Session, outcome: Outcome, form: SaveForm, now: datetime
) -> HttpResponse:
    """Without script: the page again, with what became of the text in words."""
    if outcome != Outcome.SAVED:
        messages.warning(request, NOT_TAKEN[outcome])
    elif form.cleaned_data["hand_over"]:
        flow.hand_in(session, now=now)
        return redirect("interview:result", session.pk)
    else:
        if go := form.cleaned_data["go"]:
            flow.go_to(session, step=go, now=now)
        messages.success(request, "Saved.")
    return redirect("interview:room", session.pk)


def _not_saved(request: SignedInRequest, draft: Draft, form: SaveForm, now: datetime) -> HttpResponse:
    """Without script: the page again, holding what was typed and why it was not taken."""
    for errors in form.errors.values():
        messages.error(request, " ".join(str(error) for error in errors))
    shown = room.build(draft.session, shown=draft.step, now=now)
    shown.row.draft.text = request.POST.get("text", "")
    return render(request, "interview/room.html", {"room": shown, "session": draft.session}, status=422)


def _mine(request: HttpRequest, pk: UUID) -> Session:
    """The session, if it is this person's: anybody else gets the same answer as for one that is not there."""
    return get_object_or_404(Session.objects.for_user(request.user).select_related("edition"), pk=pk)


def _handed_in(request: SignedInRequest, pk: UUID) -> Session:
    """A session of this person's that is over, with its evaluation."""
    return get_object_or_404(history.sessions(request.user).filter(submission__isnull=False), pk=pk)


def _evaluation(session: Session) -> Evaluation:
    evaluation: Evaluation = session.submission.by_rules[0]  # type: ignore[union-attr]
    return evaluation


def _waiting_context(session: Session, evaluation: Evaluation) -> dict[str, object]:
    waited = (timezone.now() - evaluation.created_at).total_seconds()
    return {
        "session": session,
        "evaluation": evaluation,
        "waited_seconds": waited,
        "poll_seconds": history.poll_seconds(waited),
    }


def _result_context(session: Session) -> dict[str, object]:
    evaluation = _evaluation(session)
    done = evaluation.status == Evaluation.Status.DONE
    return {
        **_waiting_context(session, evaluation),
        "question": session.edition.question,
        "attempt": history.attempt_number(session),
        "view": presentation.build(evaluation) if done else None,
        "room": room.build(session, shown=None, now=session.finished_at or timezone.now()),
        "set_aside": Revision.objects.filter(draft__session=session).set_aside().select_related("draft"),
        "retry_url": reverse("interview:retry", args=[session.pk]),
        "nav": "sessions",
    }
