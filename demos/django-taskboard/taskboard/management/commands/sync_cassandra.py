"""`manage.py sync_cassandra`: bring the tables to what the models say, as `migrate` does for Django's own."""

# mypy: disable-error-code="import-untyped, misc"
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from coodie import CoodieError
from taskboard.cassandra_models import MODELS


class Command(BaseCommand):
    """Sync every coodie model, or with --dry-run only say what would be sent."""

    help = "Make or extend the Cassandra tables of TaskEvent and TaskCounter."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django's own name and shape

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the one option."""
        parser.add_argument("--dry-run", action="store_true", help="print the CQL, send none of it")

    def handle(self, **options: Any) -> None:
        """Sync, and print each statement."""
        try:
            for model in MODELS:
                plan = model.sync_table(dry_run=options["dry_run"])
                for statement in plan or [f"-- {model.__name__}: nothing to do"]:
                    self.stdout.write(statement)
        except CoodieError as error:
            raise CommandError(str(error)) from error
