"""The queue of record. The broker only carries row numbers; losing it loses nothing."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q


class OutboxQuerySet(models.QuerySet["Outbox"]):
    def live(self) -> "OutboxQuerySet":
        return self.filter(dead_at=None)

    def dead(self) -> "OutboxQuerySet":
        return self.exclude(dead_at=None)

    def due(self, now: datetime) -> "OutboxQuerySet":
        """Rows somebody may work on now: live, their time has come, and nobody holds a lease."""
        unclaimed = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.live().filter(unclaimed, due_at__lte=now)

    def unpublished(self, now: datetime, *, patience: timedelta) -> "OutboxQuerySet":
        """Due rows with no message on its way: never sent, sent long ago, or sent before a lease that ran out."""
        return self.due(now).filter(
            Q(dispatched_at=None) | Q(dispatched_at__lte=now - patience) | Q(dispatched_at__lt=F("lease_until"))
        )


class Outbox(models.Model):
    """One piece of work that is still to be done. It is deleted in the transaction that stores its result."""

    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64, blank=True)
    due_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    dispatched_at = models.DateTimeField(null=True, blank=True)
    claim_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = "job"
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="outbox_one_per_object")]
        indexes = [models.Index(fields=["due_at"], name="outbox_due", condition=Q(dead_at=None))]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}".strip()


class MailQuerySet(models.QuerySet["Mail"]):
    def recent(self) -> "MailQuerySet":
        return self.order_by("-created_at", "-pk")

    def older_than(self, moment: datetime) -> "MailQuerySet":
        return self.filter(created_at__lt=moment)


class Mail(models.Model):
    """A message on its way out, or kept for the local mail page when no mail server is configured."""

    to = models.TextField(help_text="Addresses, one a line.")
    from_email = models.CharField(max_length=320)
    subject = models.TextField(blank=True)
    # Emptied once sent: a reset link has no business lying in the database.
    body = models.TextField(blank=True)
    html = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "mail"

    def __str__(self) -> str:
        return self.subject or f"Mail {self.pk}"
