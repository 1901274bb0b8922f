"""The wheel, built once for all tests of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, check=False, **options
    )  # type: ignore[call-overload]


@pytest.fixture(scope="session")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is tracked, so that building neither reads nor leaves anything beside it."""
    folder = tmp_path_factory.mktemp("sources")
    listed = run("git", "ls-files", "-z", cwd=ROOT).stdout.split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    # What git does not know must not get in.
    (folder / "coodie" / "__pycache__").mkdir(exist_ok=True)
    (folder / "coodie" / "__pycache__" / "stale.cpython-311.pyc").write_bytes(b"")
    return folder


@pytest.fixture(scope="session")
def wheel(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built with what is installed here and no network."""
    folder = tmp_path_factory.mktemp("dist")
    nowhere = {"HTTP_PROXY": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9", "PIP_NO_INDEX": "1"}
    done = run(
        *(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, sources),
        env=os.environ | nowhere,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (built,) = folder.glob("*.whl")
    return built


def fresh_python(folder: Path, asked: str, *wanted: str) -> Path:
    """Return the interpreter of a fresh environment with packages; skip where no registry can be asked for `asked`."""
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    download = run(python, *"-m pip download --quiet --no-deps".split(), asked, "-d", folder / "asked")
    if download.returncode:
        pytest.skip(f"the package registry cannot be asked: {download.stderr.strip()[-200:]}")
    done = run(python, "-m", "pip", "install", "--quiet", *wanted)
    assert done.returncode == 0, done.stdout + done.stderr
    return python
