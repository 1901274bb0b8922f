from sqlite_adapter import watch_sqlite


def pytest_livingdoc_adapters():
    """Show what is sent to SQLite beside the steps."""
    return [watch_sqlite]
