"""Measure: interleaved rounds, client CPU and wall time as ratios to the raw driver in the same run."""

from __future__ import annotations

import argparse
import asyncio
import json
import platform
import statistics
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cassandra
from cassandra.cluster import Cluster

import coodie
import coodie.sync
from benchmarks.models import CREATE, Reading, values
from benchmarks.operations import READ_BUCKET, ROWS, Coodie, Pair, Raw, pairs
from benchmarks.vectors import vector_pairs
from coodie.server import start

HISTORY = Path(__file__).with_name("history.json")
KEYSPACE = "benchmarks"
ROUNDS = 13


def measure(pair: Pair, rounds: int) -> dict[str, Any]:
    """Run both ways in turn and return medians: seconds of CPU and wall per operation, and their ratios."""
    name, times, raw, ours = pair
    found: dict[str, list[tuple[float, float]]] = {"raw": [], "coodie": []}
    for number in range(rounds + 1):
        order = [("raw", raw), ("coodie", ours)]
        for who, call in order if number % 2 else reversed(order):
            cpu, wall = time.process_time(), time.perf_counter()
            call()
            spent = (time.process_time() - cpu, time.perf_counter() - wall)
            if number:  # the first round warms up: statements are prepared, models compiled
                found[who].append(spent)
    ratios = [ours[0] / raw[0] for raw, ours in zip(found["raw"], found["coodie"], strict=True)]
    median = {
        who: [statistics.median(column) / times for column in zip(*spent, strict=True)]
        for who, spent in found.items()
    }
    return {
        "operation": name,
        "raw_cpu_us": round(median["raw"][0] * 1e6, 1),
        "coodie_cpu_us": round(median["coodie"][0] * 1e6, 1),
        "cpu_ratio": round(median["coodie"][0] / median["raw"][0], 3),
        "cpu_ratio_spread": round(statistics.pstdev(ratios), 3),
        "wall_ratio": round(median["coodie"][1] / median["raw"][1], 3),
    }


def table(results: list[dict[str, Any]]) -> str:
    """Write the results as a Markdown table."""
    lines = [
        "| operation | raw, CPU µs | coodie, CPU µs | CPU, coodie / raw | wall, coodie / raw |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {r['operation']} | {r['raw_cpu_us']} | {r['coodie_cpu_us']} | **{r['cpu_ratio']:.2f}** ± "
        f"{r['cpu_ratio_spread']:.2f} | {r['wall_ratio']:.2f} |"
        for r in results
    ]
    return "\n".join(lines)


def main() -> None:
    """Start a server, measure, print the table, and add a line to the history."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"interleaved rounds (default {ROUNDS})")
    rounds = parser.parse_args().rounds
    with start(profile="test") as server, asyncio.Runner() as runner:
        driver = coodie.sync.init_coodie([server.address], keyspace=KEYSPACE, driver_type="cassandra")
        cluster = Cluster([server.host], port=server.port, protocol_version=5)
        try:
            coodie.sync.create_keyspace(KEYSPACE, durable_writes=False)
            session = cluster.connect()
            session.execute(CREATE.format(keyspace=KEYSPACE))
            Reading.bulk_save(Reading(**values(READ_BUCKET, n)) for n in range(ROWS)).raise_failures()  # type: ignore[arg-type]
            raw = Raw(session, KEYSPACE)
            first = Reading.find(bucket=READ_BUCKET).first()
            assert first is not None  # noqa: S101 - just written
            raw.key = (READ_BUCKET, first.id)
            compared = pairs(raw, Coodie(raw.key), runner.run) + vector_pairs(session, KEYSPACE)
            results = [measure(pair, rounds) for pair in compared]
        finally:
            cluster.shutdown()
            driver.close()
    print(table(results))
    record = {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "coodie": coodie.__version__,
        "driver": f"cassandra-driver {cassandra.__version__}",
        "server": server.product + " " + server.version,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "rounds": rounds,
        "results": results,
    }
    history = json.loads(HISTORY.read_text()) if HISTORY.exists() else []
    HISTORY.write_text(json.dumps([*history, record], indent=1) + "\n")


if __name__ == "__main__":
    main()
