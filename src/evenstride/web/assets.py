"""The files that every page needs and that are the same for everybody."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

__all__ = ["STATIC", "VERSION_HEADER", "Assets", "assets", "version"]

STATIC = Path(__file__).parent / "static"

VERSION_HEADER = "x-evenstride-assets"
"""Each page names the version that it was made for, so that a browser does not mix two."""

_WORKER = "sw.js"


class Assets(StaticFiles):
    """Serves the files; a browser may keep them, and asks whether they are still the same."""

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file."""
        answer = super().file_response(full_path, stat_result, scope, status_code)
        answer.headers["cache-control"] = "no-cache"
        return answer


@cache
def assets() -> tuple[str, ...]:
    """Return the address of every file but the service worker, which keeps the others."""
    files = sorted(path.relative_to(STATIC) for path in STATIC.rglob("*") if path.is_file())
    return tuple(f"/static/{path.as_posix()}" for path in files if path.name != _WORKER)


@cache
def version() -> str:
    """Return what changes when any of the files does."""
    digest = hashlib.sha256()
    for address in (*assets(), f"/static/{_WORKER}"):
        content = (STATIC / address.removeprefix("/static/")).read_bytes()
        digest.update(f"{address} {len(content)} ".encode() + content)
    return digest.hexdigest()[:16]
