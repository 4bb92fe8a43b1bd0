"""SQLAlchemy's asynchronous engine without its ORM.

The package `sqlalchemy.ext.asyncio` imports the ORM's session along, which nothing here uses: 6 MB in every process.
"""

import sys
from pathlib import Path
from types import ModuleType

import sqlalchemy.ext

_PACKAGE = "sqlalchemy.ext.asyncio"
_bare = ModuleType(_PACKAGE)
_bare.__path__ = [str(Path(path) / "asyncio") for path in sqlalchemy.ext.__path__]
_whole = sys.modules.setdefault(_PACKAGE, _bare)

from sqlalchemy.ext.asyncio.engine import AsyncConnection, AsyncEngine, create_async_engine  # noqa: E402

if _whole is _bare:
    del sys.modules[_PACKAGE]  # who wants the rest of it gets it

__all__ = ["AsyncConnection", "AsyncEngine", "create_async_engine"]
