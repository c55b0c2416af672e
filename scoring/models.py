"""Frozen submissions and what graders made of them. Only scoring.grading writes these rows."""

from __future__ import annotations

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from catalog.models import Edition
from catalog.steps import STEPS


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def for_user(self, user: Any) -> Self:
        return self.filter(user=user)


class Submission(models.Model):
    """What was handed in, frozen: the texts, and the edition and variant they answer."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="submissions"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="submissions")
    variant = models.PositiveIntegerField(default=0)
    asked = models.JSONField(help_text="The step keys that were asked for, in order.")
    answer = models.JSONField(help_text="Step key to Markdown: the text, with what stood beside it joined on as text.")
    originals = models.JSONField(
        default=dict, blank=True, help_text="“estimation.sheet”, “high_level_design.board”, …: as typed and drawn."
    )
    pieces = models.JSONField(
        default=list, blank=True, help_text="[{step, part, start, end, key}]: what lies where in the answer."
    )
    exchanges = models.JSONField(default=list, blank=True, help_text="[{at, kind, key, text, step}]: what was said.")
    answer_hash = models.CharField(max_length=64)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"submission {self.pk}"

    @property
    def is_whole(self) -> bool:
        """All five steps were asked for, so there is an overall; a drill of one step has none."""
        return len(self.asked) == len(STEPS)


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    def waiting(self) -> Self:
        return self.filter(status__in=Evaluation.WAITING)

    def by_rules(self) -> Self:
        """Of each submission the judgement by rules that counts: the newest finished one, else the newest.

        `has_others` says whether earlier or later ones stand beside it.
        """
        all_of_it = Evaluation.objects.filter(submission=OuterRef("submission"), source=Evaluation.Source.RULES)
        unfinished = Case(When(status=Evaluation.Status.DONE, then=0), default=1)
        counts = all_of_it.order_by(unfinished, "-created_at").values("pk")[:1]
        return self.filter(pk=Subquery(counts)).annotate(has_others=Exists(all_of_it.exclude(pk=OuterRef("pk"))))


class Evaluation(models.Model):
    """One grader's judgement of one submission. A failure is a state, never a mark."""

    class Source(models.TextChoices):
        RULES = "rules", "Rules"
        MODEL = "model", "Model"
        MENTOR = "mentor", "Mentor"
        SELF = "self", "Self"

    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        SCORING = "scoring", "Being scored"
        DONE = "done", "Done"
        DEAD = "dead", "Could not be scored"

    WAITING = (Status.QUEUED, Status.SCORING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="evaluations")
    source = models.CharField(max_length=10, choices=Source)
    grader_key = models.CharField(max_length=200, help_text="Who graded, with every version that matters.")
    status = models.CharField(max_length=10, choices=Status, default=Status.QUEUED)
    reason = models.CharField(max_length=500, blank=True, help_text="Why it could not be scored.")
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    engine = models.CharField(max_length=40, blank=True)
    encoder = models.CharField(max_length=60, blank=True, help_text="Fingerprint of the model, or “words” without one.")
    calibration = models.CharField(max_length=40, blank=True)
    ask_mentor = models.JSONField(default=list, blank=True, help_text="Why a person should look at this, in words.")
    overall = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    band = models.CharField(max_length=20, blank=True)
    level = models.CharField(max_length=10, blank=True)
    gates = models.JSONField(default=list, blank=True)
    lift = models.JSONField(null=True, blank=True)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "grader_key"], name="one_evaluation_per_grader"),
            models.CheckConstraint(
                condition=Q(overall=None) | Q(overall__gte=0, overall__lte=100), name="overall_is_0_to_100"
            ),
            # A mark without a finished judgement would be a score that is not one.
            models.CheckConstraint(condition=Q(status="done") | Q(overall=None), name="only_done_has_an_overall"),
        ]
        indexes = [models.Index(F("submission"), F("status"), name="evaluation_by_status")]

    def __str__(self) -> str:
        return f"{self.grader_key} of {self.submission_id}"

    @property
    def is_waiting(self) -> bool:
        return self.status in self.WAITING


class StepMark(models.Model):
    """A step's mark 0–4 in tenths with its likely range; no mark where the step is not scorable.

    notes: [{kind, text, evidence or null}], what is wrong in the step and belongs to no single criterion.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="step_marks")
    step = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    mark = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    scorable = models.BooleanField()
    confidence = models.FloatField()
    reason = models.CharField(max_length=500, blank=True)
    notes = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "step"], name="one_mark_per_step"),
            models.CheckConstraint(condition=Q(mark=None) | Q(mark__gte=0, mark__lte=4), name="step_mark_is_0_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.step}: {self.mark}"


class CriterionMark(models.Model):
    """A criterion's mark 0–4 with the words it rests on.

    evidence: [{section, start, end, quote, kind}], offsets in code points of that section's text.
    missing: [text].  unsure: [text], there in part or not recognised.  notes: [{kind, text, evidence or null}].
    points: [{key, state, evidence}], what counts, the weightiest first, state as in PointResult; none in early marks.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.CASCADE, related_name="criterion_marks")
    step = models.CharField(max_length=20)
    key = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    mark = models.FloatField(null=True)
    confidence = models.FloatField()
    evidence = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    unsure = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    summary = models.TextField(blank=True)
    points = models.JSONField(default=list)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "key"], name="one_mark_per_criterion"),
            models.CheckConstraint(
                condition=Q(mark=None) | Q(mark__gte=0, mark__lte=4), name="criterion_mark_is_0_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.mark}"
