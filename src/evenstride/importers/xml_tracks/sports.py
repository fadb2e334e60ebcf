"""What programs call a walk, a run or a ride -> our words."""

from __future__ import annotations

import re

from evenstride.model import Sport

__all__ = ["sport_of"]

_CALLED: dict[Sport, str] = {
    "cycling": "cycling biking bike bicycle bicycling ride ebikeride virtualride mtb mountainbike "
    "mountainbiking gravel racebike radfahren fahrrad cyclisme ciclismo",
    "running": "running run jogging jog trailrun trailrunning virtualrun laufen joggen course "
    "correr corrida corsa",
    "hiking": "hiking hike trekking trek mountaineering wandern wanderung bergtour randonnée "
    "randonnee senderismo escursionismo",
    "walking": "walking walk nordicwalking gehen spazieren spaziergang spazierengehen marche "
    "caminar caminata caminhada camminata wandelen foot pedestrian",
    "other": "swimming swim rowing snowboard skating skate kayaking driving car transport yoga "
    "strength workout training other generic multisport",
}
_WORDS = {sport: frozenset(words.split()) for sport, words in _CALLED.items()}
_NUMBERS: dict[str, Sport] = {"1": "cycling", "4": "hiking", "9": "running", "10": "walking"}
_TREADMILL = frozenset({"treadmill", "laufband"})
_SKI = frozenset({"ski", "skiing", "nordicski", "backcountryski"})  # "ski trekking" is no walk


def sport_of(text: str, *, numbered: bool = False) -> Sport:
    """Return the sport that a word or phrase means; "unknown" if it tells nothing.

    Args:
        text: As in the file: "Walking", "trail_running", "treadmill walking".
        numbered: Whether numbers are the ones that Strava writes.
    """
    if numbered and text.strip() in _NUMBERS:
        return _NUMBERS[text.strip()]
    words = set(re.findall(r"[^\W\d_]+", text.lower()))
    words.add(re.sub(r"[\W_]", "", text.lower()))
    if words & _SKI:
        return "other"
    if words & _TREADMILL and not words & _WORDS["running"]:
        return "treadmill"
    return next((sport for sport, known in _WORDS.items() if words & known), "unknown")
