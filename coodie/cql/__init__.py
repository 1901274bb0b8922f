"""CQL text from tables and terms: no pydantic, no driver, no I/O; one verb per module."""
