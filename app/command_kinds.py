"""Every command there is: importing an area's commands registers them."""

from __future__ import annotations

from .accounts import commands as accounts
from .applications import answers as application_answers
from .applications import commands as applications
from .arrivals import commands as arrivals
from .ceremony import commands as ceremony
from .competitions import commands as competitions
from .devices import commands as devices
from .devices import field_commands as device_fields
from .displays import commands as displays
from .entries import commands as entries
from .eventlog.deciding import COMMANDS
from .matches import commands as matches
from .matches import order_commands as match_orders
from .papers import commands as papers
from .protests import commands as protests
from .registry import commands as registry
from .runs import commands as runs
from .runs import order_commands as run_orders
from .runs import paper_commands as paper_sheets
from .schedule import commands as schedule
from .standings import commands as standings
from .standings import publishing, withdrawing

AREAS = (
    accounts,
    application_answers,
    applications,
    arrivals,
    ceremony,
    competitions,
    devices,
    device_fields,
    displays,
    entries,
    matches,
    match_orders,
    protests,
    registry,
    papers,
    runs,
    run_orders,
    paper_sheets,
    schedule,
    standings,
    publishing,
    withdrawing,
)

__all__ = ["AREAS", "COMMANDS"]
