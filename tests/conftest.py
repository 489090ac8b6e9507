"""Every test has the databases: one server of each kind a session."""

pytest_plugins = ["tests.databases"]
