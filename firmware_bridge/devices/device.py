"""What the bridge needs of anything that times: our board, someone else's timer, or the Pi's own pins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from ..faults import Faults
from ..messages import Config
from ..spool import Spool
from ..transport import Port


class Device(Protocol):
    """Runs by itself between ``start`` and ``stop``, and spools what it times."""

    @property
    def name(self) -> str | None:
        """What it is called to the server; None while that is not known."""
        ...

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def origin(self) -> str: ...
    def configure(self, config: Config) -> None: ...
    def switch(self, output: int, is_on: bool) -> None: ...

    def rename(self) -> None:
        """Take another name: the server has readings of another device under this one."""
        ...

    def health(self) -> dict[str, Any]:
        """Its part of a heartbeat."""
        ...


class DeviceMaker(Protocol):
    """Makes a device: ``stored`` is called when a reading is on the disk, ``greeted`` when the device said hello."""

    def __call__(
        self,
        open_port: Callable[[], Port],
        spool: Spool,
        faults: Faults,
        stored: Callable[[], None],
        greeted: Callable[[], None],
        origin: str | None = None,
    ) -> Device: ...
