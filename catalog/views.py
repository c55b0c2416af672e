"""The list of questions and the page of one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from catalog import listing, personal, variants
from catalog.models import Question
from catalog.modes import MODES
from catalog.steps import HAND_OVER_MINUTES, READ_MINUTES, STEPS
from lib import markdown
from lib.http import wants_fragment


@require_GET
@vary_on_headers("HX-Request")
def question_list(request: HttpRequest) -> HttpResponse:
    filters = listing.Filters.from_query(request.GET)
    practice = personal.practice()
    found = listing.build(filters, practice.best_by_question(request.user))
    context = {
        "rows": found.rows,
        "total": found.total,
        "facets": found.facets,
        "form": filters,
        "sorts": listing.SORTS,
        "nav": "practice",
    }
    if wants_fragment(request):
        return render(request, "catalog/list.html#found", context)
    return render(request, "catalog/list.html", {**context, "running": practice.running(request.user)})


@require_GET
def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    question = get_object_or_404(Question.objects.live().select_related("edition"), slug=slug)
    content = question.current.spec
    practice = personal.practice()
    variant = practice.next_variant(request.user, question.pk)
    drawn = variants.draw(content, variant)
    return render(
        request,
        "catalog/detail.html",
        {
            "question": question,
            "brief_html": markdown.render(variants.fill(content.brief, content, variant)),
            "givens": [(given.label, drawn[given.key]) for given in content.givens],
            "attempts": practice.attempts(request.user, question.pk),
            "running": practice.running(request.user),
            "steps": STEPS,
            "modes": MODES,
            "guest_days": settings.GUEST_DAYS,
            "nav": "practice",
            "read_minutes": READ_MINUTES,
            "hand_over_minutes": HAND_OVER_MINUTES,
        },
    )
