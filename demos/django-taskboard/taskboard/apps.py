"""Where Django learns of coodie."""

# mypy: disable-error-code="import-untyped, misc"
from demokit.database import contact_points
from django.apps import AppConfig

from coodie.sync import init_coodie
from taskboard.identity import demo


class Taskboard(AppConfig):
    """The project as an app: it brings `manage.py sync_cassandra`."""

    name = "taskboard"

    def ready(self) -> None:
        """Name the server; the first statement connects, so commands that send none need no server."""
        init_coodie(hosts=contact_points(demo.settings), keyspace=demo.settings.keyspace, lazy=True)
