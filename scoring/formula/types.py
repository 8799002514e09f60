"""The types a formula's parts can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Type:
    """A type; ``optional`` means the value may be unset, and must be asked about before it is used."""

    kind: str
    optional: bool = False
    of: Type | None = None
    """What a list is of."""
    columns: Mapping[str, Type] = field(default_factory=dict, compare=False)
    """What a row is of."""
    options: str | None = None
    """Where the points of a choice's options are: the path of its field."""

    @property
    def given(self) -> Type:
        """The same type once it is known to be set."""
        return Type(self.kind, False, self.of, self.columns, self.options) if self.optional else self


NUMBER, BOOL, TEXT, NULL = Type("number"), Type("bool"), Type("text"), Type("null")


def list_of(element: Type, options: str | None = None) -> Type:
    return Type("list", of=element, options=options)


def row_of(columns: Mapping[str, Type]) -> Type:
    return Type("row", columns=columns)
