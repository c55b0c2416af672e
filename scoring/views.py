"""The sample result. Results of people are shown by the app that knows their sessions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from scoring import presentation, sample


@require_GET
def sample_result(request: HttpRequest) -> HttpResponse:
    evaluation = sample.latest()
    view = presentation.build(evaluation) if evaluation else None
    return render(request, "scoring/sample.html", {"view": view, "nav": "sample"})
