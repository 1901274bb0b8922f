"""The list of Cassandra's jars: what they are called and what they must contain."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path, PurePosixPath

CASSANDRA_VERSION = "5.0.9"


@dataclass(frozen=True, slots=True)
class Jar:
    """One file of the list, with the hash that it must have."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def path(self) -> PurePosixPath:
        """Where a Maven repository keeps the file."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        name = f"{self.artifact}-{self.version}{suffix}.jar"
        return PurePosixPath(*self.group.split("."), self.artifact, self.version, name)

    def is_intact(self, path: Path) -> bool:
        """Tell whether the file at `path` is there and has the right content."""
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


def listed() -> list[Jar]:
    """Return the pinned jars of Cassandra and of what it needs."""
    text = (files("coodie.server") / f"cassandra-{CASSANDRA_VERSION}.jars.tsv").read_text("utf-8")
    return [Jar(*line.split("\t")) for line in text.splitlines() if not line.startswith("#")]
