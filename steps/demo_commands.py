"""Commands that somebody runs in a demo's folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pytest_bdd import given, parsers, then, when

from steps.demo_app import introduced

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coodie.livingdoc.attach import LivingDoc
    from steps.demo_app import DemoApp, DemoApps


@given(
    parsers.re(r'the demo "(?P<name>[\w-]+)" runs with (?P<setting>[A-Z]+=\w+)'), target_fixture="demo_app"
)
def demo_runs_with(demo_apps: DemoApps, livingdoc: LivingDoc, name: str, setting: str) -> DemoApp:
    """Start the demo by `make run NAME=value`."""
    return introduced(demo_apps.get(name, setting), livingdoc)


@when(parsers.re(r"the demo is ended and started again with(?P<out>out)? (?P<setting>[A-Z]+(?:=\w+)?)"))
def restart_with(demo_app: DemoApp, out: str | None, setting: str) -> None:
    """End the app, and `make run` it on the same keyspace with a setting, or without one that it had."""
    name = setting.partition("=")[0]
    kept = (each for each in demo_app.settings if each.partition("=")[0] != name)
    demo_app.stop()
    demo_app.settings = tuple(kept) if out else (*kept, setting)
    demo_app.start()


@given(parsers.parse("somebody else drops its table {table}"))
def drops_table(demo_app: DemoApp, livingdoc: LivingDoc, table: str) -> None:
    """Drop a table under the running app, from a terminal."""
    statement = f"DROP TABLE {demo_app.keyspace}.{table}"
    words = [str(Path(sys.executable).with_name("coodie")), "server", "cql", statement]
    done = ran(demo_app, livingdoc, f'coodie server cql "{statement}"', words)
    assert done.returncode == 0, done.stdout + done.stderr


@when(
    parsers.re(r"somebody runs manage\.py (?P<arguments>[\w -]+?)(?: with (?P<setting>\w+=\w+))?"),
    target_fixture="fed",
)
def runs_manage(
    demo_app: DemoApp, livingdoc: LivingDoc, arguments: str, setting: str | None
) -> subprocess.CompletedProcess[str]:
    """Run a command of Django's against the running app's keyspace, or with another setting."""
    chosen = dict(each.split("=", 1) for each in (*demo_app.settings, *filter(None, [setting])))
    words = [sys.executable, "manage.py", *arguments.split()]
    return ran(demo_app, livingdoc, f"manage.py {arguments}", words, chosen)


@when(parsers.parse("somebody runs {program}.py in its folder"), target_fixture="fed")
def runs_program(demo_app: DemoApp, livingdoc: LivingDoc, program: str) -> subprocess.CompletedProcess[str]:
    """Run one of the demo's own programs, its environment as it is."""
    words = [sys.executable, f"{program}.py"]
    done = ran(demo_app, livingdoc, f"python {program}.py", words, {"COLUMNS": "100"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@then("it says")
def it_says(fed: subprocess.CompletedProcess[str], docstring: str) -> None:
    """Compare what the command wrote."""
    assert fed.stdout.strip() == docstring


def ran(
    app: DemoApp,
    livingdoc: LivingDoc,
    title: str,
    words: list[str],
    more: Mapping[str, str] | None = None,
    seconds: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Run a command in the demo's folder, with its environment and more, and show what it wrote."""
    done = subprocess.run(  # noqa: S603 - coodie's own command, or the demo's
        words,
        cwd=app.folder,
        env={**app.environment, **(more or {})},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    livingdoc.attach_text(title, done.stdout + done.stderr)
    return done
