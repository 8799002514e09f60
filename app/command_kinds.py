"""Every command there is: importing an area's commands registers them."""

from __future__ import annotations

from .accounts import commands as accounts
from .alliances import commands as alliances
from .applications import answers as application_answers
from .applications import commands as applications
from .applications import consent_links
from .applications import documents as application_documents
from .archives import commands as archives
from .arrivals import commands as arrivals
from .ceremony import commands as ceremony
from .competitions import commands as competitions
from .devices import commands as devices
from .devices import field_commands as device_fields
from .displays import commands as displays
from .entries import commands as entries
from .erasing import commands as erasing
from .escalations import commands as escalations
from .eventlog.deciding import COMMANDS
from .judging import commands as judging
from .judging import late_commands as late_projects
from .matches import commands as matches
from .matches import dispute_commands as disputes
from .matches import late_entries as late_matches
from .matches import order_commands as match_orders
from .matches import paper_commands as match_papers
from .matches import partner_commands as match_partners
from .matches import queue_commands as match_queues
from .papers import commands as papers
from .planning import commands as planning
from .protests import commands as protests
from .registry import commands as registry
from .runs import commands as runs
from .runs import hand_commands as hand_clocks
from .runs import order_commands as run_orders
from .runs import paper_commands as paper_sheets
from .schedule import commands as schedule
from .standings import commands as standings
from .standings import moving, publishing, withdrawing

AREAS = (
    accounts,
    alliances,
    application_answers,
    applications,
    consent_links,
    application_documents,
    archives,
    arrivals,
    ceremony,
    competitions,
    devices,
    device_fields,
    displays,
    entries,
    erasing,
    escalations,
    judging,
    late_projects,
    matches,
    disputes,
    late_matches,
    match_orders,
    match_papers,
    match_partners,
    match_queues,
    protests,
    registry,
    papers,
    planning,
    runs,
    hand_clocks,
    run_orders,
    paper_sheets,
    schedule,
    standings,
    moving,
    publishing,
    withdrawing,
)

__all__ = ["AREAS", "COMMANDS"]
