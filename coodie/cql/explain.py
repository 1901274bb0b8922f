"""What a statement will touch, told before it is sent."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from coodie.cql.literal import REDACTED

if TYPE_CHECKING:
    from coodie.cql.statement import Statement

MOST_PARTITIONS = 100


class Explanation(NamedTuple):
    """The statement's text and parameters (secrets redacted), the partitions that it touches, and what to worry about.

    `partitions` holds one mapping of partition-key columns to values per partition, at most 100; it is empty when
    the statement does not name its partitions.
    """

    cql: str
    params: tuple[Any, ...]
    partitions: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]

    def __str__(self) -> str:
        """Write the explanation as text: CQL, parameters, partitions, warnings."""
        lines = [self.cql, f"  parameters: {list(self.params)!r}"]
        lines.append(
            f"  partitions: {list(self.partitions)!r}" if self.partitions else "  partitions: not named"
        )
        lines.extend(f"  warning: {warning}" for warning in self.warnings)
        return "\n".join(lines)


def explain(statement: Statement) -> Explanation:
    """Explain one statement from its shape and parameters; nothing is sent."""
    shape = statement.shape
    params = tuple(
        REDACTED if place < len(shape.markers) and shape.markers[place].secret else value
        for place, value in enumerate(statement.params)
    )
    partitions: tuple[dict[str, Any], ...] = ()
    if shape.partition and all(position < len(params) for _, position in shape.partition):
        choices = [
            params[position] if isinstance(params[position], list) else [params[position]]
            for _, position in shape.partition
        ]
        names = [name for name, _ in shape.partition]
        partitions = tuple(
            dict(zip(names, values, strict=True))
            for values, _ in zip(product(*choices), range(MOST_PARTITIONS), strict=False)
        )
    warnings = []
    if shape.scan and shape.index is None:
        warnings.append(f"full scan: every partition of {shape.table} is read")
    if shape.filtering:
        warnings.append("ALLOW FILTERING: the server reads rows only to throw them away")
    if shape.index is not None and shape.scan:
        warnings.append(f"index {shape.index} without a partition key: every node may be asked")
    return Explanation(shape.text, params, partitions, tuple(warnings))
