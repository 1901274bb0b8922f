"""The pages: a board, a task with its history, and the forms that move and add tasks."""

# mypy: disable-error-code="import-untyped, untyped-decorator"
from typing import Any
from uuid import UUID

from demokit.django import moved, page
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from coodie import OperationError
from tasks import board, outbox
from tasks.forms import MoveIn, TaskIn, Wanted
from tasks.models import Board, Task, Waiting


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Go to the first board; without any say how to get one."""
    first = Board.objects.order_by("slug").first()
    return redirect("board", first.slug) if first else page(request, "empty.html")


@require_GET
def show(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a board."""
    if Waiting.objects.exists():
        outbox.deliver()
    return page(request, "board.html", part="partials/board.html", **_context(request, board.board(slug)))


@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Add a task to the first column."""
    done = board.create(TaskIn.model_validate(request.POST.dict()), who(request))
    return _moved(request, done, f"“{done.task.title}” is on the board.")


@require_POST
def move(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Move a task to another column."""
    sent = MoveIn.model_validate(request.POST.dict())
    done = board.move(task_id, sent.status, who(request))
    return _moved(request, done, f"“{done.task.title}” is in {done.task.get_status_display()}.")


@require_POST
def deliver(request: HttpRequest, slug: str) -> HttpResponse:
    """Try to send what waits."""
    left = outbox.deliver()
    said = "Cassandra has every event." if not left else "Cassandra still does not answer; nothing is lost."
    return moved(
        request,
        f"/boards/{slug}",
        "board.html",
        part="partials/board.html",
        toast=said,
        **_context(request, board.board(slug)),
    )


@require_GET
def history(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Show a task: its row in SQLite, its partition in Cassandra."""
    task = board.task(task_id)
    tokens, wanted = settings.DEMO.tokens, Wanted.model_validate(request.GET.dict())
    state = tokens.read(wanted.token, "history", task_id)
    waiting = Waiting.objects.filter(event__task=str(task_id))
    try:
        found = board.history(task_id, state)
    except OperationError:
        found = None
    return page(
        request,
        "task.html",
        part="partials/history.html",
        task=task,
        events=found and found.data,
        next_token=found and tokens.write(found.paging_state, "history", task_id),
        paged=wanted.token is not None,
        waiting=waiting.count(),
    )


def who(request: Any) -> str:
    """Name whoever is signed in; everybody else is a guest."""
    return request.user.get_username() if request.user.is_authenticated else board.GUEST


def _moved(request: HttpRequest, done: board.Move, said: str) -> HttpResponse:
    if done.waiting:
        said += " Its history waits in the outbox."
    slug = done.task.board_id
    context = _context(request, done.task.board, done)
    return moved(request, f"/boards/{slug}", "board.html", part="partials/board.html", toast=said, **context)


def _context(request: HttpRequest, shown: Board, done: board.Move | None = None) -> dict[str, Any]:
    tasks = list(Task.objects.filter(board=shown).select_related("owner"))
    columns = [
        {
            "status": value,
            "name": label,
            "tasks": [one for one in tasks if one.status == value],
        }
        for value, label in Task.Status.choices
    ]
    return {
        "board": shown,
        "boards": Board.objects.order_by("slug"),
        "columns": columns,
        "arrived": board.arrived(shown.slug),
        "waiting": Waiting.objects.count(),
        "done": done,
        "who": who(request),
    }
