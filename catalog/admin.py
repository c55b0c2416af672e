"""Questions and the library for operators, to look at: files are their source, so nothing is edited here."""

from django.contrib import admin

from catalog.models import Card, Edition, Question, Reference, Topic
from lib.admin import ReadOnly


class EditionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]
    model = Edition
    fk_name = "question"
    fields = ("number", "content_hash", "created_at")
    readonly_fields = ("number", "content_hash", "created_at")
    extra = 0


@admin.register(Question)
class QuestionAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "slug", "kind", "difficulty", "edition", "retired_at"]
    list_filter = ["kind", "difficulty", "retired_at"]
    search_fields = ["title", "slug", "search_text"]
    list_select_related = ["edition"]
    inlines = [EditionInline]


@admin.register(Topic)
class TopicAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "slug", "section", "level", "source", "retired_at"]
    list_filter = ["section", "level", "retired_at"]
    search_fields = ["title", "slug", "search_text"]


@admin.register(Reference)
class ReferenceAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["title", "slug", "source", "retired_at"]
    search_fields = ["title", "slug", "search_text"]


@admin.register(Card)
class CardAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ["slug", "kind", "topic", "source", "retired_at"]
    list_filter = ["kind", "retired_at"]
    list_select_related = ["topic"]
    search_fields = ["slug", "search_text"]
