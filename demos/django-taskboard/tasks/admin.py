"""Django's admin, for all that lies in SQLite."""

# mypy: disable-error-code="import-untyped, misc"
from typing import Any, ClassVar

from django.contrib import admin

from tasks import board
from tasks.models import Board, Task, Waiting

admin.site.register([Board, Waiting])


@admin.register(Task)
class TaskAdmin(admin.ModelAdmin):
    """Tasks, by board and column; cards are moved on the board, so the column is only shown here."""

    list_display: ClassVar = ["title", "board", "status", "owner", "moved"]
    list_filter: ClassVar = ["board", "status"]
    readonly_fields: ClassVar = ["status", "moved"]
    search_fields: ClassVar = ["title"]

    def save_model(self, request: Any, obj: Task, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's own
        """Give a new task its first event, as the board does."""
        if change:
            super().save_model(request, obj, form, change)
        else:
            board.add(obj, request.user.get_username())
