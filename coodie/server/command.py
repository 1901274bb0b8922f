"""The command line of one embedded node: a pure function of its specification."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from coodie.server.config import NodeSpec
    from coodie.server.java import Java

MAIN_CLASS = "org.apache.cassandra.service.CassandraDaemon"

# Cassandra reaches into the Java runtime; this is what its own start script opens, without the incubator
# module that small runtimes lack.
EXPORTS = {
    "java.base": (
        "jdk.internal.misc",
        "jdk.internal.ref",
        "jdk.internal.util",
        "sun.nio.ch",
        "java.lang.ref",
    ),
    "java.management.rmi": ("com.sun.jmx.remote.internal.rmi",),
    "java.rmi": ("sun.rmi.registry", "sun.rmi.server"),
    "java.sql": ("java.sql",),
    "jdk.unsupported": ("sun.misc",),
}
OPENS = {
    "java.base": (
        "java.lang",
        "java.lang.module",
        "java.io",
        "java.nio",
        "java.util",
        "java.util.concurrent",
        "java.util.concurrent.atomic",
        "jdk.internal.loader",
        "jdk.internal.ref",
        "jdk.internal.reflect",
        "jdk.internal.math",
        "jdk.internal.module",
        "jdk.internal.util.jar",
        "sun.nio.ch",
    ),
    "jdk.management": ("com.sun.management.internal",),
    "java.rmi": ("sun.rmi.transport.tcp",),
}
MEETING_PATIENCE_MS = 20_000
SMALL_AND_QUICK = ("-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
SETTINGS = (
    "-Djdk.attach.allowAttachSelf=true",
    # One machine, no latecomers: nothing to wait for.
    "-Dcassandra.skip_wait_for_gossip_to_settle=0",
    "-Dcassandra.shutdown_announce_in_ms=0",
    "-Dcassandra.test.messagingService.nonGracefulShutdown=true",
    # Saves the sync of table files; the commit log, which the promise of durability rests on, is not meant.
    "-Dcassandra.skip_sync=true",
    # Saves five to eight seconds in which each start estimates this number.
    "-Dcassandra.memtable.row_overhead_size=180",
    "-Dcassandra-foreground=yes",
)


def command_line(spec: NodeSpec, java: Java, jars: Sequence[Path]) -> list[str]:
    """Return the command that runs the node in the foreground."""
    command = [str(java.command), *_access("--add-exports", EXPORTS), *_access("--add-opens", OPENS)]
    command += [*SMALL_AND_QUICK, *SETTINGS]
    # The seed waits for nobody; the others give up on it only after this time.
    command.append(f"-Dcassandra.ring_delay_ms={0 if spec.host == spec.seed else MEETING_PATIENCE_MS}")
    if java.major > 17:  # noqa: PLR2004 - the security manager must be allowed since Java 18
        command.append("-Djava.security.manager=allow")
    if spec.profile == "test":
        command.append("-Dcassandra.unsafesystem=true")
    if spec.passwords:
        command.append("-Dcassandra.superuser_setup_delay_ms=0")
    return [
        *command,
        f"-Dcassandra.config={(spec.conf / 'cassandra.yaml').as_uri()}",
        f"-Dlogback.configurationFile={(spec.conf / 'logback.xml').as_uri()}",
        f"-Dcassandra.storagedir={spec.folder / 'data'}",
        "-cp",
        os.pathsep.join(map(str, jars)),
        MAIN_CLASS,
    ]


def _access(option: str, packages: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for module, names in packages.items():
        for name in names:
            yield from (option, f"{module}/{name}=ALL-UNNAMED")
