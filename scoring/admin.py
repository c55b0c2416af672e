"""Evaluations for operators, to look at: marks come from graders, never from a form."""

from django.contrib import admin

from lib.admin import ReadOnly
from scoring.models import CriterionMark, Evaluation, StepMark


class StepMarkInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = StepMark
    fields = ["step", "mark", "low", "high", "confidence", "scorable", "reason"]
    extra = 0


class CriterionMarkInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = CriterionMark
    fields = ["step", "key", "mark", "confidence", "summary"]
    extra = 0


@admin.register(Evaluation)
class EvaluationAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    """Marks without the texts they rest on: an operator runs the service and does not read people's answers."""

    list_display = ["id", "source", "status", "band", "engine", "attempts", "created_at", "finished_at"]
    list_filter = ["status", "source", "band", "engine"]
    date_hierarchy = "created_at"
    search_fields = ["id", "submission__id", "grader_key"]
    inlines = [StepMarkInline, CriterionMarkInline]
