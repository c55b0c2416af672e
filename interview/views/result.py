"""What follows a session: its result, the way there, and the list of them all."""

from collections.abc import Mapping
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.access import SignedInRequest, member_required
from interview import aftermath, export, flow, history, looking_back, room
from interview.models import Session
from interview.views.found import evaluation_of, handed_in
from scoring import grading, presentation
from scoring.engine.graph import scene
from scoring.models import Evaluation

PAGE = 50


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
    session = handed_in(request, pk)
    evaluation = evaluation_of(session)
    response = render(request, "interview/result.html#score", _waiting_context(session, evaluation))
    if not evaluation.is_waiting:
        # The whole page changes with the result: heading, tabs, side column.
        response["HX-Refresh"] = "true"
    return response


@require_POST
@member_required
def retry(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = handed_in(request, pk)
    grading.retry(evaluation_of(session), now=timezone.now())
    return redirect("interview:result", pk)


@require_GET
@member_required
def export_markdown(request: SignedInRequest, pk: UUID) -> HttpResponse:
    session = handed_in(request, pk)
    response = HttpResponse(
        export.markdown(session, evaluation_of(session)), content_type="text/markdown; charset=utf-8"
    )
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


def _waiting_context(session: Session, evaluation: Evaluation) -> dict[str, object]:
    waited = (timezone.now() - evaluation.created_at).total_seconds()
    return {
        "session": session,
        "evaluation": evaluation,
        "waited_seconds": waited,
        "poll_seconds": history.poll_seconds(waited),
    }


def _result_context(session: Session) -> dict[str, object]:
    evaluation = evaluation_of(session)
    done = evaluation.status == Evaluation.Status.DONE
    shown = room.build(session, shown=None, now=session.finished_at or timezone.now())
    return {
        **_waiting_context(session, evaluation),
        "question": session.edition.question,
        "attempt": history.attempt_number(session),
        **(_judged(session, evaluation, shown.boards) if done else {"view": None}),
        "room": shown,
        "set_aside": looking_back.set_aside(session),
        "retry_url": reverse("interview:retry", args=[session.pk]),
        "nav": "sessions",
    }


def _judged(session: Session, evaluation: Evaluation, drawn: Mapping[str, scene.Board]) -> dict[str, object]:
    """The marks beside the words they rest on, what was said, and what became of a change."""
    submission, question = evaluation.submission, session.edition.spec
    view = presentation.build(evaluation, sheet=looking_back.sheet_lines(question, submission, drawn))
    return {
        "view": view,
        "talk": looking_back.talk(question, submission),
        "change": aftermath.build(session, submission, view),
    }
