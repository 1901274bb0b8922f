"""Running requests and plans: the only place where the two colours differ, and where observers listen."""

from coodie.execution.many import arun_many, run_many
from coodie.execution.observers import Observer, add_observer, observe
from coodie.execution.pages import acollect, acollect_rest, astream, collect, collect_rest, stream
from coodie.execution.plans import arun_plan, run_plan
from coodie.execution.protocols import AsyncSession, Session
from coodie.execution.single import arun, run

__all__ = [
    "AsyncSession",
    "Observer",
    "Session",
    "acollect",
    "acollect_rest",
    "add_observer",
    "arun",
    "arun_many",
    "arun_plan",
    "astream",
    "collect",
    "collect_rest",
    "observe",
    "run",
    "run_many",
    "run_plan",
    "stream",
]
