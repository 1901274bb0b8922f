"""What Django's ORM keeps in SQLite: boards, tasks, and the events that Cassandra has not yet taken."""

# mypy: disable-error-code="import-untyped, misc"
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone


class Board(models.Model):
    """A board; its columns are always the three of `Task.Status`."""

    slug = models.SlugField(primary_key=True, max_length=40)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return str(self.name)


class Task(models.Model):
    """Where a task stands now. Where it has been is Cassandra's."""

    class Status(models.TextChoices):
        """The columns."""

        TO_DO = "todo", "To do"
        DOING = "doing", "Doing"
        DONE = "done", "Done"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    board = models.ForeignKey(Board, models.CASCADE)
    title = models.CharField(max_length=80)
    status = models.CharField(max_length=8, choices=Status, default=Status.TO_DO)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    moved = models.DateTimeField(default=timezone.now)

    class Meta:
        """The one that was moved last stands on top."""

        ordering: ClassVar = ["-moved"]
        indexes: ClassVar = [models.Index(fields=["board", "-moved"])]

    def __str__(self) -> str:
        return str(self.title)


class Waiting(models.Model):
    """The outbox: an event that is written with its task, and stays until Cassandra has it."""

    event = models.JSONField()

    class Meta:
        """In the order of the moves."""

        ordering: ClassVar = ["id"]
        verbose_name_plural = "waiting events"

    def __str__(self) -> str:
        return f"{self.event['source']} to {self.event['target']}"
