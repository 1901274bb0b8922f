"""What tests of applications that use coodie need: a pytest plugin that hands them a real CQL server."""
