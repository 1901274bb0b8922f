"""The same as JSON, with the same rules; a foreign page cannot send JSON here unasked."""

# mypy: disable-error-code="import-untyped, untyped-decorator"
import json
from typing import Any
from uuid import UUID

from demokit.csrf import REFUSED, needs_token
from demokit.problems import problem
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.forms.models import model_to_dict
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from tasks import board, outbox
from tasks.forms import MoveIn, TaskIn, Wanted
from tasks.models import Task, Waiting
from tasks.views import who


@require_GET
def tasks(_request: HttpRequest, slug: str) -> JsonResponse:
    """Read a board from SQLite, and its counters from Cassandra."""
    shown = board.board(slug)
    found = [_row(task) for task in Task.objects.filter(board=shown)]
    if Waiting.objects.exists():
        outbox.deliver()
    answer = {
        "board": slug,
        "tasks": found,
        "arrived": board.arrived(slug),
        "waiting": Waiting.objects.count(),
    }
    return JsonResponse(answer)


@csrf_exempt
@require_http_methods(["POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Add a task."""
    sent = _json(request)
    return (
        sent
        if isinstance(sent, HttpResponse)
        else _done(board.create(TaskIn.model_validate(sent), who(request)), 201)
    )


@csrf_exempt
@require_http_methods(["PUT"])
def move(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Move a task."""
    sent = _json(request)
    if isinstance(sent, HttpResponse):
        return sent
    return _done(board.move(task_id, MoveIn.model_validate(sent).status, who(request)))


@require_GET
def events(request: HttpRequest, task_id: UUID) -> JsonResponse:
    """Read a page of a task's history from Cassandra, newest first."""
    tokens, wanted = settings.DEMO.tokens, Wanted.model_validate(request.GET.dict())
    found = board.history(board.task(task_id).id, tokens.read(wanted.token, "history", task_id))
    items = [event.model_dump(mode="json") for event in found.data]
    return JsonResponse({"items": items, "next": tokens.write(found.paging_state, "history", task_id)})


def _row(task: Task) -> dict[str, Any]:
    return {"id": task.id, **model_to_dict(task, ["title", "board", "status"]), "moved": task.moved}


def _done(done: board.Move, status: int = 200) -> JsonResponse:
    answer = {"task": _row(done.task), "event": done.event.model_dump(mode="json"), "waiting": done.waiting}
    return JsonResponse(answer, status=status)


def _json(request: HttpRequest) -> Any:
    if needs_token(request.method, request.path, request.content_type):
        raise PermissionDenied(REFUSED)
    try:
        return json.loads(request.body)
    except ValueError as wrong:
        said = problem(400, f"The body is not JSON: {wrong}. Nothing was changed.")
        return HttpResponse(said.model_dump_json(), status=400, content_type="application/problem+json")
