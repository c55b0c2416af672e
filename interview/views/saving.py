"""What is typed and drawn, as it arrives. What becomes of it, drafts decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, member_required
from accounts.limits import rate_limited
from catalog.steps import BY_KEY
from interview import drafts, flow, room
from interview.drafts import Outcome
from interview.forms import SaveForm
from interview.models import Session
from interview.parts import Part

# However a text arrives: with script or without, alone or with the sheet.
RATE: Final = "120/m"
NOT_TAKEN = {
    Outcome.CONFLICT: "This step was changed somewhere else meanwhile. What you sent is kept beside it.",
    Outcome.CLOSED: "This step is closed. What you sent is kept beside the answer.",
    Outcome.OVER: "The session is over. What you sent is kept beside the answer.",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A part as it came in a form that was not taken: what was typed, and the version it is based on."""

    text: str
    base: int

    @classmethod
    def of(cls, form: Form, text: str = "text", base: str = "base") -> "Sent":
        """From these fields of a form. A base that is no number is before all versions: it never overwrites one."""
        form.is_valid()
        return cls(form.data.get(text, ""), form.cleaned_data.get(base) or 0)


@require_POST
@member_required
@rate_limited("save", RATE)
def save(request: SignedInRequest, pk: UUID, step: str, part: str = Part.TEXT) -> HttpResponse:
    return take(request, pk, step, part)


def take(request: SignedInRequest, pk: UUID, step: str, part: str = Part.TEXT, *, stays: bool = False) -> HttpResponse:
    """Save what was sent. `stays`: and neither go on nor hand over, since something else was not taken."""
    draft = drafts.get(request.user, pk, step, part)
    if draft is None:
        raise Http404
    form, now = SaveForm(request.POST, part=part), timezone.now()
    by_form = "text/html" in request.headers.get("Accept", "")
    if not form.is_valid():
        if by_form:
            complain(request, form)
            return again(request, draft.session, step=step, sent={part: Sent.of(form)}, now=now)
        return JsonResponse({"outcome": "refused", "errors": form.errors}, status=422)
    saved = drafts.save(draft, text=form.cleaned_data["text"], base=form.cleaned_data["base"], now=now)
    if by_form:
        return _saved_by_form(request, draft.session, saved.outcome, form, now, stays=stays)
    left = draft.session.remaining(now)
    answer = {
        "outcome": saved.outcome,
        "version": saved.version,
        "seconds_left": None if left is None else left.total_seconds(),
    }
    if saved.outcome == Outcome.CONFLICT:
        answer["text"] = saved.text
    return JsonResponse(answer, status=200 if saved.outcome == Outcome.SAVED else 409)


def _saved_by_form(
    request: SignedInRequest, session: Session, outcome: Outcome, form: SaveForm, now: datetime, *, stays: bool
) -> HttpResponse:
    """Without script: the page again, with what became of the text in words."""
    if outcome != Outcome.SAVED:
        messages.warning(request, NOT_TAKEN[outcome])
    elif form.cleaned_data["hand_over"] and not stays:
        flow.hand_in(session, now=now)
        return redirect("interview:result", session.pk)
    else:
        if (go := form.cleaned_data["go"]) and not stays:
            flow.go_to(session, step=go, now=now)
        messages.success(request, "Saved.")
    return redirect("interview:room", session.pk)


def complain(request: SignedInRequest, form: Form, about: str = "") -> None:
    """Say why it was not taken."""
    for errors in form.errors.values():
        messages.error(request, about + " ".join(str(error) for error in errors))


def again(
    request: SignedInRequest, session: Session, *, step: str, sent: Mapping[str, Sent], now: datetime
) -> HttpResponse:
    """Without script: the page again, holding what was typed in the parts of a step and not taken.

    Where it was typed, if that is in front and open, and still based on the version it was typed on: the next save
    must not overwrite what another tab saved meanwhile. Else, as in a strict session that went on meanwhile, beside
    the step that is: to be copied, and never taken for a part of that one.
    """
    shown, refused = room.build(session, shown=step, now=now), []
    for part, one in sent.items():
        held = shown.row.part(part)
        if held is not None and held.step == step and shown.row.is_open:
            held.text, held.version = one.text, one.base
        elif one.text:
            refused.append((BY_KEY[step].title, part, one.text))
    context = {"room": shown, "session": session, "refused": refused}
    return render(request, "interview/room.html", context, status=422)
