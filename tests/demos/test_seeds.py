from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner
from demokit import database, feeds, seeding


def table_of(row: Any) -> object:
    """Several classes may share a table; Django's rows have none of coodie's."""
    return row.table_name() if hasattr(row, "table_name") else type(row)


def test_the_same_numbers_give_the_same_rows(demo: SimpleNamespace) -> None:
    assert demo.seed.generate(20, 7) == demo.seed.generate(20, 7)
    assert demo.seed.generate(20, 7) != demo.seed.generate(20, 8)
    assert demo.seed.generate(0, 7) == []


def test_rows_of_another_count_are_other_rows(demo: SimpleNamespace) -> None:
    table = table_of(demo.seed.generate(5, 7)[0])
    few = {one.id for one in demo.seed.generate(5, 7) if table_of(one) == table}
    more = {one.id for one in demo.seed.generate(9, 7) if table_of(one) == table}
    assert (len(few), len(more), few & more) == (5, 9, set())


def test_the_feed_beside_the_demo_is_good_and_the_broken_one_is_not(demo: SimpleNamespace) -> None:
    broken = next(demo.folder.glob("*-broken.csv"))
    good = broken.with_name(broken.name.replace("-broken", ""))
    reader = demo.seed.READER
    found = feeds.read(good, reader.columns, reader.parse)
    assert found.documents
    assert not found.rejected
    found = feeds.read(broken, reader.columns, reader.parse)
    assert found.documents
    assert len(found.rejected) >= 3
    assert all(one.line > 1 and one.reason for one in found.rejected)


@pytest.mark.parametrize("arguments", [["--count", "many"], ["--count", "-1"], ["--feed", "nowhere.csv"]])
def test_an_argument_that_cannot_work_is_refused(demo: SimpleNamespace, arguments: list[str]) -> None:
    assert CliRunner().invoke(demo.seed.seed, arguments).exit_code == 2


def test_without_a_server_the_remedy_is_said(
    demo: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("COODIE_STATE_DIR", str(tmp_path))
    monkeypatch.delenv("COODIE_HOSTS", raising=False)
    result = CliRunner().invoke(demo.seed.seed, ["--count", "1"])
    assert result.exit_code == seeding.FAILED
    assert "make db-up" in result.output


def test_ctrl_c_says_how_to_go_on(demo: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(seeding, "_write", interrupted)
    result = CliRunner().invoke(demo.seed.seed, ["--count", "1"])
    assert result.exit_code == seeding.INTERRUPTED
    assert "run it again" in result.output


def test_what_adds_up_is_emptied_before_the_first_row(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done: list[object] = []

    @asynccontextmanager
    async def no_server(_demo: object) -> AsyncIterator[None]:
        done.append("tables")
        yield

    async def empty() -> None:
        done.append("emptied")

    monkeypatch.setattr(database, "connected", no_server)
    command = seeding.seed_command(
        str(tmp_path / "toy/seed.py"),
        (),
        lambda count, _: list(range(count)),
        reader=seeding.Reader((), lambda _: []),
        save=done.append,
        before=empty,
    )
    assert CliRunner().invoke(command, ["--count", "2"]).exit_code == 0
    assert done == ["tables", "emptied", 0, 1]
