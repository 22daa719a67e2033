"""The versions of what decides: the rules that read an article, and the checks that judge what was read.

What lives here: hashes over code and data, the home's overlay included. A change of a rule, a catalogue row or an
expectation makes another version, and the next run does again what it touches; nobody has to raise a number.
"""

import hashlib
from pathlib import Path

import pipelines

PACKAGE = Path(pipelines.__file__).parent
EXPECTATIONS = PACKAGE.parent / "expectations"
SUFFIXES = {".py", ".csv", ".yml"}


def version(overlay: Path | None = None) -> str:
    """The rules of extraction, for example `0.1.0+3f9c2a.b04d17e1c2a8`.

    That is the release, a hash of what makes a text of a file, and a hash of all rules and the catalogue. Where only
    the last differs, the texts that were kept are as good as the files.
    """
    reading = _hash([PACKAGE / "stages" / "text", PACKAGE / "vocabulary" / "article.py"])
    parts = [PACKAGE / name for name in ("vocabulary", "catalogue", "stages", "flow.py")]
    overlaid = [overlay] if overlay and overlay.is_dir() else []
    return f"{pipelines.__version__}+{reading[:6]}.{_hash([*parts, *overlaid])}"


def judgement() -> str:
    """The expectations and the checks, as a hash."""
    return _hash([PACKAGE / "checks", EXPECTATIONS])


def _hash(places: list[Path]) -> str:
    digest = hashlib.sha256()
    for place in places:
        for path in [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.suffix in SUFFIXES):
            content = path.read_bytes()
            digest.update(f"{path.relative_to(place.parent).as_posix()}\0{len(content)}\0".encode())
            digest.update(content)
    return digest.hexdigest()[:12]
