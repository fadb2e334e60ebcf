"""Runs one target in the environment that has atheris; writes each find once and goes on."""

from __future__ import annotations

import hashlib
import sys
import traceback
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["evenstride"]):
    from tests.importers.matrix.facts import come

    from validation.fuzz.targets import TARGETS

_FRAMES = 3


def main(name: str, folder: Path, seconds: int) -> None:
    """Fuzz a target; what broke it lies in ``folder`` afterwards, with its traceback."""
    target = TARGETS[name]
    corpus, finds = folder / "corpus", folder / "finds"
    corpus.mkdir(parents=True, exist_ok=True)
    finds.mkdir(exist_ok=True)
    for k, seed in enumerate(target.seeds()):
        (corpus / f"seed-{k}").write_bytes(seed)
    words = folder / "words"
    escaped = ("".join(f"\\x{byte:02x}" for byte in word) for word in target.words)
    words.write_text("".join(f'"{word}"\n' for word in escaped))

    warnings.simplefilter("error")  # as in the tests

    def one(data: bytes) -> None:
        try:
            come(target.wrap(data))
        except Exception as error:  # noqa: BLE001 - every kind of failure is what is looked for
            _note(error, data, finds)

    options = [f"-max_total_time={seconds}", "-timeout=25", "-rss_limit_mb=3000", "-max_len=80000"]
    options += [f"-artifact_prefix={finds}/", "-print_final_stats=1"]
    options += [f"-dict={words}"] if target.words else []
    atheris.Setup([name, *options, str(corpus)], one)
    atheris.Fuzz()


def _note(error: Exception, data: bytes, finds: Path) -> None:
    """Keep the shortest input of each kind of failure, told by where it happened."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    where = "|".join(f"{Path(f.filename).name}:{f.lineno}" for f in frames)
    key = hashlib.sha256(f"{type(error).__name__}{where}".encode()).hexdigest()[:12]
    path = finds / f"find-{key}"
    if path.exists() and path.stat().st_size <= len(data):
        return
    path.write_bytes(data)
    path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
