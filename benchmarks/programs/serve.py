"""What makes a class of operations a program: it does one round of one of them for each line that it is sent.

A line is the name of an operation; the answer is a line of JSON: CPU and wall seconds of the round, and how many
operations it did, or why it cannot do it. The programs share no process, so that none pays for another's garbage.
"""

from __future__ import annotations

import asyncio
import gc
import json
import resource
import sys
import time
from typing import Any


def serve(contestant: Any) -> None:
    """Answer until the input ends. An operation returns how many it did; a coroutine runs in one loop for all."""
    runner = asyncio.Runner()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        name = line.strip()
        operation = getattr(contestant, name, None)
        if operation is None:
            print(json.dumps({"missing": f"no {name} in this program"}), flush=True)
            continue
        try:
            print(json.dumps(_round(operation, runner)), flush=True)
        except Exception as error:  # noqa: BLE001 - told, and shown in the table
            print(json.dumps({"missing": f"{type(error).__name__}: {error}"[:300]}), flush=True)
    contestant.close()
    runner.close()


def _round(operation: Any, runner: asyncio.Runner) -> dict[str, Any]:
    gc.collect()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    cpu, wall = time.process_time(), time.perf_counter()
    done = runner.run(operation()) if asyncio.iscoroutinefunction(operation) else operation()
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    growth = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory
    return {"cpu": cpu, "wall": wall, "times": done, "growth": growth / 1024}
