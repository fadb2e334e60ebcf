"""Settings: who the person is, and where the rest of what can be set is."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import available_timezones

from fastapi import APIRouter, Form, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from evenstride.app.about import about
from evenstride.app.languages import choose, language, languages
from evenstride.app.person import emergency_number
from evenstride.app.person_form import person_form, read_person
from evenstride.web.page import page
from evenstride.web.wording import Professional, remember

__all__ = ["router"]

router = APIRouter()

Text = Annotated[str, Field(max_length=200)]


class Typed(BaseModel):
    """What is typed about the person."""

    alias: Text = ""
    birth_year: Text = ""
    height_m: Text = ""
    mass_kg: Text = ""
    time_zone: Text = ""
    units: Text = "metric"
    country: Text = ""


class Spoken(BaseModel):
    """In which language the app speaks."""

    language: Text


class Wording(BaseModel):
    """Which words this device shows."""

    words: Literal["plain", "professional"]


@router.get("/settings")
def settings(request: Request, *, professional: Professional) -> Response:
    """Show what is known of the person, and the way to everything else that can be set."""
    return page(
        request,
        "settings",
        words="web-settings",
        person=person_form(request.app.state.settings.home),
        zones=sorted(available_timezones()),
        languages=languages(),
        spoken=language(),
        professional=professional,
    )


@router.post("/settings")
def keep(request: Request, typed: Annotated[Typed, Form()]) -> Response:
    """Keep what was typed; every screen then goes by it."""
    read_person(request.app.state.settings.home, typed.model_dump())
    return RedirectResponse("/settings", 303)


@router.post("/settings/language")
def speak(request: Request, typed: Annotated[Spoken, Form()]) -> Response:
    """Speak another language from now on."""
    choose(request.app.state.settings.home, typed.language)
    return RedirectResponse("/settings", 303)


@router.post("/settings/words")
def choose_words(request: Request, typed: Annotated[Wording, Form()]) -> Response:
    """Show plain or clinical words on this device from now on."""
    del request
    answer = RedirectResponse("/settings", 303)
    remember(answer, professional=typed.words == "professional")
    return answer


@router.get("/api/settings/emergency")
def emergency(country: Annotated[str, Query(max_length=8)] = "") -> dict[str, str]:
    """Return the number of the ambulance in a country, or examples where it is not known."""
    return {"number": emergency_number(country.strip().upper())}


@router.get("/settings/storage")
def storage(request: Request) -> Response:
    """Show what this device keeps for the time without a network."""
    return page(request, "settings-storage", words="web-settings")


@router.get("/settings/passphrase")
def passphrase(request: Request) -> Response:
    """Say how the diary is encrypted: where the passphrase is typed, nobody else can listen."""
    return page(request, "settings-passphrase", words="web-settings")


@router.get("/settings/about")
def show_about(request: Request) -> Response:
    """Show what this copy of evenstride is, and what it is not."""
    return page(request, "settings-about", words="web-settings", about=about())
