"""Model and arguments in, `Request` or `Plan` out: one family of operations per module, no I/O."""
