"""Forms whose texts may hold letters of another alphabet: what is offered to be mended, and mending it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from .mending import changed_letters, code_page_and_letters


class Mendable:
    """What a form of names and schools has besides its fields."""

    def texts(self) -> Iterator[tuple[Any, bool]]:
        """The fields that people will read, and whether each names a person."""
        raise NotImplementedError

    def offers(self) -> list[dict[str, Any]]:
        """What texts may have been meant to say: ``{"name", "label", "was", "now", "pieces"}``, by field name."""
        return [
            {
                "name": field.name,
                "label": str(field.label.text),
                "was": field.data,
                "now": now,
                "pieces": changed_letters(field.data, now),
            }
            for field, is_name in self.texts()
            if field.data and (now := code_page_and_letters(field.data, is_name=is_name)) != field.data
        ]

    def mend(self, accepted: Container[str]) -> None:
        """Carry out those of the offers whose field was named."""
        wanted = {offer["name"]: offer["now"] for offer in self.offers() if offer["name"] in accepted}
        for field, _is_name in self.texts():
            field.data = wanted.get(field.name, field.data)
