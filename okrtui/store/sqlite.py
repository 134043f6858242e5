"""The SQLite driver: ``pysqlite3``, which carries a current SQLite, where it is installed, else the standard library's.

sqlite-utils makes the same choice, so that one process never runs two copies of SQLite over one file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import (
        Connection,
        DatabaseError,
        Error,
        IntegrityError,
        OperationalError,
        Row,
        complete_statement,
        connect,
        sqlite_version,
        sqlite_version_info,
    )
else:
    try:
        from pysqlite3 import dbapi2 as driver
    except ImportError:
        from sqlite3 import dbapi2 as driver
    Connection = driver.Connection
    DatabaseError = driver.DatabaseError
    Error = driver.Error
    IntegrityError = driver.IntegrityError
    OperationalError = driver.OperationalError
    Row = driver.Row
    complete_statement = driver.complete_statement
    connect = driver.connect
    sqlite_version = driver.sqlite_version
    sqlite_version_info = driver.sqlite_version_info

__all__ = [
    "Connection",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "OperationalError",
    "Row",
    "complete_statement",
    "connect",
    "sqlite_version",
    "sqlite_version_info",
]
