"""Every page of the desk: what the server hangs on itself."""

from __future__ import annotations

from .access.accounts import blueprint as accounts
from .access.installation_accounts import blueprint as installation_accounts
from .access.keys import blueprint as keys
from .applications.application_edit import blueprint as application_edit
from .applications.applications import blueprint as applications
from .applications.consents import blueprint as consents
from .applications.documents import blueprint as documents
from .competitions import blueprint as competitions
from .day.dashboard import blueprint as dashboard
from .day.gates import blueprint as gates
from .door.arrivals import badges
from .door.arrivals import blueprint as arrivals
from .door.labels import blueprint as labels
from .judging.panels import blueprint as panels
from .log.event_log import blueprint as log
from .log.looks import blueprint as looks
from .matches.alliances import blueprint as alliances
from .matches.match_orders import blueprint as match
from .matches.matches import blueprint as matches
from .matches.paper_matches import blueprint as paper_matches
from .matches.partners import blueprint as partners
from .papers.archives import blueprint as archives
from .papers.diplomas import blueprint as diplomas
from .papers.reports import blueprint as reports
from .papers.results import blueprint as results
from .people.people import blueprint as people
from .people.taking_down import blueprint as taking_down
from .plan.plan_files import blueprint as plan_files
from .plan.plan_people import blueprint as plan_people
from .plan.planning import blueprint as planning
from .rules.day_numbers import blueprint as day_numbers
from .rules.rules import blueprint as rules
from .rules.trying import blueprint as trying
from .screens.announcing import blueprint as announcing
from .screens.ceremony import blueprint as ceremony
from .screens.notices import blueprint as notices
from .screens.screens import blueprint as screens
from .screens.showing import blueprint as showing
from .sheets.begun import blueprint as begun
from .sheets.dispute_orders import blueprint as disputes
from .sheets.escalating import blueprint as escalations
from .sheets.paper import blueprint as paper
from .sheets.run_orders import blueprint as run
from .sheets.sheets import blueprint as sheets
from .teams.counts import blueprint as counts
from .teams.importing import blueprint as importing
from .teams.teams import blueprint as teams
from .teams.withdrawing import blueprint as withdrawing

DESK = (
    accounts,
    installation_accounts,
    keys,
    application_edit,
    applications,
    consents,
    documents,
    competitions,
    dashboard,
    gates,
    badges,
    arrivals,
    labels,
    panels,
    log,
    looks,
    alliances,
    match,
    matches,
    paper_matches,
    partners,
    archives,
    diplomas,
    reports,
    results,
    people,
    taking_down,
    plan_files,
    plan_people,
    planning,
    day_numbers,
    rules,
    trying,
    announcing,
    ceremony,
    notices,
    screens,
    showing,
    begun,
    disputes,
    escalations,
    paper,
    run,
    sheets,
    counts,
    importing,
    teams,
    withdrawing,
)
