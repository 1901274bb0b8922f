"""The command line: `coodie COMMAND`; each command is a module of its own."""
