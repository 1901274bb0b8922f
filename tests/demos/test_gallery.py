import asyncio
from pathlib import Path

import pytest
from demokit.family import PORTS
from demokit.gallery import children
from demokit.gallery.children import Child

from tests.demo_family import NAMES

URL = "http://127.0.0.1:1/"


def test_the_gallery_finds_every_demo_in_the_order_of_the_family() -> None:
    found = children.found()
    assert [child.name for child in found] == [name for name in PORTS if name in NAMES]
    assert {child.name: child.port for child in found} == {name: PORTS[name] for name in NAMES}
    assert all(child.description for child in found)


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, recipe in {"broken": "echo no server here; exit 4", "patient": "echo hello; sleep 60"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "Makefile").write_text(f"run:\n\t@{recipe}\n")
    monkeypatch.setattr(children, "DEMOS", tmp_path)
    return tmp_path


async def until(child: Child, *states: str) -> None:
    async with asyncio.timeout(20):
        while child.state not in states:
            await asyncio.sleep(0.05)
            await child.look()


def test_nothing_starts_before_somebody_wants_it(toys: Path) -> None:
    child = Child("patient", "", 1)

    async def watch() -> None:
        async with children.family([child], URL, toys / "logs") as family:
            await family.look()
            assert (child.state, child.ours, family.log("patient")) == ("off", False, "")

    asyncio.run(watch())


def test_a_demo_that_does_not_start_is_shown_as_failed_and_its_log_says_why(toys: Path) -> None:
    child = Child("broken", "", 1)

    async def watch() -> None:
        async with children.family([child], URL, toys / "logs") as family:
            family.start("broken")
            await until(child, "failed")
            assert "no server here" in family.log("broken")

    asyncio.run(watch())


def test_they_start_one_after_another_and_end_with_the_gallery(toys: Path) -> None:
    first, second = Child("patient", "", 1), Child("broken", "", 2)

    async def leave() -> None:
        async with children.family([first, second], URL, toys / "logs") as family:
            family.start("patient", "broken")
            await until(first, "starting")
            assert second.state == "waiting"
            async with asyncio.timeout(20):
                while not first.ours:  # noqa: ASYNC110 - a process has no event
                    await asyncio.sleep(0.05)
            process = first.process
        assert process
        assert process.returncode not in {None, 0}

    asyncio.run(leave())
    assert not first.ours


def test_one_can_be_ended_and_is_off_then(toys: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child, asked = Child("patient", "", 1), []

    async def answers(_child: Child) -> bool:
        asked.append(_child.ours)
        return _child.ours

    monkeypatch.setattr(Child, "answers", answers)

    async def watch() -> None:
        async with children.family([child], URL, toys / "logs") as family:
            family.start("patient")
            await until(child, "ready")
            assert child.ours
            await family.end("patient")
            await family.look()
            assert (child.state, child.ours) == ("off", False)

    asyncio.run(watch())


def test_a_demo_that_somebody_else_has_started_is_ready_and_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child("patient", "", 1)

    async def answers(_child: Child) -> bool:
        return True

    monkeypatch.setattr(Child, "answers", answers)
    asyncio.run(child.look())
    assert (child.state, child.ours) == ("ready", False)
