"""In which language evenstride speaks to a person: which there are, and the one they chose."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evenstride.app.moments import now_utc_ns
from evenstride.app.passphrase import opens_unasked, passphrase_of
from evenstride.errors import DiaryError, MissingExtra, OptionError
from evenstride.model.language import ENGLISH, language, speaking

if TYPE_CHECKING:
    from evenstride.diary import Diary

__all__ = [
    "LANGUAGE",
    "VARIABLE",
    "Choice",
    "Language",
    "choose",
    "chosen",
    "language",
    "languages",
    "preferred",
    "speaking",
    "speaking_to",
]

VARIABLE = "EVENSTRIDE_LANGUAGE"
"""The environment variable that goes before what the person chose."""

LANGUAGE = "language"
"""Name of the setting that holds the code of the language."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language that evenstride can be shown in.

    Attributes:
        code: As in ``<html lang>``, such as "de".
        name: What its speakers call it.
        share: How much of the sentences for a person is translated, from 0 to 1.
    """

    code: str
    name: str
    share: float


@cache
def languages() -> tuple[Language, ...]:
    """Return every language that there is, English first."""
    from evenstride.checkup.knowledge.coverage import share_of
    from evenstride.checkup.knowledge.language import editions

    others = (Language(one.code, one.name, share_of(one.code)) for one in editions().values())
    return (Language(ENGLISH, "English", 1.0), *others)


def chosen(home: Path | None) -> str:
    """Return the language that was chosen; empty if none was, or if that cannot be known now.

    No diary is made, and nobody is asked for a passphrase.

    Args:
        home: The person's folder, if not the usual one.
    """
    from evenstride.diary import Diary, home_of
    from evenstride.diary.place import DIARY

    if told := _known(os.environ.get(VARIABLE, "")):
        return told
    folder = home_of(home)
    if not (folder / DIARY).is_file() or not opens_unasked(home):
        return ""
    try:
        with Diary.open(home, passphrase=passphrase_of(home)) as diary:
            return setting(diary)
    except (DiaryError, MissingExtra):
        return ""  # whoever needs the diary says what is wrong with it


@dataclass(slots=True)
class Choice:
    """The language that was chosen in a folder, looked up anew only if its diary was written to.

    Attributes:
        home: The person's folder, if not the usual one.
    """

    home: Path | None
    _seen: tuple[object, ...] = ()
    _code: str = ""

    def code(self) -> str:
        """Return what ``chosen`` does."""
        from evenstride.diary import home_of
        from evenstride.diary.place import DIARY, SIDE_FILES

        folder = home_of(self.home)
        marks = (_mark(folder / name) for name in (DIARY, *SIDE_FILES))
        seen = (os.environ.get(VARIABLE), *marks)
        if seen != self._seen:
            self._seen, self._code = seen, chosen(self.home)
        return self._code


def _mark(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def setting(diary: Diary) -> str:
    """Return the language that an open diary names; empty if there is none."""
    for one in diary.entries("setting"):
        if one.id == LANGUAGE:
            return _known(str(one.document.get("code", "")))
    return ""


@contextmanager
def speaking_to(diary: Diary) -> Iterator[None]:
    """Speak the language of whoever keeps a diary, unless a language was said already."""
    with speaking(_known(os.environ.get(VARIABLE, "")) or setting(diary), unless_told=True):
        yield


def choose(home: Path | None, code: str, *, now: int | None = None) -> str:
    """Keep the language in which a person wants to read, and return its code.

    Args:
        home: The person's folder, if not the usual one.
        code: As ``languages`` returns it; "de-AT" and "DE" are also taken for "de".
        now: The moment, in nanoseconds UTC.

    Raises:
        OptionError: If there is no such language.
    """
    from evenstride.diary import Diary, Entry

    found = _known(code)
    if not found:
        names = ", ".join(f"{one.code} ({one.name})" for one in languages())
        raise OptionError(f"There is no language “{code}”.", f"There are: {names}.")
    document: Mapping[str, Any] = {"code": found}
    with Diary.open(home, passphrase=passphrase_of(home)) as diary:
        diary.keep_entry(Entry("setting", LANGUAGE, now or now_utc_ns(), document))
    return found


def preferred(accepted: str) -> str:
    """Return the language that a browser would like best of those that there are.

    Args:
        accepted: The header ``Accept-Language``, such as "de-AT,de;q=0.9,en;q=0.8".
    """
    wanted = []
    for place, one in enumerate(accepted.split(",")):
        code, _, weight = one.partition(";")
        try:
            liked = float(weight.partition("=")[2] or 1)
        except ValueError:
            continue
        wanted.append((-liked, place, code.strip()))
    found = (_known(code) for liked, _, code in sorted(wanted) if liked)
    return next(filter(None, found), ENGLISH)


def _known(code: str) -> str:
    """Return a code that there is, also for "de-AT" or "DE"; empty if there is none."""
    from evenstride.checkup.knowledge.language import editions

    wanted = code.strip().replace("_", "-").lower()
    codes = {one.lower(): one for one in (ENGLISH, *editions())}
    return codes.get(wanted) or codes.get(wanted.partition("-")[0], "")
