"""The family in its order: which demos there are, and the port of each."""

from __future__ import annotations

from typing import Final

GALLERY: Final = 8000
NAMES: Final = (
    "fastapi-catalog",
    "flask-blog",
    "django-taskboard",
    "ttl-sessions",
    "realtime-counters",
    "lwt-user-registry",
    "batch-importer",
    "collections-tags",
    "materialized-views",
    "timeseries-iot",
    "polymorphic-cms",
    "vector-search",
    "argus-tracker",
    "migration-guide",
)
PORTS: Final = {name: GALLERY + place for place, name in enumerate(NAMES, 1)}
