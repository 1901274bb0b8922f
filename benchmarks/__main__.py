"""Measure: interleaved rounds in several programs, client CPU and rates as ratios to the raw driver in the same run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cassandra
import data
from odm import Reading

import coodie
import coodie.sync
from benchmarks import report
from benchmarks.conductor import Operation, Program, compare
from benchmarks.own_cost import figure, own_costs, schema_costs
from coodie.server import Server, start

HISTORY = Path(__file__).with_name("history.json")
KEYSPACE = "benchmarks"
ROUNDS = 13
# The published package of the name, in an environment of its own: see `make bench-peer`.
PEER = os.environ.get("COODIE_BENCH_PEER", "")

OVER_CASSANDRA = (
    Operation("insert", "insert", "≤ 1.03"),
    Operation("get", "get by key", "≤ 1.03"),
    Operation("update", "partial update", "≤ 1.03"),
    Operation("ainsert", "insert, async", "≤ 1.08"),
    Operation("aget", "get by key, async", "≤ 1.08"),
    Operation("aupdate", "partial update, async", "≤ 1.08"),
    Operation("read", "1,000 rows to documents", "≤ 1.0"),
    Operation("stream", "streaming 50,000 rows", "≤ 1.10, ≤ 5 MiB"),
    Operation("astream", "streaming 50,000 rows, async", "≤ 1.10, ≤ 5 MiB"),
    Operation("load", "bulk load of 20,000 rows", "≤ 1.05"),
    Operation("delete", "delete by key"),
    Operation("conditional", "insert if not exists"),
    Operation("walk", "write and read user-defined values"),
    Operation("many", "200 gets, many at once"),
    Operation("amany", "200 gets, many at once, async"),
    Operation("batch", "batches of 50 rows: rows a second", "≥ 10,000 /s", "rate"),
)
OVER_ACSYLLA = (
    Operation("fly_read", "gets a second, 128 in flight", "≥ 0.75", "rate"),
    Operation("fly_insert", "inserts a second, 128 in flight", "≥ 0.75", "rate"),
    Operation("vector_insert", "insert a vector of 768", "≤ 1.3"),
    Operation("vector_read", "read a vector of 768", "≤ 1.3"),
)
OVER_VECTORS = (
    *(
        Operation(f"{verb}_{form}", f"{verb} a vector of 768, {words}", goal)
        for verb in ("encode", "decode")
        for form, words, goal in (
            ("numpy", "numpy", "≤ 2 µs"),
            ("array", "array.array", "≤ 20 µs"),
            ("list", "a list of floats", "≤ 20 µs"),
        )
    ),
    Operation("insert_vectors", "bulk insert of vectors of 1,536"),
    Operation("nearest", "the 100 nearest documents of 1,536 dimensions"),
)


def main() -> None:
    """Start a server, measure, print the tables, and add a record to the history."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"interleaved rounds (default {ROUNDS})")
    parser.add_argument("--only", default="", help="operations by name, separated by commas")
    parser.add_argument(
        "--check", action="store_true", help="compare with the last record instead of adding one"
    )
    chosen = parser.parse_args()
    only = set(filter(None, chosen.only.split(",")))
    results = []
    begun = time.perf_counter()
    with start(profile="test") as server:
        started = figure("the embedded server's start, files there", time.perf_counter() - begun, "s")
        with filled(server) as driver:
            for operations, programs in contests():
                with opened(programs, server) as contestants:
                    for operation in operations:
                        if only and operation.name not in only:
                            continue
                        print(operation.title, file=sys.stderr, flush=True)
                        results.append(compare(contestants, operation, chosen.rounds))
            own = [] if only else [*own_costs(chosen.rounds), *schema_costs(driver), started]
    others = ["coodie", *(["published package"] if PEER else []), "cqlengine"]
    print(report.comparisons(results, others))
    if own:
        print()
        print(report.figures(own))
    record = {
        "server": f"{server.product} {server.version}",
        "rounds": chosen.rounds,
        "results": results,
        "own": own,
    }
    if chosen.check:
        sys.exit(worse(record))
    keep({**surroundings(), **record})


def contests() -> Iterator[tuple[tuple[Operation, ...], list[tuple[str, str, str]]]]:
    """Give groups of operations with their programs: who, which Python, which file; the first is the raw driver."""
    peer = [("published package", PEER)] if PEER else []
    yield (
        OVER_CASSANDRA,
        [
            ("raw", sys.executable, "raw.py"),
            ("coodie", sys.executable, "odm.py"),
            *((who, python, "odm.py") for who, python in peer),
            ("cqlengine", sys.executable, "engine.py"),
        ],
    )
    yield (
        OVER_ACSYLLA,
        [
            ("raw", sys.executable, "raw_acsylla.py"),
            ("coodie", sys.executable, "odm_acsylla.py"),
            *((who, python, "odm_acsylla.py") for who, python in peer),
        ],
    )
    yield (
        OVER_VECTORS,
        [("raw", sys.executable, "raw_vectors.py"), ("coodie", sys.executable, "odm_vectors.py")],
    )


@contextmanager
def opened(programs: list[tuple[str, str, str]], server: Server) -> Iterator[list[Program]]:
    """Start programs, and end them."""
    arguments = [server.host, str(server.port), KEYSPACE]
    found = [Program(who, python, script, arguments) for who, python, script in programs]
    try:
        yield found
    finally:
        for program in found:
            program.close()


@contextmanager
def filled(server: Server) -> Iterator[Any]:
    """Make the tables and fill what is read; the connection stays open for the block."""
    driver = coodie.sync.init_coodie([server.address], keyspace=KEYSPACE, driver_type="cassandra")
    try:
        coodie.sync.create_keyspace(KEYSPACE, durable_writes=False)
        for statement in data.TABLES:
            coodie.sync.execute_raw(statement.format(keyspace=KEYSPACE))
        for bucket, count in ((data.READ, data.PARTITION), (data.STREAM, data.STREAMED)):
            Reading.bulk_save(Reading(**data.values(bucket, n)) for n in range(count)).raise_failures()
        yield driver
    finally:
        driver.close()


def surroundings() -> dict[str, Any]:
    """Return when and where this is measured."""
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "coodie": coodie.__version__,
        "driver": f"cassandra-driver {cassandra.__version__}",
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
    }


def keep(record: dict[str, Any]) -> None:
    """Add a record to the history."""
    HISTORY.write_text(json.dumps([*history(), record], indent=1) + "\n")


def history() -> list[dict[str, Any]]:
    """Return the records so far."""
    found: list[dict[str, Any]] = json.loads(HISTORY.read_text()) if HISTORY.exists() else []
    return found


def worse(record: dict[str, Any]) -> int:
    """Compare coodie's ratios with the last record's; return 1 where one is worse by more than the spread of both."""
    before = {each["operation"]: each for each in history()[-1]["results"]} if history() else {}
    count = 0
    for now in record["results"]:
        old = before.get(now["operation"], {}).get("programs", {}).get("coodie")
        new = now["programs"].get("coodie")
        if old is None or new is None:
            continue
        sign = -1 if now["measure"] == "rate" else 1
        if sign * (new["ratio"] - old["ratio"]) > max(0.05, 2 * (new["spread"] + old["spread"])):
            count += 1
            print(f"worse: {now['title']}: {old['ratio']:.2f} ± {old['spread']:.2f}, now {new['ratio']:.2f}")
    return min(count, 1)


if __name__ == "__main__":
    main()
