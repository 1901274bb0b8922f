"""What every demo of the family has alike: files, targets, flags, palette, headings and links of its README."""

import inspect
import re
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from demokit.family import PORTS
from demokit.pages import STATIC

from coodie import aio, sync
from coodie.cql.ddl import index as index_ddl
from coodie.cql.ddl import table as table_ddl
from coodie.cql.ddl import view as view_ddl
from coodie.schema.inspect import table_of
from coodie.schema.view import view_of
from tests.demo_family import DEMOS, MODELS, NAMES

LIMITS = {"models.py": 80, "cassandra_models.py": 80, "main.py": 150, "app.py": 150, "seed.py": 80}
LONG = ("argus-tracker", "migration-guide")
TARGETS = ("help", "db-up", "db-down", "seed", "run", "clean", "test")
PALETTE = {
    "bg": "#0f172a",
    "surface": "#1e293b",
    "border": "#334155",
    "text": "#e2e8f0",
    "accent": "#38bdf8",
    "success": "#34d399",
    "danger": "#f87171",
}
HEADINGS = [
    "What you will see",
    "Quick start",
    "With curl",
    "The model",
    "The CQL it becomes",
    "What to try",
    "What to read next",
]


def make(name: str, *arguments: str) -> str:
    command = ["make", "-C", str(DEMOS / name), "--no-print-directory", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("file", ["Makefile", "README.md", "pyproject.toml", "seed.py"])
def test_a_demo_is_complete(name: str, file: str) -> None:
    assert (DEMOS / name / file).is_file()
    assert any((DEMOS / name / main).is_file() for main in ("main.py", "app.py", "manage.py"))
    assert any((DEMOS / name / models).is_file() for models in MODELS)


@pytest.mark.parametrize("name", NAMES)
def test_app_code_stays_thin(name: str) -> None:
    for path in (DEMOS / name).rglob("*.py"):
        limit = 250 if name in LONG else LIMITS.get(path.name, 150)
        assert len(path.read_text(encoding="utf-8").splitlines()) < limit, path


@pytest.mark.parametrize("name", NAMES)
def test_a_makefile_is_variables_and_one_include(name: str) -> None:
    lines = (DEMOS / name / "Makefile").read_text(encoding="utf-8").split("\n")
    assert lines[-2:] == ["include ../demo.mk", ""]
    assert all(re.fullmatch(r"[A-Z]+ \?= .*|#.*|", line) for line in lines[:-2])


@pytest.mark.parametrize("name", NAMES)
def test_help_names_every_target_and_the_demos_own_port(name: str) -> None:
    said = make(name, "help", "VENV=none")
    assert f"127.0.0.1:{PORTS[name]}/" in said
    assert f"KEYSPACE={name.replace('-', '_')}" in said
    assert all(f"make {target} " in said for target in TARGETS)


@pytest.mark.parametrize("name", NAMES)
def test_run_starts_the_server_seeds_and_serves_in_this_order(name: str) -> None:
    planned = make(
        name, "-n", "run", "VENV=/venv", "PORT=9000", "KEYSPACE=mine", "COUNT=5", "SEED=3", "FEED=a b.csv"
    )
    lines = planned.strip().splitlines()
    assert lines[0] == "/venv/bin/python -m demokit up"
    assert lines[1] == "/venv/bin/python seed.py --count 5 --seed 3 --feed 'a b.csv'"
    assert lines[2].startswith("exec /venv/bin/python -m demokit run /venv/bin/python")
    assert re.search(r"(--port |:)9000\b", lines[2])


@pytest.mark.parametrize("name", NAMES)
def test_an_environment_that_somebody_names_is_left_alone(name: str) -> None:
    assert "pip" not in make(name, "-n", "run", "VENV=/venv")


@pytest.mark.parametrize("name", NAMES)
def test_dependencies_are_among_the_pinned(name: str) -> None:
    files = [DEMOS.parent / "requirements" / file for file in ("dev.txt", "transformers.txt")]
    pinned = "".join(file.read_text(encoding="utf-8") for file in files)
    for folder in (DEMOS / name, DEMOS / "_kit"):
        project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        extras = project.get("optional-dependencies", {})
        for requirement in [*project["dependencies"], *(one for extra in extras.values() for one in extra)]:
            package = re.match(r"[\w-]+", requirement)
            assert package
            assert package[0] in {"coodie", "demokit"} or re.search(rf"^{package[0]}==", pinned, re.MULTILINE)


def test_a_readme_has_what_its_reader_needs(demo: SimpleNamespace) -> None:
    readme = (demo.folder / "README.md").read_text(encoding="utf-8")
    found = re.findall(r"^## (.*)$", readme, re.MULTILINE)
    assert [
        heading.removesuffix("s") if heading.startswith("The model") else heading for heading in found
    ] == HEADINGS
    assert re.search(r"^1\. `cd demos/.*`\n2\. `make run`\n3\. Open http://127", readme, re.MULTILINE)
    assert f"http://127.0.0.1:{PORTS[demo.name]}/" in readme
    assert (demo.folder / re.findall(r"!\[.*\]\((.*)\)", readme)[0]).is_file()


def test_a_readme_shows_the_models_as_they_are_and_the_cql_that_they_become(demo: SimpleNamespace) -> None:
    readme = (demo.folder / "README.md").read_text(encoding="utf-8")
    for model in demo.models.MODELS:
        assert inspect.getsource(model).rstrip() in readme
        for statement in ddl(model, demo.name.replace("-", "_")):
            assert statement + ";" in readme


def ddl(model: Any, keyspace: str) -> list[str]:
    """The statements that make a table with the columns of its whole family, or a view."""
    if issubclass(model, aio.MaterializedView | sync.MaterializedView):
        return [view_ddl.create_view(view_of(model), keyspace).text]
    table = table_of(model)
    whole = replace(table, columns=table.read_columns)
    made = [table_ddl.create_table(whole, keyspace)]
    return [
        shape.text
        for shape in (*made, *(index_ddl.create_index(table, keyspace, one) for one in table.indexes))
    ]


@pytest.mark.parametrize("readme", [DEMOS / "README.md", *(DEMOS / name / "README.md" for name in NAMES)])
def test_links_of_a_readme_lead_somewhere(readme: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", readme.read_text(encoding="utf-8")):
        assert (readme.parent / target).exists(), target


def test_the_index_lists_every_demo() -> None:
    index = (DEMOS / "README.md").read_text(encoding="utf-8")
    for name in NAMES:
        assert f"| [{name}]({name}/README.md) | http://127.0.0.1:{PORTS[name]}/ |" in index


def test_the_kit_tells_the_port_and_the_keyspace_of_the_whole_family() -> None:
    told = (DEMOS / "_kit/README.md").read_text(encoding="utf-8")
    for name, port in PORTS.items():
        assert f"| {port} | {name} | {name.replace('-', '_')} |" in told


@pytest.mark.parametrize("name", NAMES)
def test_a_demo_listens_where_the_family_says(name: str) -> None:
    makefile = (DEMOS / name / "Makefile").read_text(encoding="utf-8")
    assert f"PORT ?= {PORTS[name]}\n" in makefile
    [main] = [path for path in (DEMOS / name).rglob("*.py") if " = Demo(" in path.read_text(encoding="utf-8")]
    assert f"port={PORTS[name]}" in main.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("folder", "file", "version"),
    [
        ("demos/_kit/demokit/static", "htmx.min.js", 'version:"2.0.11"'),
        ("demos/_kit/demokit/static", "uplot.min.js", "(v1.6.32)"),
        ("steps", "axe.min.js", "axe v4.14.1"),
    ],
)
def test_vendored_code_has_its_licence_and_version_beside_it(folder: str, file: str, version: str) -> None:
    vendor = DEMOS.parent / folder / "vendor"
    listed = (vendor / "README.md").read_text(encoding="utf-8")
    for path in vendor.glob("*.js"):
        assert re.search(rf"^\| `{re.escape(path.name)}`[,\s]", listed, re.MULTILINE)
        assert (vendor / f"{path.name.split('.')[0]}.LICENSE").is_file()
    assert version in (vendor / file).read_text(encoding="utf-8")


def test_the_command_tells_of_its_three_options(demo: SimpleNamespace) -> None:
    result = CliRunner().invoke(demo.seed.seed, ["--help"])
    assert result.exit_code == 0
    assert all(option in result.output for option in ("--count", "--seed", "--feed"))


def test_the_dark_theme_is_the_familys_palette() -> None:
    css = (STATIC / "theme.css").read_text(encoding="utf-8")
    dark = dict(re.findall(r"--([\w-]+): light-dark\(#\w{6}, (#\w{6})\)", css))
    assert {name: dark[name] for name in PALETTE} == PALETTE
