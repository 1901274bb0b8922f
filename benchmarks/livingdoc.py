"""What the living document costs: `python -m benchmarks.livingdoc [--rounds N] [features …]`.

Rendering and opening: a run of 300 scenarios with 3,000 statements, made up; with `--page` also a page that is there.
Recording: the given features with and without `--livingdoc`, in turn; what is compared is the CPU time of pytest's own
process (the server is another), its rendering apart, and what that adds to the time on the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coodie.livingdoc.messages import Run, Stream
from coodie.livingdoc.render import render
from tests.livingdoc.large import large_run

ROUNDS = 5
FEATURES = ["features/library/writing", "features/library/reading"]
PROGRAM = """
import json, sys, time
import pytest
from coodie.livingdoc import publisher

spent = {"rendering": 0.0}

def timed(run):
    def publish(self, session):
        began = time.process_time()
        run(self, session)
        spent["rendering"] = time.process_time() - began
    return publish

publisher.Publisher._publish = timed(publisher.Publisher._publish)
began = time.perf_counter()
code = pytest.main(sys.argv[2:])
spent |= {"code": int(code), "cpu": time.process_time(), "clock": time.perf_counter() - began}
open(sys.argv[1], "w").write(json.dumps(spent))
"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--page", type=Path, help="a page to open, such as reports/index.html")
    parser.add_argument("features", nargs="*", default=FEATURES)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        made = rendering(Path(folder), given.rounds)
        for page in filter(None, (made, given.page)):
            opening(page, given.rounds)
        recording(Path(folder), given.features, given.rounds)


def rendering(folder: Path, rounds: int) -> Path:
    """Render the made-up run; return its page."""
    envelopes = Stream(Run(large_run(), [], folder, 0.0, 1.0, {"server": "none"})).envelopes()
    times, page = [], ""
    for _ in range(rounds):
        began = time.process_time()
        page = render(envelopes)
        times.append(time.process_time() - began)
    file = folder / "large.html"
    file.write_text(page, "utf-8")
    size = len(page) / 1e6
    print(f"rendering 300 scenarios, 3,000 statements: {statistics.median(times):.2f} s, {size:.1f} MB")
    return file


def opening(page: Path, rounds: int) -> None:
    """Open a page in Chromium, and search in it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only here, and not in every environment

    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print(f"opening {page.name}: no Chromium is installed")
        return
    painted, loaded, searched = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        for _ in range(rounds):
            view = browser.new_page(viewport={"width": 1280, "height": 900})
            view.goto(page.resolve().as_uri())
            seen = view.evaluate(
                "[performance.getEntriesByType('paint')[0].startTime,"
                " performance.getEntriesByType('navigation')[0].loadEventEnd]"
            )
            painted.append(seen[0])
            loaded.append(seen[1])
            began = time.perf_counter()
            view.keyboard.press("/")
            view.keyboard.type("select")
            view.locator(".hits a").first.wait_for()
            searched.append((time.perf_counter() - began) * 1000)
            view.close()
        browser.close()
    told = ", ".join(
        f"{what} {statistics.median(times):,.0f} ms"
        for what, times in (("first paint", painted), ("loaded", loaded), ("first search", searched))
    )
    print(f"opening {page.name} ({page.stat().st_size / 1e6:.1f} MB): {told}")


def recording(folder: Path, features: list[str], rounds: int) -> None:
    """Run features with and without a document, in turn."""
    found: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for number in range(rounds):
        for records in (number % 2 == 0, number % 2 == 1):
            found[records].append(_run(folder, features, records=records))
    plain, recorded = (
        {key: statistics.median(run[key] for run in found[records]) for key in ("cpu", "clock", "rendering")}
        for records in (False, True)
    )
    added = recorded["cpu"] - recorded["rendering"] - plain["cpu"]
    print(
        f"recording {' '.join(features)}: {plain['cpu']:.2f} s of CPU without a document, {added:+.2f} s by recording, "
        f"{recorded['rendering']:.2f} s by rendering at the end; that is {added / plain['clock']:+.1%} and "
        f"{recorded['rendering'] / plain['clock']:.1%} of the {plain['clock']:.1f} s that the run takes"
    )


def _run(folder: Path, features: list[str], *, records: bool) -> dict[str, Any]:
    told = folder / "spent.json"
    options = ["-q", "-p", "no:cacheprovider", "-o", "addopts=--strict-markers"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # the publisher was imported to be timed
    options += [f"--livingdoc={folder / 'report'}"] if records else []
    command = [sys.executable, "-c", PROGRAM, str(told), *options, *features]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ)
    spent: dict[str, Any] = json.loads(told.read_text())
    assert spent["code"] == 0, spent
    return spent


if __name__ == "__main__":
    main()
