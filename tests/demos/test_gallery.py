import asyncio
from pathlib import Path

import pytest
from demokit.gallery import children
from demokit.gallery.children import Child

from tests.demos.conftest import NAMES


def test_the_gallery_finds_every_demo_in_the_order_of_its_port() -> None:
    found = children.found()
    assert sorted(child.name for child in found) == NAMES
    assert [child.port for child in found] == sorted(child.port for child in found)
    assert all(
        child.description and child.has_api == (children.DEMOS / child.name / "main.py").is_file()
        for child in found
    )


def test_a_demo_that_does_not_start_is_shown_as_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "Makefile").write_text("run:\n\t@echo no server here; exit 4\n")
    monkeypatch.setattr(children, "DEMOS", tmp_path)
    child = Child("broken", "", 1, has_api=False)

    async def watch() -> None:
        async with children.started([child], "http://127.0.0.1:1/", tmp_path / "logs"), asyncio.timeout(20):
            while child.shown in {"waiting", "starting"}:  # noqa: ASYNC110 - a process has no event
                await asyncio.sleep(0.05)

    asyncio.run(watch())
    assert child.shown == "ended"
    assert "no server here" in (tmp_path / "logs/broken.log").read_text()


def test_the_demos_end_with_the_gallery(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "patient"
    folder.mkdir()
    (folder / "Makefile").write_text("run:\n\t@sleep 60\n")
    monkeypatch.setattr(children, "DEMOS", tmp_path)
    child = Child("patient", "", 1, has_api=False)

    async def leave() -> None:
        async with children.started([child], "http://127.0.0.1:1/", tmp_path / "logs"), asyncio.timeout(20):
            while child.process is None:  # noqa: ASYNC110 - a process has no event
                await asyncio.sleep(0.05)

    asyncio.run(leave())
    assert child.process
    assert child.process.returncode not in {None, 0}
