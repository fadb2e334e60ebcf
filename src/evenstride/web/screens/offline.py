"""What makes the app one on a phone: its name and icon, and what it shows without network."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from evenstride.app.words import words_of
from evenstride.web.assets import STATIC, assets, version
from evenstride.web.page import page

__all__ = ["router"]

router = APIRouter()

_SHELLS = ("/walk", "/routine")
_SLOW = ("/report/", "/settings/", "/plan/metronome.wav")  # files are made there, however long
_ICONS = "/static/icons/app"
_SHARED = ("application/zip", "application/json", "application/octet-stream", "text/*", "*/*")
_ENDINGS = (".zip", ".fit", ".gpx", ".tcx", ".csv", ".json", ".xml", ".txt", ".cwa", ".gt3x")


@router.get("/offline")
def offline(request: Request) -> Response:
    """Show what works without network."""
    return page(request, "offline", words="web-import")


@router.get("/sw.js")
def worker() -> Response:
    """Return the service worker; it differs whenever a file that it keeps does."""
    told = {"version": version(), "assets": assets(), "shells": _SHELLS, "slow": _SLOW}
    script = (STATIC / "sw.js").read_text("utf-8")
    headers = {"service-worker-allowed": "/", "cache-control": "no-cache"}
    return Response(
        f"self.told = {json.dumps(told)};\n{script}", headers=headers, media_type="text/javascript"
    )


@router.get("/manifest.webmanifest")
def manifest() -> Response:
    """Return what a phone needs to put the app on its home screen."""
    name = words_of("app")["name"]
    document = {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": words_of("web-import")["app"]["description"],
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf6",
        "theme_color": "#0d666b",
        "icons": [
            {"src": f"{_ICONS}-192.png", "sizes": "192x192", "type": "image/png"},
            {"src": f"{_ICONS}-512.png", "sizes": "512x512", "type": "image/png"},
            {
                "src": f"{_ICONS}-maskable.png",
                "sizes": "512x512",
                "type": "image/png",
                "purpose": "maskable",
            },
        ],
        # The service worker takes this in: it never leaves the phone before our own page sends it.
        "share_target": {
            "action": "/import/share",
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {"files": [{"name": "files", "accept": [*_SHARED, *_ENDINGS]}]},
        },
    }
    return JSONResponse(document, media_type="application/manifest+json")
