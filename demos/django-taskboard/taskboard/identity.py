"""Which demo this is; its settings come from the environment."""

from pathlib import Path

from demokit.demo import Demo

from taskboard.cassandra_models import MODELS

MANAGE = Path(__file__).parents[1] / "manage.py"
demo = Demo(str(MANAGE), promise="the board in SQLite, its history in Cassandra", models=MODELS, port=8003)
