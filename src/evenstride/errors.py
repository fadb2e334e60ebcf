"""Everything evenstride raises on purpose.

    EvenstrideError
    ├── RecordingError            the data of a recording cannot be used
    │   ├── NotARecording         the file is something else, or nothing we know
    │   │   └── UnknownFile       nothing we know
    │   ├── DamagedFile           the file is of a known kind but nothing in it could be saved
    │   └── UnusableRecording     readable, but not fit to measure a walk (too short, too slow ...)
    ├── UnsafeFile                the file tries to do harm (zip bomb, path outside the archive)
    ├── OptionError               an argument or option is out of range
    ├── DiaryError                the diary cannot be read or written
    ├── AnswerError               an answer of the check-up is of the wrong kind, or to no question
    └── MissingExtra              an optional library is not installed

Each carries one sentence that a lay person understands, and a hint: what to do next.
"""

from __future__ import annotations

__all__ = [
    "AnswerError",
    "DamagedFile",
    "DiaryError",
    "EvenstrideError",
    "MissingExtra",
    "NotARecording",
    "OptionError",
    "RecordingError",
    "UnknownFile",
    "UnsafeFile",
    "UnusableRecording",
]


class EvenstrideError(Exception):
    """Base of every error evenstride raises on purpose.

    Args:
        sentence: What is wrong, in plain words.
        hint: What the person can do about it; may be empty.
    """

    def __init__(self, sentence: str, hint: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".rstrip()


class RecordingError(EvenstrideError):
    """The data of a recording cannot be used."""


class NotARecording(RecordingError):  # noqa: N818 - the name in the public interface
    """The file is something else than a motion recording, or of no kind we know."""


class UnknownFile(NotARecording):
    """The file is of no kind we know."""


class DamagedFile(RecordingError):  # noqa: N818
    """The file is of a known kind, but nothing in it could be saved."""


class UnusableRecording(RecordingError):  # noqa: N818
    """The recording was read, but a walk cannot be measured from it."""


class UnsafeFile(EvenstrideError):  # noqa: N818
    """The file was built to do harm, for example a zip bomb."""


class OptionError(EvenstrideError):
    """An argument or option is out of range or contradicts another."""


class AnswerError(EvenstrideError):
    """An answer of the check-up or of a questionnaire cannot be used.

    Args:
        finding: The id of the question that the answer was given for.
        sentence: What is wrong, in plain words.
        hint: What would be right; may be empty.
    """

    def __init__(self, finding: str, sentence: str, hint: str = "") -> None:
        super().__init__(sentence, hint)
        self.finding = finding


class DiaryError(EvenstrideError):
    """The diary cannot be read or written, or what was asked of it is not in it."""


class MissingExtra(EvenstrideError):  # noqa: N818
    """An optional library is needed for what was asked and is not installed.

    Args:
        purpose: What it is needed for, as the start of a sentence ("Tables for polars").
        extra: The name of the extra that installs it.
    """

    def __init__(self, purpose: str, extra: str) -> None:
        super().__init__(
            f"{purpose} need an optional library that is not installed.",
            f"Install it with: pip install 'evenstride[{extra}]'",
        )
        self.extra = extra
