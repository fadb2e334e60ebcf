"""One module per screen: each reads what was typed, calls a use case, and fills a template."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from fastapi import APIRouter

__all__ = ["routers"]


def routers() -> list[APIRouter]:
    """Return the routes of every screen: each module here has a ``router``."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return [import_module(f"{__name__}.{name}").router for name in names]
