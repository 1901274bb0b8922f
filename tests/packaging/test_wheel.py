"""The wheel: built without a network, holding what it must and nothing else, importable where nothing else is."""

from __future__ import annotations

import email
import os
import subprocess
import sys
import tomllib
import zipfile
from email.message import Message
from pathlib import Path

import pytest

import coodie
from tests.packaging.conftest import ROOT, run

MUST_HOLD = {
    "coodie/__init__.py",
    "coodie/py.typed",
    "coodie/sync/document.py",
    "coodie/aio/document.py",
    "coodie/cql/ddl/table.py",
    "coodie/drivers/cassandra.py",
    "coodie/testing/plugin.py",
    "coodie/livingdoc/plugin.py",
    "coodie/cli/main.py",
}
# What may stand in the package beside Python: data that the code reads.
DATA_ENDINGS = {
    ".py",
    ".typed",
    ".tsv",
    ".yaml",
    ".yml",
    ".css",
    ".js",
    ".html",
    ".jinja",
    ".txt",
    ".svg",
    ".md",
    ".json",
}


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if not name.endswith("/")}


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
        return email.message_from_bytes(archive.read(name))


@pytest.fixture(scope="module")
def target(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel installed, alone."""
    folder = tmp_path_factory.mktemp("target")
    done = run(
        *(sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--no-compile", "--quiet"),
        *("--target", folder, wheel),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


class TestContents:
    def test_hold_what_they_must(self, names):
        assert names >= MUST_HOLD
        assert any(name.endswith("jars.tsv") for name in names)
        assert any(name.endswith("/compose.yaml") for name in names)
        assert {"coodie/livingdoc/assets/viewer.css", "coodie/livingdoc/assets/viewer.js"} <= names

    def test_hold_every_tracked_file_of_the_package(self, names, sources):
        tracked = run("git", "ls-files", "coodie", cwd=ROOT).stdout.split("\n")
        expected = {name for name in tracked if name and (sources / name).is_file()}
        assert expected - names == set()

    def test_hold_nothing_else(self, names, wheel):
        information = "-".join(wheel.name.split("-")[:2]) + ".dist-info/"
        strangers = {name for name in names if not name.startswith(("coodie/", information))}
        assert strangers == set()
        odd = {name for name in names if name.startswith("coodie/") and Path(name).suffix not in DATA_ENDINGS}
        assert odd == set()
        assert not {name for name in names if "__pycache__" in name or "test_" in Path(name).name}

    def test_are_small(self, wheel):
        assert wheel.stat().st_size < 1_000_000

    def test_carry_the_licence(self, names, metadata):
        assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
        assert metadata["License-Expression"] == "Apache-2.0"
        assert metadata.get_all("License-File") == ["LICENSE"]


class TestMetadata:
    def test_the_version_is_that_of_the_module(self, metadata, wheel):
        assert metadata["Version"] == coodie.__version__
        assert wheel.name == f"coodie-{coodie.__version__}-py3-none-any.whl"

    def test_only_pydantic_is_required(self, metadata):
        requirements = metadata.get_all("Requires-Dist") or []
        plain = [each for each in requirements if "extra ==" not in each]
        assert plain == ["pydantic>=2.7"]

    def test_every_extra_is_there(self, metadata):
        declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
        assert set(metadata.get_all("Provides-Extra") or []) == set(declared)
        assert {"cassandra", "scylla", "embedded", "testing", "livingdoc"} <= set(declared)

    def test_python_and_description(self, metadata):
        assert metadata["Requires-Python"] == ">=3.11"
        assert metadata["Summary"]
        assert metadata["Description-Content-Type"] == "text/markdown"

    def test_entry_points_lead_somewhere(self, target, wheel):
        with zipfile.ZipFile(wheel) as archive:
            (name,) = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
            lines = [line for line in archive.read(name).decode().splitlines() if " = " in line]
        assert len(lines) >= 3
        for line in lines:
            module = line.partition(" = ")[2].partition(":")[0]
            path = target.joinpath(*module.split("."))
            assert path.with_suffix(".py").is_file() or path.joinpath("__init__.py").is_file(), line


# Runs in a fresh interpreter: only the wheel, what pydantic needs, and no driver.
ALONE = """
import importlib.abc, sys
BLOCKED = {"cassandra", "acsylla", "scylla", "pytest", "pytest_bdd", "rich", "docker", "testcontainers", "jgo", "yaml",
           "numpy", "markdown_it", "pygments", "hypothesis"}
class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in BLOCKED:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name.partition(".")[0])
sys.meta_path.insert(0, Absent())
"""


class TestInstalled:
    @staticmethod
    def python(target: Path, program: str) -> subprocess.CompletedProcess[str]:
        """Run a program that finds the wheel before everything else, and no environment of ours."""
        path = f"import sys; sys.path.insert(0, {str(target)!r})\n"
        clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "COODIE"))}
        return run(
            sys.executable, "-P", "-W", "error", "-c", path + ALONE + program, cwd=target.parent, env=clean
        )

    def test_imports_with_no_driver_and_is_the_wheel(self, target):
        program = (
            "import coodie, coodie.sync, coodie.aio, coodie.drivers, coodie.schema, coodie.types, coodie.fields\n"
            "print(coodie.__file__)\nprint(coodie.__version__)\n"
            "print(sorted({name.partition('.')[0] for name in sys.modules} & BLOCKED))"
        )
        done = self.python(target, program)
        assert done.returncode == 0, done.stderr
        file, version, loaded = done.stdout.splitlines()
        assert Path(file).is_relative_to(target)
        assert version == coodie.__version__
        assert loaded == "[]"

    def test_every_public_name_is_there(self, target):
        program = (
            "import coodie, coodie.sync, coodie.aio\n"
            "for module in (coodie, coodie.sync, coodie.aio):\n"
            "    for name in module.__all__:\n        getattr(module, name)\n"
            "    assert sorted(module.__all__) == sorted(set(module.__all__)), module\n"
        )
        done = self.python(target, program)
        assert done.returncode == 0, done.stderr

    @pytest.mark.parametrize(("driver_type", "extra"), [("scylla", "scylla"), ("cassandra", "cassandra")])
    def test_connecting_without_a_driver_names_the_extra(self, target, driver_type, extra):
        program = (
            "from coodie.sync import init_coodie\n"
            f"try:\n    init_coodie(['127.0.0.1'], driver_type={driver_type!r})\n"
            "except ImportError as error:\n    print(error)\n"
        )
        done = self.python(target, program)
        assert done.returncode == 0, done.stderr
        assert f"coodie[{extra}]" in done.stdout
        assert "'cassandra'" in done.stdout

    def test_models_and_statements_need_no_driver(self, target):
        program = (
            "from typing import Annotated\n"
            "from coodie.sync import Document\nfrom coodie import PrimaryKey\n"
            "class User(Document):\n    id: Annotated[int, PrimaryKey()]\n"
            "print(User.find(id=1).explain().cql)\n"
        )
        done = self.python(target, program)
        assert done.stdout.strip() == 'SELECT "id" FROM "user" WHERE "id" = ?', done.stderr

    def test_the_command_explains_itself_without_extras(self, target):
        program = "from coodie.cli.main import main\nsys.argv = ['coodie', '--help']\nmain()"
        done = self.python(target, program)
        assert done.returncode == 0, done.stderr
        assert "usage: coodie" in done.stdout
