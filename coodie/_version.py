"""The version of the package: one place, read by the build."""

__version__ = "2.0.0.dev0"
