"""The list of questions and the page of one; the library; the search over all of them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from catalog import listing, personal, shelves, variants, what_next
from catalog import search as searching
from catalog.models import Question, Reference, Topic
from catalog.modes import MODES
from catalog.steps import HAND_OVER_MINUTES, READ_MINUTES, STEPS
from lib import markdown
from lib.http import wants_fragment


@require_GET
@vary_on_headers("HX-Request")
def question_list(request: HttpRequest) -> HttpResponse:
    filters = listing.Filters.from_query(request.GET)
    practice = personal.practice()
    best = practice.best_by_question(request.user)
    practised = practice.practised_by_question(request.user)
    found = listing.build(filters, best, practised)
    context = {
        "rows": found.rows,
        "found": found,
        "total": found.total,
        "facets": found.facets,
        "form": filters,
        "sorts": listing.SORTS,
        "nav": "questions",
    }
    if wants_fragment(request):
        return render(request, "catalog/list.html#found", context)
    context["running"] = practice.running(request.user)
    context["what_next"] = what_next.suggest(practice.missed(request.user), tried=best.keys() | practised.keys())
    return render(request, "catalog/list.html", context)


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
            "study_first": shelves.before(question),
            "level": content.level,
            "steps": STEPS,
            "modes": MODES,
            "guest_days": settings.GUEST_DAYS,
            "nav": "questions",
            "read_minutes": READ_MINUTES,
            "hand_over_minutes": HAND_OVER_MINUTES,
        },
    )


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """All shelves, each with its beginning; or one of them whole, where the address names one that holds something."""
    shelf = shelves.whole(request.GET.get("section", ""))
    if shelf:
        return render(request, "library/shelf.html", {"shelf": shelf, "nav": "library"})
    context = {"shelves": shelves.front(), "reference": shelves.reference_pages(), "nav": "library"}
    return render(request, "library/list.html", context)


@require_GET
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Topic.objects.live(), slug=slug)
    return render(request, "library/topic.html", {"view": shelves.topic_view(row), "nav": "library"})


@require_GET
def reference(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Reference.objects.live(), slug=slug)
    return render(request, "library/reference.html", {"view": shelves.reference_view(row), "nav": "library"})


@require_GET
@vary_on_headers("HX-Request")
def search(request: HttpRequest) -> HttpResponse:
    """The whole page, or what the dialog of every page shows."""
    found = searching.search(request.GET.get("q", ""))
    template = "library/search.html#found" if wants_fragment(request) else "library/search.html"
    return render(request, template, {"found": found, "nav": "library"})
