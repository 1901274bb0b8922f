"""`coodie inspect`: what it writes equals the keyspace, passes formatters and checkers, and says what it leaves out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coodie.cli.main import main
from coodie.codegen.models import write_models
from coodie.cqltype import parse_cql_type
from coodie.operations.introspection import LiveColumn, LiveIndex, LiveTable
from coodie.operations.keyspace_schema import LiveKeyspace

if TYPE_CHECKING:
    from coodie.server import Server

UNHASHABLE = "inside a set or as a key of a map has no hashable type in Python"
DEFINITIONS = Path(__file__).with_name("odd_keyspace.cql")


@pytest.fixture(scope="module")
def odd_keyspace(coodie_keyspace: str, coodie_cql: Any) -> str:
    """A keyspace with every type, option and odd name."""
    coodie_cql.set_keyspace(coodie_keyspace)
    for statement in DEFINITIONS.read_text().split(";\n"):
        if statement.strip():
            coodie_cql.execute(statement)
    return coodie_keyspace


@pytest.fixture
def place(coodie_server: Server, odd_keyspace: str) -> list[str]:
    return ["--hosts", str(coodie_server.address), "--keyspace", odd_keyspace]


@pytest.mark.parametrize("flavour", [[], ["--sync"]])
def test_any_keyspace_becomes_models_that_sync_to_nothing(
    place: list[str], flavour: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "written.py"
    assert main(["inspect", *place, *flavour, "-o", str(written)]) == 0
    said = capsys.readouterr()
    assert said.out == f"{written}: 15 classes; syncing them to {place[-1]} sends nothing\n"
    assert said.err.splitlines() == [
        "user type Odd Type2 is left out: coodie takes letters, digits and underscores",
        f"table every, column unhash: frozen<list<int>> {UNHASHABLE}; it is left out",
    ]
    # A process of its own sees it as any program would.
    command = [sys.executable, "-m", "coodie.cli.main", "sync", str(written), "--check", "--json", *place]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert json.loads(done.stdout)["statements"] == []
    assert done.returncode == 0, done.stderr
    for check in (
        ["ruff", "format", "--isolated", "--check"],
        ["ruff", "check", "--isolated", "--select", "I,F,UP"],
        ["mypy", "--strict", "--no-incremental"],
    ):
        judged = subprocess.run(
            [sys.executable, "-m", *check, written.name], cwd=tmp_path, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert judged.returncode == 0, judged.stdout + judged.stderr


def test_some_tables_bring_their_types_and_views_their_tables(
    place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "doc_view", *place]) == 0
    classes = [line for line in capsys.readouterr().out.splitlines() if line.startswith("class ")]
    assert classes == [
        "class Place(UserType):",
        "class CamelType(UserType):",
        "class DocumentTable(Document):",
        "class DocView(MaterializedView):",
    ]


def test_a_table_that_is_not_there_is_told_with_those_that_are(
    place: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", "nowhere", *place]) == 2
    assert "has no nowhere; it has 2fast, AB, CamelTable" in capsys.readouterr().err


def test_a_file_is_never_written_over(
    place: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "models.py"
    mine.write_text("mine")
    assert main(["inspect", *place, "-o", str(mine)]) == 2
    assert mine.read_text() == "mine"
    assert "is there already" in capsys.readouterr().err


def test_an_unknown_keyspace_is_told(coodie_server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", "--hosts", str(coodie_server.address), "--keyspace", "nowhere"]) == 1
    assert capsys.readouterr().err.startswith(
        "coodie: keyspace 'nowhere' does not exist: make it with coodie sync"
    )


def scylla(**indexes: LiveIndex) -> str:
    """Write a table as ScyllaDB describes one, of which no server runs here."""
    columns = {
        name: LiveColumn(name, kind, 0 if kind == "partition_key" else -1, parse_cql_type(cql), "NONE")
        for name, kind, cql in (
            ("id", "partition_key", "uuid"),
            ("lang", "regular", "text"),
            ("v", "regular", "vector<float, 3>"),
        )
    }
    options = {
        "caching": {"keys": "ALL", "rows_per_partition": "ALL"},
        "compaction": {"class": "IncrementalCompactionStrategy"},
        "compression": {"sstable_compression": "org.apache.cassandra.io.compress.LZ4Compressor"},
        "speculative_retry": "99.0PERCENTILE",
    }
    table = LiveTable(columns, indexes, options)
    return write_models(LiveKeyspace("k", {"doc": table}, {}, {})).source


def test_what_scylladb_chooses_by_itself_is_not_written() -> None:
    assert "__options__" not in scylla()


def test_a_local_index_of_scylladb() -> None:
    index = LiveIndex("doc_lang_idx", '{"pk":["id"],"ck":["lang"]}', None, {})
    assert 'lang: Annotated[str | None, Indexed(using="local")] = None' in scylla(doc_lang_idx=index)


def test_a_vector_index_of_scylladb() -> None:
    options = {"similarity_function": "dot_product", "rescoring": "true", "oversampling": "2.5"}
    index = LiveIndex("near", '{"tc":"v","pk":["id"],"fc":["lang"]}', "vector_index", options)
    assert scylla(near=index).partition("VectorIndex(\n")[2].partition("\n    ]")[0].split() == [
        'similarity_function="DOT_PRODUCT",',
        'index_name="near",',
        "local=True,",
        'filter_columns=["lang"],',
        "oversampling=2.5,",
        "rescoring=True,",
        "),",
    ]
