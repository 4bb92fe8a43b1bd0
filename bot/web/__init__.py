"""The web chat, the public pages, and the server of all pages.

The package `uvicorn` imports its command line along, which nothing here uses: 2 MB in every process. So it is
imported without it.
"""

import sys
from importlib.util import find_spec
from types import ModuleType

_spec = find_spec("uvicorn")
if _spec is not None and "uvicorn" not in sys.modules:
    _package = sys.modules["uvicorn"] = ModuleType("uvicorn")
    _package.__path__ = [*(_spec.submodule_search_locations or ())]
    from uvicorn.config import Config
    from uvicorn.server import Server

    vars(_package).update(Config=Config, Server=Server)
