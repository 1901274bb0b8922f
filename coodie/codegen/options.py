"""The options of a live table that differ from what a server gives a table by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# What the servers choose; a value that is among these is not worth a line in a model.
_DEFAULTS: dict[str, tuple[Any, ...]] = {
    "additional_write_policy": (None, "99p", "99PERCENTILE"),
    "allow_auto_snapshot": (None, True),
    "bloom_filter_fp_chance": (None, 0.01),
    "caching": (
        None,
        {"keys": "ALL", "rows_per_partition": "NONE"},
        {"keys": "ALL", "rows_per_partition": "ALL"},
    ),
    "cdc": (None, False),
    "comment": (None, ""),
    "compaction": (
        None,
        {"class": "SizeTieredCompactionStrategy"},
        {"class": "IncrementalCompactionStrategy"},
    ),
    "compression": (
        None,
        {"class": "LZ4Compressor"},
        {"class": "LZ4Compressor", "chunk_length_in_kb": "16"},
        {"sstable_compression": "LZ4Compressor"},
        {"sstable_compression": "LZ4WithDictsCompressor"},
    ),
    "crc_check_chance": (None, 1.0),
    "gc_grace_seconds": (None, 864_000),
    "incremental_backups": (None, True),
    "max_index_interval": (None, 2048),
    "memtable": (None, "default"),
    "memtable_flush_period_in_ms": (None, 0),
    "min_index_interval": (None, 128),
    "read_repair": (None, "BLOCKING"),
    "speculative_retry": (None, "99p", "99PERCENTILE", "99.0PERCENTILE"),
}
_THRESHOLDS = {"max_threshold": "32", "min_threshold": "4"}


def chosen_options(live: Mapping[str, Any]) -> dict[str, Any]:
    """Return what somebody chose, from a row of `system_schema.tables` or `.views`; the TTL stands apart."""
    chosen = {}
    for name, defaults in _DEFAULTS.items():
        value = _plain(name, live.get(name))
        if value not in defaults:
            chosen[name] = value
    return chosen


def _plain(name: str, value: Any) -> Any:
    """Write classes by their own names, and leave out of compaction what every strategy says."""
    if not isinstance(value, Mapping):
        return value
    shortened = {key: str(each).rsplit(".", 1)[-1] if "class" in key or "compression" in key else each
                 for key, each in value.items()}  # fmt: skip
    if name == "compaction":
        return {key: each for key, each in shortened.items() if _THRESHOLDS.get(key) != each}
    return shortened
