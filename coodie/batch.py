"""Batches of both flavours at their import path."""

from coodie.aio.batch import AsyncBatchQuery
from coodie.results import BatchResult
from coodie.sync.batch import BatchQuery

__all__ = ["AsyncBatchQuery", "BatchQuery", "BatchResult"]
