"""`coodie convert`: what it writes compiles, stands under formatters, and equals the tables that cqlengine made."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coodie.cli.main import main
from coodie.codegen.cqlengine.columns import _COLLECTIONS, _SCALARS
from coodie.codegen.cqlengine.convert import convert

if TYPE_CHECKING:
    from coodie.server import Server

PROGRAM = Path(__file__).with_name("cqlengine_program")
# Makes the tables in a process of its own: cqlengine's connection is one for the whole process.
MAKER = """
import sys, warnings
warnings.simplefilter("ignore")
from cassandra.cqlengine import connection, management
import models
connection.setup([sys.argv[1]], sys.argv[3], port=int(sys.argv[2]), protocol_version=4)
for model in (models.EveryType, models.Person, models.PageView, models.Pet, models.Cat, models.Dog):
    management.sync_table(model)
models.Person.create(first_name="Ada", tags={"poet"}, facts={"born": "1815"}, history=["a", "b"])
models.Cat.create(owner="ada", name="Tom", kind="cat", cuteness=0.5)
"""
READER = """
import sys, warnings
from coodie.sync import init_coodie
import models
init_coodie([f"{sys.argv[1]}:{sys.argv[2]}"], keyspace=sys.argv[3], driver_type="cassandra")
person = models.Person.find().first()
print(person.full_name, person.tags, person.facts, person.history, person.status)
print([f"{type(pet).__name__} {pet.name} {pet.cuteness}" for pet in models.Pet.find(owner="ada")])
models.EveryType.find().all(), models.PageView.find().all()
"""


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("converted")
    assert main(["convert", str(PROGRAM / "models.py"), str(PROGRAM / "program.py"), "-o", str(folder)]) == 0
    return folder


def run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_program_has_every_type_and_option_of_cqlengine() -> None:
    from cassandra.cqlengine import columns  # noqa: PLC0415 - warns when it is imported

    kinds = {
        name
        for name, kind in vars(columns).items()
        if isinstance(kind, type) and issubclass(kind, columns.Column) and not name.startswith(("_", "Base"))
    } - {"Column"}
    assert kinds == {*_SCALARS, *_COLLECTIONS, "Tuple", "UserDefinedType"}
    text = (PROGRAM / "models.py").read_text()
    assert {kind for kind in kinds if f"columns.{kind}(" not in text} == set()
    options = re.findall(r"^                 (\w+)=", _signature(columns.Column), re.MULTILINE)
    assert len(options) > 8
    assert {option for option in options if f"{option}=" not in text} == set()


def _signature(kind: type) -> str:
    import inspect  # noqa: PLC0415

    return inspect.getsource(vars(kind)["__init__"])


def test_the_tables_that_cqlengine_made_need_no_change_and_are_read(
    converted: Path, coodie_server: Server, coodie_keyspace: str
) -> None:
    place = [coodie_server.host, str(coodie_server.port), coodie_keyspace]
    run(PROGRAM, sys.executable, "-c", MAKER, *place)
    checked = run(
        converted, sys.executable, "-m", "coodie.cli.main", "sync", "models.py", "--check", "--json",
        "--hosts", str(coodie_server.address), "--keyspace", coodie_keyspace,
    )  # fmt: skip
    facts = json.loads(checked)
    assert facts["statements"] == []
    assert [each["drift"] for each in facts["objects"]] == [[]] * len(facts["objects"])
    assert [each["name"] for each in facts["objects"]] == ["every_type", "person", "page_views", "pet"]
    assert run(converted, sys.executable, "-W", "error", "-c", READER, *place).splitlines() == [
        "Ada None {'poet'} {'born': '1815'} ['a', 'b'] new",
        "['Cat Tom 0.5']",
    ]


def test_what_is_written_stands_under_formatters_and_linters(converted: Path) -> None:
    run(converted, sys.executable, "-m", "ruff", "format", "--isolated", "--check", ".")
    run(
        converted,
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--select",
        "F,I",
        ".",
        "--ignore",
        "F821",
    )


def test_comments_and_other_code_stay(converted: Path) -> None:
    text = (converted / "models.py").read_text()
    assert "# How a person may be." in text
    assert "# The key: two columns and two to sort by." in text
    assert "  # when it was written\n" in text
    assert "def next_number():\n    return 7\n" in text


def rewritten(body: str) -> str:
    """Convert statements that follow the program's imports and models."""
    known = """
        from cassandra import ConsistencyLevel
        from cassandra.cqlengine import columns, connection
        from cassandra.cqlengine.management import *
        from cassandra.cqlengine.models import Model
        from cassandra.cqlengine.query import BatchQuery, BatchType

        class M(Model):
            id = columns.Integer(primary_key=True)
            n = columns.Counter()
        """
    text = textwrap.dedent(known) + textwrap.dedent(body).strip() + "\n"
    converted = convert(text).source
    ast.parse(converted)
    return converted[converted.index("n: Annotated") :].partition("\n")[2].strip()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("M.objects", "M.find()"),
        ("M.objects()", "M.find()"),
        ("M.all()", "M.find()"),
        ("M.filter(id=1)", "M.find(id=1)"),
        ("M.objects(id=1).filter(n=2)", "M.find(id=1).filter(n=2)"),
        ("M.objects(id=1).get()", "M.find(id=1).get()"),
        ("M.objects.filter(M.id >= 3)", "M.find(id__gte=3)"),
        ("M.objects.distinct(['id'])", 'M.find().only("id").distinct()'),
        ("M.objects.create(id=1)", "M.create(id=1)"),
        ("M.consistency(ConsistencyLevel.ALL).create(id=1)", 'M(id=1).save(consistency="ALL")'),
        ("M.using(connection='c').create(id=1)", 'M.at(connection="c").create(id=1)'),
        ("x.timeout(5).save()", "x.save(timeout=5)"),
        ("x.batch(b).ttl(5).save()", "x.save(batch=b, ttl=5)"),
        ("x.iff(a=1, b=2).delete()", 'x.delete(if_conditions={"a": 1, "b": 2})'),
        ("other.filter(id=1).all()[0]", "other.filter(id=1).all()[0]"),
        ("now.timestamp()", "now.timestamp()"),
        ("q = M.objects.first()\nif q:\n    x = q[0]", "q = M.find().first()\nif q:\n    x = q[0]"),
        ("for q in M.objects:\n    x = q[0]", "for q in M.find():\n    x = q[0]"),
        ("f = lambda: M.objects.count()", "f = lambda: M.find().count()"),
        (
            "value = 0x1F + 1_000 if x in M.objects else '\\t'",
            'value = 0x1F + 1_000 if x in M.find() else "\\t"',
        ),
        ("y = await_(M.objects.first(), f'{x!r:>10}')", "y = await_(M.find().first(), f'{x!r:>10}')"),
    ],
)
def test_one_expression(before: str, after: str) -> None:
    assert rewritten(before) == after


@pytest.mark.parametrize(
    ("before", "said"),
    [
        ("M.objects[5]", "no positions"),
        ("q = M.objects(id=1)\nrow = q[0]", "no positions"),
        ("q = M.objects\ncount = len(q)", "no length"),
        ("if not M.objects(id=1):\n    pass", "no truth value"),
        ("there = x and bool(M.objects)", "no truth value"),
        ("M.objects(id=1).iff(n=1).update(n=2)", "takes no batch and no conditions"),
        ("x.n += 1", "increment(n=...)"),
        ("M.objects(id=1).update(n=1)", "document.increment(n=...)"),
        ("M.objects(id=1).limit(1).get()", "get() takes no limit()"),
        ("M.objects(id=1).order_by('n').count()", "count() takes no order_by()"),
        ("connection.execute('SELECT 1')", "binds ? markers"),
        ("BatchQuery(timestamp=now)", "microseconds"),
        ("BatchQuery(timeout=3)", "BatchQuery has no timeout"),
        ("x.timestamp(later).save()", "microseconds"),
        (
            "class N(Model):\n    id = columns.Integer(primary_key=True)\n    at = columns.Integer()",
            "at is called at_ here, for documents use that name themselves: rename it where the program says it, too",
        ),
    ],
)
def test_what_needs_a_person_is_marked(before: str, said: str) -> None:
    assert said in re.sub(r"\n\s*#  ", "", rewritten(before))


def test_a_comment_inside_a_statement_moves_above_it() -> None:
    found = rewritten("x = M.objects.filter(\n    id=1,  # the first\n    n=2,\n)")
    assert found == "# the first\nx = M.find(id=1, n=2)"


def test_what_is_no_python_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "old.py").write_text("x = 1\nprint 'hello'\n")
    assert main(["convert", str(tmp_path / "old.py")]) == 1
    assert "old.py, line 2: " in capsys.readouterr().err


def test_a_program_without_cqlengine_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "plain.py"
    plain.write_text("x  =  1\n")
    assert main(["convert", str(plain), "--in-place"]) == 0
    assert plain.read_text() == "x  =  1\n"
    assert "nothing of cqlengine" in capsys.readouterr().err


def test_programs_get_sources_and_notes_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["convert", str(PROGRAM / "models.py"), "--json"]) == 0
    facts: dict[str, Any] = json.loads(capsys.readouterr().out)
    (file,) = facts["files"]
    assert file["models"][:2] == ["Geo", "Address"]
    assert facts["notes"] == len(file["notes"]) == 5
