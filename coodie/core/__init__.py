"""The halves of the public classes that do no I/O; the colours add only what sends."""
