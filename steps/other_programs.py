"""Programs of their own, in a process of their own: what they share with the scenario is the server alone."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from pytest_bdd import when

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.world import World

LONGEST = 60


@when("another program runs")
def program_runs(world: World, livingdoc: LivingDoc, docstring: str) -> None:
    """Run a program against the scenario's keyspace; the result is what it printed."""
    environment = {"COODIE_HOSTS": str(world.server.address), "COODIE_KEYSPACE": world.workspace.keyspace}
    done = subprocess.run(  # noqa: S603 - a program of the feature's own
        [sys.executable, "-W", "error", "-c", docstring],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    livingdoc.attach_text("what it wrote", done.stdout + done.stderr)
    assert done.returncode == 0, done.stderr
    world.result = done.stdout.strip()
