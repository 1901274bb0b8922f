"""Addresses of the board."""

# mypy: disable-error-code="import-untyped"
from django.urls import path

from tasks import api, views

urlpatterns = [
    path("", views.home),
    path("boards/<slug:slug>", views.show, name="board"),
    path("boards/<slug:slug>/deliver", views.deliver),
    path("tasks", views.create),
    path("tasks/<uuid:task_id>", views.history),
    path("tasks/<uuid:task_id>/move", views.move),
    path("api/boards/<slug:slug>", api.tasks),
    path("api/tasks", api.create),
    path("api/tasks/<uuid:task_id>", api.move),
    path("api/tasks/<uuid:task_id>/events", api.events),
]
