"""What a run tells while it is under way; the base class keeps silent."""

from __future__ import annotations


class Progress:
    """Override what is to be shown; `coodie migrate` does."""

    def began(self, name: str, description: str, *, again: bool) -> None:
        """Tell that a migration begins, or goes on after an interruption (`again`)."""

    def sent(self, name: str, cql: str, seconds: float) -> None:
        """Tell that a schema statement has done its work on all nodes."""

    def skipped(self, name: str, cql: str) -> None:
        """Tell that an interrupted run has done a statement already."""

    def scanned(self, name: str, table: str, rows: int, share: float) -> None:
        """Tell how far a scan of a table has come: rows given, and the share of the token range from 0 to 1."""

    def ended(self, name: str, seconds: float) -> None:
        """Tell that a migration is complete."""
