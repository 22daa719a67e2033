"""What a run tells whoever waits for it at a terminal: which step it is at, and how far.

What lives here: one listener for the run of this process. What does not: printing (see `cli`). Without a listener, as
in Dagster's own processes, nothing happens.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Gets the step in words, how much of it is done, and of how much (0: not known).
Listener = Callable[[str, int, int], None]

_listener: Listener | None = None


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Tells `listener` while the block runs."""
    global _listener
    _listener = listener
    try:
        yield
    finally:
        _listener = None


def tell(step: str, done: int = 0, total: int = 0) -> None:
    """Says that a step has begun, or how far it is."""
    if _listener is not None:
        _listener(step, done, total)
