"""`LazyDocument`: a row that becomes a document when it is first looked at."""

from coodie.rows.lazy import LazyDocument

__all__ = ["LazyDocument"]
