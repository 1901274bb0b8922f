"""Sample tasks in SQLite: their boards, and the people who own them."""

# mypy: disable-error-code="import-untyped"
import os
from functools import cache

from django.contrib.auth import get_user_model
from sample import BOARDS, PEOPLE, Card

from tasks.models import Board, Task


def write(card: Card) -> None:
    """Write a task unless it is there: one that somebody has moved stays where it is."""
    _boards_and_people()
    owner = get_user_model().objects.get(username=card.owner)
    defaults = {"board_id": card.board, "title": card.title, "status": card.status, "moved": card.moved}
    Task.objects.get_or_create(id=card.id, defaults={**defaults, "owner": owner})


@cache
def _boards_and_people() -> None:
    """Make the boards, and people who may use the admin; the first may do everything there."""
    for slug, name in BOARDS.items():
        Board.objects.get_or_create(slug=slug, defaults={"name": name})
    password = os.environ.get("TASKBOARD_PASSWORD") or "taskboard"
    for person in PEOPLE:
        user, is_new = get_user_model().objects.get_or_create(
            username=person, defaults={"is_staff": True, "is_superuser": person == PEOPLE[0]}
        )
        if is_new:
            user.set_password(password)
            user.save()
