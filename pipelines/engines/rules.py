"""The version of the rules: what, besides the bytes of an article, decides what is read in it.

What lives here: one hash over the code and the data of the extraction, the home's overlay included. A change of a rule
or a catalogue row makes another version, and the next run reads again; nobody has to remember to raise a number.
"""

import hashlib
from pathlib import Path

import pipelines

PACKAGE = Path(pipelines.__file__).parent
PARTS = ("vocabulary", "catalogue", "stages", "flow.py")
SUFFIXES = {".py", ".csv"}


def version(overlay: Path | None = None) -> str:
    """For example `0.1.0+3f9c2ab04d17`: the release, and the hash of rules and catalogue; reads all their files."""
    digest = hashlib.sha256()
    for folder in PARTS:
        _add(digest, PACKAGE / folder, PACKAGE)
    if overlay is not None and overlay.is_dir():
        _add(digest, overlay, overlay)
    return f"{pipelines.__version__}+{digest.hexdigest()[:12]}"


def _add(digest: "hashlib._Hash", place: Path, root: Path) -> None:
    files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.suffix in SUFFIXES)
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
