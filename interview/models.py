"""Sessions, drafts, their revisions and what was said. Only flow, drafts and talk, of interview, write these rows."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from catalog import modes
from catalog.models import Edition
from catalog.steps import BY_KEY, STEPS, Step
from interview import clock, interviewer
from interview.clock import Mode, Opened, Pace
from interview.parts import Part
from scoring.models import Submission


class SessionQuerySet(models.QuerySet["Session"]):
    def for_user(self, user: Any) -> Self:
        return self.filter(user=user)

    def running(self) -> Self:
        return self.filter(state=Session.State.RUNNING)

    def finished(self) -> Self:
        return self.filter(state=Session.State.FINISHED)


class Session(models.Model):
    """One sitting. `ends_at` is the server's word on when it is over; None means no limit."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        FINISHED = "finished", "Handed in"

    class EndedBy(models.TextChoices):
        CANDIDATE = "candidate", "Handed in"
        DEADLINE = "deadline", "Time was up"

    MODES = [(mode.key, mode.title) for mode in modes.MODES]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="interview_sessions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="interview_sessions")
    variant = models.PositiveIntegerField(default=0)
    mode = models.CharField(max_length=20, choices=MODES)
    only_step = models.CharField(max_length=20, blank=True, help_text="The step of a drill.")
    state = models.CharField(max_length=20, choices=State, default=State.RUNNING)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=20, choices=EndedBy, blank=True)
    time_factor = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    minute_seconds = models.FloatField(default=60.0)
    current_step = models.CharField(max_length=20)
    entered_at = models.DateTimeField(help_text="When the current step was entered.")
    spent = models.JSONField(default=dict, help_text="Step key to seconds, the current step not counted.")
    opened = models.JSONField(default=list, help_text="Strict: [[step key, when it opened]].")
    frozen_text = models.TextField(blank=True, help_text="The requirements as they were when step 1 was left.")
    frozen_at = models.DateTimeField(null=True)
    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, null=True, related_name="interview_session")

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state="running") & ~Q(mode="untimed"),
                name="one_running_timed_session",
            ),
            models.CheckConstraint(
                condition=Q(state="running", submission=None) | Q(state="finished", submission__isnull=False),
                name="finished_means_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def pace(self) -> Pace:
        factor = None if self.time_factor is None else float(self.time_factor)
        return Pace(timedelta(seconds=self.minute_seconds), factor)

    @property
    def is_running(self) -> bool:
        return self.state == self.State.RUNNING

    @property
    def is_strict(self) -> bool:
        return self.mode == Mode.STRICT

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps this session asks for."""
        return (BY_KEY[self.only_step],) if self.only_step else STEPS

    @property
    def opened_steps(self) -> list[Opened]:
        return [Opened(step, datetime.fromisoformat(at)) for step, at in self.opened]

    def is_over(self, now: datetime) -> bool:
        return clock.is_over(self.ends_at, now)

    def remaining(self, now: datetime) -> timedelta | None:
        return clock.remaining(self.ends_at, now)

    def open_step(self, now: datetime) -> str | None:
        """The step that may be written in: any in most modes (the current one is named), one in strict."""
        if not self.is_strict:
            return self.current_step
        walked, closes = clock.strict_walk(self.opened_steps, self.pace, self.ends_at, now)
        return None if closes is None and self.time_factor is not None else walked[-1].step

    def seconds_in(self, step: str, now: datetime) -> float:
        """Time spent in a step so far."""
        seconds = float(self.spent.get(step, 0))
        if self.is_running and step == self.current_step:
            seconds += max((now - self.entered_at).total_seconds(), 0.0)
        return seconds


class Draft(models.Model):
    """One part of a step, as text: what is written, the lines of the sheet, the scene of the board.

    `version` counts accepted saves; a save names the version it is based on. See interview.parts for what there is.
    """

    PARTS = [(Part.TEXT.value, "Text"), (Part.SHEET.value, "Sheet"), (Part.BOARD.value, "Board")]

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="drafts")
    step = models.CharField(max_length=20)
    part = models.CharField(max_length=10, choices=PARTS, default=Part.TEXT.value)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    # Set when the session is handed in, under the row's own lock: a save that was acknowledged is in the
    # submission, and one that comes after cannot be.
    closed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "step", "part"], name="one_draft_per_part")]

    def __str__(self) -> str:
        return f"{self.part} of {self.step} of {self.session_id}"


class RevisionQuerySet(models.QuerySet["Revision"]):
    def set_aside(self) -> Self:
        """Texts that were not taken over, with something in them."""
        return self.exclude(kind=Revision.Kind.SAVED).exclude(inserted="")


class Revision(models.Model):
    """What one save changed; or a whole text that was not taken over and is kept to compare."""

    class Kind(models.TextChoices):
        SAVED = "saved", "Saved"
        CONFLICT = "conflict", "Written in another tab or on another device"
        LATE = "late", "Arrived after the end"

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="revisions")
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.PositiveIntegerField(help_text="Saved: the version it made. Else: the one it was based on.")
    at = models.DateTimeField()
    start = models.PositiveIntegerField(default=0)
    removed = models.TextField(blank=True)
    inserted = models.TextField(blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "version"], condition=Q(kind="saved"), name="one_save_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version} of draft {self.draft_id}"


class Exchange(models.Model):
    """One thing said in a session, by the candidate or the interviewer; `key` names what it was about.

    See interview.interviewer.types.Exchange, whose rows these are. The constraints are the word that nothing is brought
    up twice, whatever two tabs ask at once.
    """

    class Kind(models.TextChoices):
        QUESTION = "question", "Asked by the candidate"
        REPLY = "reply", "Answered by the interviewer"
        PROBE = "probe", "Follow-up"
        PROBE_REPLY = "probe_reply", "Answered in the text"
        SKIP = "skip", "Skipped"
        HINT = "hint", "Hint"
        CURVEBALL = "curveball", "Curveball"

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="exchanges")
    at = models.FloatField(help_text="Seconds since the session began.")
    kind = models.CharField(max_length=20, choices=Kind)
    key = models.CharField(max_length=100, blank=True)
    text = models.TextField(blank=True)
    step = models.CharField(max_length=20)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "kind", "key"],
                condition=Q(kind__in=["probe", "probe_reply", "skip", "hint", "curveball"]),
                name="nothing_is_brought_up_twice",
            ),
            models.UniqueConstraint(fields=["session"], condition=Q(kind="curveball"), name="one_curveball"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} of {self.session_id}"

    @property
    def said(self) -> interviewer.Exchange:
        """As the interviewer is told of it."""
        return interviewer.Exchange(self.at, self.kind, self.key, self.text, self.step)  # type: ignore[arg-type]
