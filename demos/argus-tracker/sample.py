"""What the sample consists of: two releases of a database, seven tests, and the ways in which they fail."""

from dataclasses import dataclass

AGENT_TOKEN = "sample-agent-token"  # noqa: S105 - of the sample, and told in the README
RELEASES = {"fathom-3.2": "Leader election without pauses", "fathom-3.1": "Fixes only"}
GROUPS = {
    "cluster": "Clusters under load, for hours",
    "drivers": "Every driver against one server",
    "unit": "Single parts, in seconds",
}
USERS = {
    "ines": ("Ines Duarte", {"manager"}),
    "jonas": ("Jonas Brandt", {"cluster", "storage"}),
    "mara": ("Mara Lindqvist", {"drivers"}),
    "petra": ("Petra Novak", {"cluster"}),
}


@dataclass(frozen=True)
class Tried:
    """A test of the sample: how often it is run, and how often that fails."""

    name: str
    group: str
    plugin: str
    assignee: str
    share: int
    fails: float


FLAKY = "failover-under-load"
MEASURED = "mixed-read-write"
TESTS = (
    Tried(FLAKY, "cluster", "cluster", "petra", 8, 0.55),
    Tried(MEASURED, "cluster", "cluster", "jonas", 4, 0.1),
    Tried("rolling-upgrade", "cluster", "cluster", "jonas", 3, 0.15),
    Tried("java-drivers", "drivers", "driver_matrix", "mara", 2, 0.3),
    Tried("python-drivers", "drivers", "driver_matrix", "mara", 3, 0.3),
    Tried("query-planner", "unit", "unit_suite", "ines", 2, 0.05),
    Tried("storage-engine", "unit", "unit_suite", "jonas", 3, 0.25),
)
NODES = ("db-1", "db-2", "db-3", "db-4", "db-5", "db-6")
# Each cause says the same in other words, as logs do.
CAUSES = {
    "election": (
        "raft group {n}: leader election timed out, no quorum of votes from {node}",
        "raft: election of a leader for group {n} timed out waiting for votes of {node}",
        "leader of raft group {n} lost its quorum on {node}, election timed out",
        "no leader elected in raft group {n}: votes of {node} are missing, quorum not reached",
        "raft election without a leader for {n} ms, {node} did not vote",
        "{node} called an election in raft group {n} and found no quorum before the timeout",
    ),
    "disk": (
        "commit log of {node}: cannot write segment {n}, no space left on device",
        "write of commit log segment {n} on {node} failed: disk is full, no space left",
        "{node} stopped writing its commit log: no space left on device for segment {n}",
        "disk full on {node}: commit log segment {n} could not be written",
        "commit log is out of disk space on {node}, {n} writes refused",
        "no space left for the next commit log segment of {node}, {n} bytes short",
    ),
    "connection": (
        "client connection to {node}:9042 was reset by peer while reading a page of results",
        "connection reset by peer: {node}:9042 closed the socket of client {n}",
        "client {n} lost its connection to {node}:9042, socket closed by peer",
        "socket of client connection {n} to {node}:9042 closed by peer during a read",
        "peer {node}:9042 reset the connection of client {n}",
        "read by client {n} ended: socket to {node}:9042 was closed by its peer",
    ),
}
OTHERS = (
    "checksum mismatch in block {n} of an sstable on {node}",
    "prepared statement {n} unknown to {node} after its upgrade",
    "expected 3 rows of the secondary index, found {n}",
    "schema of {node} disagrees with version {n} of the others",
)
WARNINGS = (
    "compaction of {node} is {n} sstables behind",
    "read repair sent to {node} for {n} rows",
    "batch of {n} KiB on {node} is above the threshold",
)
NORMAL = (
    "{node} joined the ring with {n} tokens",
    "load of {n} operations a second has begun",
    "{node} finished repair of {n} ranges",
    "snapshot {n} of {node} was taken",
)
NEMESES = (
    "stop a node",
    "cut the network",
    "fill the disk",
    "drain and restart",
    "add a node",
    "slow the clock",
)
IMAGES = ("db-3.2.0-rc1", "db-3.2.0-rc2", "db-3.2.0")
COMMENTS = (
    "Third time this week, and each time another node.",
    "@petra the votes are missing again. Same as build 112?",
    "Looks like the disk of the loaders, not of the database.",
    "Ran it again by hand: passed.",
)
ON_MEASURED = ("A tenth slower than the build before.", "@jonas the new compaction, I think.")
DRIVERS = {
    "java-drivers": ("java 3", "java 4", "kotlin"),
    "python-drivers": ("python 3", "asyncio", "twisted"),
}
