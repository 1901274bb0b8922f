"""Connect, fork, and use the connection in parent and child: `python forking_program.py HOST:PORT DRIVER`."""

from __future__ import annotations

import asyncio
import multiprocessing
import sys

from coodie import aio, sync
from coodie.drivers import get_driver

QUERY = "SELECT release_version FROM system.local"


async def several() -> int:
    """Await some statements at once."""
    return sum(map(len, await asyncio.gather(*(aio.execute_raw(QUERY) for _ in range(5)))))


def child(told) -> None:
    """Use the parent's connection by its name, first in one colour, then in the other, and end."""
    counts = [
        len(sync.execute_raw(QUERY)),
        asyncio.run(several()),
        len(sync.execute_raw(QUERY + " WHERE key = ?", ["local"])),
    ]
    get_driver().close()
    told.send(counts)


def main(address: str, driver_type: str) -> None:
    """Fork two processes before and after the parent has used its connection."""
    sync.init_coodie([address], driver_type=driver_type)
    forks = multiprocessing.get_context("fork")
    for _ in range(2):
        pipes, processes = [], []
        for _ in range(2):
            here, there = forks.Pipe()
            processes.append(forks.Process(target=child, args=(there,)))
            pipes.append(here)
        for process in processes:
            process.start()
        for pipe, process in zip(pipes, processes, strict=True):
            print("child", *(pipe.recv() if pipe.poll(20) else ["no answer"]))
            process.join(20)
            print("ended with", process.exitcode)
        print("parent", len(sync.execute_raw(QUERY)), asyncio.run(several()))
    get_driver().close()
    print("done")


if __name__ == "__main__":
    main(*sys.argv[1:])
