"""Where a run happened: interpreter, platform, revision, and what the steps said about server and drivers."""

from __future__ import annotations

import platform
import shutil
import subprocess
import tomllib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from coodie.livingdoc.records import Case


def describe(root: Path, cases: Iterable[Case]) -> dict[str, str]:
    """Return the facts in the order in which the page shows them; several values of one are joined by commas."""
    facts: dict[str, list[str]] = {}
    for case in cases:
        for key, values in case["meta"].items():
            known = facts.setdefault(key, [])
            known.extend(value for value in values if value not in known)
    own = {
        **_project(root),
        "python": f"{platform.python_implementation()} {platform.python_version()}",
        "platform": f"{platform.system()} {platform.machine()}",
        "revision": revision(root),
    }
    said = {key: ", ".join(sorted(values)) for key, values in facts.items()}
    return said | {key: value for key, value in own.items() if value}


def revision(root: Path) -> str:
    """Return the git revision of `root`, marked when files differ from it; empty where there is none."""
    git = shutil.which("git")
    if git is None:
        return ""
    command = [git, "-C", str(root), "describe", "--always", "--dirty", "--abbrev=10", "--exclude=*"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - fixed arguments
    return result.stdout.strip() if result.returncode == 0 else ""


def _project(root: Path) -> dict[str, str]:
    path = root / "pyproject.toml"
    table = tomllib.loads(path.read_text("utf-8")).get("project", {}) if path.exists() else {}
    return {"project": table.get("name", root.name), "about": table.get("description", "")}
