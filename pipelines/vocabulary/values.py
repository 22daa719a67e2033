"""How the values that are made by the thousand are made fast.

A frozen dataclass sets each of its fields with a call of its own, which is most of the time that a wide one costs. The
type checker sees to it that nobody changes a value, so at run time its fields may be set as those of any object are.
"""

from collections.abc import Callable
from dataclasses import field, fields, make_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def light(frozen: type[T]) -> type[T]:
    """A frozen dataclass, frozen for the type checker alone."""
    made: Any = frozen
    plain: Any = make_dataclass(
        made.__name__,
        [(f.name, f.type, field(default=f.default, default_factory=f.default_factory)) for f in fields(made)],
    )
    made.__init__ = plain.__init__
    del made.__setattr__, made.__delattr__
    return frozen


def replace(value: T, **changes: Any) -> T:
    """What `dataclasses.replace` does, for a light value: a copy in which some fields are other ones."""
    kind: Any = type(value)
    made: T = kind(*_values(kind)(value))
    for name, new in changes.items():
        setattr(made, name, new)
    return made


@cache
def _values(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """All fields of a value, in their order."""
    return attrgetter(*(f.name for f in fields(kind)))
