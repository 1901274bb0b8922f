"""What breaks in a long run: one thing at a time, and the next when all nodes have met again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import threading
    from random import Random

    from steps.three_nodes import ThreeNodes

DEAD = (0.5, 8.0)  # seconds
HANGING = (1.0, 14.0)  # beyond the ten that a driver waits
BETWEEN = (0.5, 2.0)
CUTS = (1, 4)


class Storm:
    """Faults in an order that the seed draws: each kind comes once before any comes again."""

    def __init__(self, nodes: ThreeNodes, random: Random, over: threading.Event) -> None:
        self._nodes, self._random, self._over = nodes, random, over
        self._drawn: list[str] = []
        self.survived: list[str] = []

    def strike(self) -> None:
        """Break something, and return when the cluster is whole again."""
        if not self._drawn:
            self._drawn = ["kill", "hang", "restart", "cut"]
            self._random.shuffle(self._drawn)
        kind, number = self._drawn.pop(), self._random.randint(1, 3)
        match kind:
            case "kill":
                self._nodes.kill(number)
                self._wait(DEAD)
                self._nodes.start(number)
            case "hang":
                self._nodes.hang(number)
                self._wait(HANGING)
                self._nodes.wake()
            case "restart":
                self._nodes.restart(number)
            case _:
                for _ in range(self._random.randint(*CUTS)):
                    self._nodes.cut()
                    self._wait(BETWEEN)
        self._nodes.heal()
        self.survived.append(kind)
        self._wait(BETWEEN)

    def _wait(self, bounds: tuple[float, float]) -> None:
        self._over.wait(self._random.uniform(*bounds))
