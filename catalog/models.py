"""Questions and their editions; topics, cards and reference pages. Files are their source.

Only catalog.loader and catalog.library_loader write these rows.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.functions import Cast

from catalog import library_spec, matching, spec
from catalog.spec import CHALLENGE_CHARS, SLUG_CHARS, SUMMARY_CHARS, TITLE_CHARS


class QuestionQuerySet(models.QuerySet["Question"]):
    def live(self) -> Self:
        return self.filter(retired_at=None, edition__isnull=False)

    def matching(self, words: str) -> Self:
        """Questions that hold every word, in whichever form."""
        return self.filter(matching.every(matching.terms(words)))

    def exercising(self, topic: str, *, named: Collection[str] = ()) -> Self:
        """Questions with a criterion that studies this topic, and those named."""
        # The same on every database: a JSON list of slugs as text.
        written = self.annotate(written=Cast("topics", models.TextField()))
        return written.filter(models.Q(written__contains=f'"{topic}"') | models.Q(slug__in=named))


class Question(models.Model):
    """The listing of a question and a pointer to its current edition."""

    class Kind(models.TextChoices):
        CLASSIC = "classic", "Classic"
        SCENARIO = "scenario", "Scenario"

    class Difficulty(models.TextChoices):
        WARM_UP = "warm_up", "Warm-up"
        STANDARD = "standard", "Standard"
        HARD = "hard", "Hard"

    slug = models.SlugField(max_length=SLUG_CHARS, unique=True)
    source = models.CharField(max_length=500, help_text="The folder it was loaded from.")
    kind = models.CharField(max_length=20, choices=Kind)
    difficulty = models.CharField(max_length=20, choices=Difficulty)
    title = models.CharField(max_length=TITLE_CHARS)
    summary = models.CharField(max_length=SUMMARY_CHARS)
    challenge = models.CharField(max_length=CHALLENGE_CHARS)
    tags = models.JSONField(default=list)
    topics = models.JSONField(default=list, help_text="Slugs of the topics that its criteria study.")
    search_text = models.TextField()
    edition = models.OneToOneField(
        "Edition", on_delete=models.PROTECT, null=True, related_name="current_for", help_text="The one in use."
    )
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def current(self) -> Edition:
        """The edition in use; a live question always has one."""
        if self.edition is None:
            raise LookupError(f"{self.slug} has no edition")
        return self.edition

    @property
    def difficulty_rank(self) -> int:
        """1 to 3, for drawing."""
        return list(self.Difficulty.values).index(self.difficulty) + 1


class Edition(models.Model):
    """One published state of a question. Never changed and never deleted while anything names it."""

    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["question", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["question", "number"], name="one_edition_per_number"),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} edition {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("an edition is immutable: publish a new one")
        super().save(*args, **kwargs)

    @property
    def spec(self) -> spec.Question:
        """The typed content. Parsed once per process: editions do not change."""
        return _parse(self.content_hash, self.content)


_PARSED: dict[str, spec.Question] = {}
_PARSED_MAX = 256


def _parse(content_hash: str, content: dict[str, Any]) -> spec.Question:
    """Keyed by content, so every row of one edition shares one object and none is ever stale."""
    if content_hash not in _PARSED:
        if len(_PARSED) >= _PARSED_MAX:
            _PARSED.clear()
        _PARSED[content_hash] = spec.Question.model_validate(content)
    return _PARSED[content_hash]


class EntryQuerySet(models.QuerySet[Any]):
    def live(self) -> Self:
        return self.filter(retired_at=None)

    def listed(self) -> Self:
        """Without what only its own page and the search need; that is most of a row."""
        return self.defer("content", "search_text")


class Entry(models.Model):
    """Something of the library. `content` is all that its file says; a removed one is retired, never deleted."""

    slug = models.SlugField(max_length=SLUG_CHARS, unique=True)
    source = models.CharField(max_length=500, help_text="The folder it was loaded from.")
    search_text = models.TextField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.slug


class Topic(Entry):
    """A study topic."""

    title = models.CharField(max_length=TITLE_CHARS)
    section = models.CharField(max_length=20)
    level = models.CharField(max_length=20)
    place = models.PositiveSmallIntegerField(help_text="Where its section and its level stand in the library.")
    summary = models.CharField(max_length=SUMMARY_CHARS)

    class Meta:
        ordering = ["place", "title", "slug"]
        indexes = [models.Index(fields=["retired_at", "place", "title", "slug", "section"], name="topics_in_order")]

    @property
    def spec(self) -> library_spec.Topic:
        return library_spec.Topic.model_validate(self.content)


class Reference(Entry):
    """A page to keep open."""

    title = models.CharField(max_length=TITLE_CHARS)
    summary = models.CharField(max_length=SUMMARY_CHARS)

    class Meta:
        ordering = ["title"]

    @property
    def spec(self) -> library_spec.Reference:
        return library_spec.Reference.model_validate(self.content)


class Card(Entry):
    """One question to answer in a breath; its key is its slug."""

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="cards")
    kind = models.CharField(max_length=20)

    class Meta:
        ordering = ["slug"]

    @property
    def spec(self) -> library_spec.Card:
        return library_spec.Card.model_validate(self.content)
