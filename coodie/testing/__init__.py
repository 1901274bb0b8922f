"""What tests of applications that use coodie need: a pytest plugin that hands them a real CQL server."""

from coodie.testing.statements import assert_statements

__all__ = ["assert_statements"]
