"""Statements that define a schema: one kind of object per module."""
