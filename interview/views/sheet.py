"""The estimation sheet while it is written: what its lines come to, and saving it where there is no script."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import SignedInRequest, member_required
from accounts.limits import rate_limited
from catalog.steps import ESTIMATION
from interview import drafts, room
from interview.drafts import Outcome
from interview.forms import SaveForm, SheetForm
from interview.parts import SHEET_STEP, Part
from interview.views import saving
from interview.views.found import mine
from interview.views.saving import Sent


@require_POST
@member_required
@rate_limited("sheet", "240/m")
def sheet_results(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """What the lines come to, beside what is saved of the other steps. Nothing is stored."""
    session = mine(request, pk)
    if SHEET_STEP not in {step.key for step in session.steps}:
        raise Http404
    form = SheetForm(request.POST)
    text = form.cleaned_data["sheet"] if form.is_valid() else ""
    shown = room.build(session, shown=None, now=timezone.now())
    return render(request, "interview/_sheet.html", {"estimate": shown.estimate_of(text), "room": shown})


@require_POST
@member_required
@rate_limited("save", saving.RATE)
def save_estimation(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Without script one form holds the sheet and the text below it: the sheet is saved first, then as ever."""
    draft, now = drafts.get(request.user, pk, SHEET_STEP, Part.SHEET), timezone.now()
    if draft is None:
        raise Http404
    form = SheetForm(request.POST)
    if not form.is_valid():
        saving.complain(request, form, "The sheet: ")
        sheet, text = Sent.of(form, "sheet", "sheet_base"), Sent.of(SaveForm(request.POST))
        sent: dict[str, Sent] = {Part.SHEET: sheet, Part.TEXT: text}
        return saving.again(request, draft.session, step=ESTIMATION, sent=sent, now=now)
    stays = False
    if form.cleaned_data["sheet_base"] is not None:
        lines, base = form.cleaned_data["sheet"], form.cleaned_data["sheet_base"]
        saved = drafts.save(draft, text=lines, base=base, now=now)
        # Whoever hands over means the sheet as it was typed; what is stored is another one.
        if stays := saved.outcome != Outcome.SAVED:
            messages.warning(request, f"The sheet: {saving.NOT_TAKEN[saved.outcome]}")
    return saving.take(request, pk, ESTIMATION, stays=stays)
