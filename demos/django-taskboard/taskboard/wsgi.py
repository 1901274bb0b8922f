"""For servers that want a WSGI application: `gunicorn taskboard.wsgi`."""

# mypy: disable-error-code="import-untyped"
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taskboard.settings")
application = get_wsgi_application()
