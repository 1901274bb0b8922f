"""The gallery's pages, asked without a server; what it starts and ends is tested beside."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from demokit.gallery import __main__ as gallery
from demokit.gallery.children import Child, Family, found

HTML = {"Accept": "text/html"}


@pytest.fixture
def family(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Family]:
    async def silent(_child: Child) -> bool:
        return False

    monkeypatch.setattr(Child, "answers", silent)
    held = Family(found(), "http://127.0.0.1:1/", tmp_path)
    gallery.held[:] = [held]
    yield held
    gallery.held.clear()


def ask(path: str, method: str = "GET") -> httpx.Response:
    async def answer() -> httpx.Response:
        transport = httpx.ASGITransport(gallery.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://testserver") as client:
            return await client.request(method, path, headers=HTML)

    return asyncio.run(answer())


def test_a_card_for_each_demo_leads_to_what_there_is_before_it_runs(family: Family) -> None:
    page = ask("/").text
    assert f"0 of {len(family.children)} run" in page
    for child in family.children.values():
        assert f"Start {child.name}" in page
        assert child.description.split("'")[0] in page
        for what in ("source", "scenarios", "log"):
            assert f'href="/demos/{child.name}/{what}"' in page
        assert f"{child.address}/docs" not in page


def test_one_that_runs_leads_to_its_page_and_its_api(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    child = family.children["ttl-sessions"]
    child.state = "starting"
    page = ask("/").text
    assert 'hx-trigger="every 1s"' in page
    assert f"Starting, on port {child.port}" in page
    child.state = "ready"

    async def answers(_child: Child) -> bool:
        return _child is child

    monkeypatch.setattr(Child, "answers", answers)
    page = ask("/").text
    assert f'href="{child.address}/"' in page
    assert f'href="{child.address}/docs"' in page
    assert "started elsewhere" in page
    assert 'hx-trigger="every 1s"' not in page


def test_all_can_be_started_while_one_is_off(family: Family, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answers(_child: Child) -> bool:
        return True

    assert "Start all" in ask("/").text
    monkeypatch.setattr(Child, "answers", answers)
    page = ask("/").text
    assert f"{len(family.children)} of {len(family.children)} run" in page
    assert "Start all" not in page


@pytest.mark.usefixtures("family")
def test_source_scenarios_and_log_of_a_demo_can_be_read(tmp_path: Path) -> None:
    assert "models.py" in ask("/demos/ttl-sessions/source").text
    assert "feeds.feature" in ask("/demos/ttl-sessions/scenarios").text
    assert "Nothing yet" in ask("/demos/ttl-sessions/log").text
    (tmp_path / "ttl-sessions.log").write_text("x" * 30_000 + "\n<b>the last line</b>\n")
    log = ask("/demos/ttl-sessions/log").text
    assert "&lt;b&gt;the last line" in log
    assert len(log) < 30_000


@pytest.mark.usefixtures("family")
@pytest.mark.parametrize("path", ["/demos/nothing/log", "/demos/nothing/source", "/demos/../x/scenarios"])
def test_a_demo_that_is_none_is_not_found(path: str) -> None:
    assert ask(path).status_code == 404


@pytest.mark.parametrize("path", ["/start", "/demos/ttl-sessions/start", "/demos/ttl-sessions/end"])
def test_no_other_site_can_start_or_end_a_demo(family: Family, path: str) -> None:
    assert ask(path, "POST").status_code == 403
    assert all(child.state == "off" for child in family.children.values())
