"""Django's command line: `python manage.py sync_cassandra --dry-run`, and all of Django's own commands."""

# mypy: disable-error-code="import-untyped"
import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskboard.settings")
    execute_from_command_line(sys.argv)
