"""Every test here has the databases."""

from tests.databases import (  # noqa: F401 - fixtures are found by name
    database,
    database_url,
    migrated_file,
    migrated_template,
    postgresql_database,
    postgresql_server,
    postgresql_url,
    sqlite_database,
    sqlite_url,
)
