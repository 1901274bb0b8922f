"""Django's settings; what differs from place to place comes from the environment.

| variable | default | meaning |
|---|---|---|
| `SECRET_KEY` | drawn at each start | signs sessions and forms |
| `TASKBOARD_DB` | `demos/.state/<keyspace>.sqlite3` | Django's own database |
| `TASKBOARD_PASSWORD` | `taskboard` | the password of the sample's people: ada, grace, linus |
"""

import os

from taskboard.identity import demo

DEMO = demo
SECRET_KEY = demo.settings.secret_key
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
ROOT_URLCONF = "taskboard.urls"
WSGI_APPLICATION = "taskboard.wsgi.application"
STATIC_URL = "static/"
TIME_ZONE = "UTC"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "demokit.django.Kit",
    "taskboard.apps.Taskboard",
    "tasks",
]
MIDDLEWARE = [
    "demokit.django.UnderTheHood",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("TASKBOARD_DB") or demo.settings.sqlite,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5},
    }
}

# All ports of a host share their cookies, and the kit's script sends the form's token in this header.
SESSION_COOKIE_NAME = "session_django_taskboard"
CSRF_COOKIE_NAME = "csrf_django_taskboard"
CSRF_HEADER_NAME = "HTTP_X_CSRF_TOKEN"
CSRF_FAILURE_VIEW = "demokit.django.refused"
