"""What judges write on score sheets, kept outside the log so that it can be erased with the team it is about."""

from __future__ import annotations

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from ..eventlog.models import Sealed
from ..extensions import Base


class SheetText(Sealed, Base):
    """The value of one text field of one sheet: what a judge remarked on a criterion, say."""

    __tablename__ = "sheet_text"

    text: Mapped[str] = mapped_column(Text)

    @classmethod
    def seal(cls, id_: str, chain: str, text: str) -> SheetText:
        return cls(id=id_, chain=chain, text=text).seal_up()

    def content(self) -> bytes:
        return self.text.encode()
