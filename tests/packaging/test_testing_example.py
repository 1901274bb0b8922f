"""The example of the pytest plugin works where only the wheel is installed, alone and on several workers."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, fresh_python, run

EXAMPLE = ROOT / "docs/examples/testing"
PASSED = 4

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel and its extras; skips where no registry can be asked."""
    wanted = (f"{wheel}[cassandra,testing,embedded]", "anyio", "pytest-xdist")
    return fresh_python(tmp_path_factory.mktemp("fresh"), "anyio", *wanted)


@pytest.mark.parametrize("arguments", [(), ("-n", "2")], ids=["alone", "two workers"])
def test_its_tests_pass_on_the_wheel(python: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    folder = tmp_path / "notes"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
    own = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "PYTHON", "COODIE_HOSTS"))
    }
    done = run(python, "-m", "pytest", "--coodie-server=embedded", *arguments, cwd=folder, env=own)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{PASSED} passed" in done.stdout
    assert "coodie server: Cassandra 5.0.9" in done.stdout
