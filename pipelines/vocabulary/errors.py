"""The tree of exceptions. Every message names the place of the fault and the next step.

TallyhouseError              exit code
├── UsageError               2   a wrong argument, a path that is not there
├── CatalogueError           2   a row of a catalogue or suite that cannot be read: file, line, remedy
├── ArticleError             3   one article that cannot be read; never stops the others
├── InvariantError           1   a rule of the warehouse broke; nothing was published
└── StorageError             4   locked, full or read-only disk; nothing was changed
"""

from traceback import walk_tb


class TallyhouseError(Exception):
    """Anything that Tallyhouse reports to its user in words instead of a traceback."""

    exit_code = 1


class UsageError(TallyhouseError):
    """The call itself is wrong."""

    exit_code = 2


class CatalogueError(TallyhouseError):
    """A data file that a curator edits holds a row that cannot be used."""

    exit_code = 2

    def __init__(self, file: str, line: int | None, message: str) -> None:
        self.file, self.line = file, line
        super().__init__(f"{file}, line {line}: {message}" if line else f"{file}: {message}")


class ArticleError(TallyhouseError):
    """One raw file that is no readable article. `code` is stable, the message is for people."""

    exit_code = 3

    def __init__(self, path: str, code: str, message: str) -> None:
        self.path, self.code = path, code
        super().__init__(f"{path}: {message}")


class InvariantError(TallyhouseError):
    """A rule that must always hold does not; the published warehouse was left as it was."""


class StorageError(TallyhouseError):
    """The disk or the lock said no; what was there before is unchanged."""

    exit_code = 4


def fault(error: BaseException) -> str:
    """A fault of the code in one line: its type, our module and line where it came up, and what it says."""
    frames = [(str(f.f_globals.get("__name__", "?")), line) for f, line in walk_tb(error.__traceback__)]
    ours = [frame for frame in frames if frame[0].partition(".")[0] == __name__.partition(".")[0]]
    module, line = (ours or frames or [("?", 0)])[-1]
    return f"{type(error).__name__} in {module}, line {line}: {error}"
