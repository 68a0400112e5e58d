"""Loads every module of a server, for tests.warm: whoever is forked from here has them already."""

import pkgutil
from importlib import import_module

import uvicorn.main

import pso_core.ui
import pso_core.web.server

__all__ = ["pso_core", "uvicorn"]

SCRIPT = "pso_core.ui.main"  # Streamlit runs it, nobody imports it
for _found in pkgutil.walk_packages(pso_core.ui.__path__, "pso_core.ui."):
    if _found.name != SCRIPT:
        import_module(_found.name)
