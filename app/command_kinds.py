"""Every command there is: importing an area's commands registers them."""

from __future__ import annotations

from .accounts import commands as accounts
from .ceremony import commands as ceremony
from .competitions import commands as competitions
from .devices import commands as devices
from .devices import field_commands as device_fields
from .displays import commands as displays
from .entries import commands as entries
from .eventlog.deciding import COMMANDS
from .papers import commands as papers
from .registry import commands as registry
from .runs import commands as runs
from .schedule import commands as schedule
from .standings import commands as standings

AREAS = (
    accounts,
    ceremony,
    competitions,
    devices,
    device_fields,
    displays,
    entries,
    papers,
    registry,
    runs,
    schedule,
    standings,
)

__all__ = ["AREAS", "COMMANDS"]
