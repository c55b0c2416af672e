from typing import Any, ClassVar

from django.db import models


class Start(models.Model):
    """A run that began; there may be several for one job."""

    object_id = models.CharField(max_length=64)
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    def __str__(self) -> str:
        return self.object_id


class Mark(models.Model):
    """A run that finished. No unique constraint: a second one must be seen, not prevented."""

    object_id = models.CharField(max_length=64)
    objects: ClassVar[models.Manager[Any]] = models.Manager()

    def __str__(self) -> str:
        return self.object_id
