"""What it means that a team comes when its division is drawn already."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from ...competitions.state import Setup
from ...entries.state import Entries, Entry
from ...eventlog.fold import State
from ...languages import in_language
from ...matches.late_entries import late_for
from ...matches.state import Matches
from ...runs.order_commands import late_entries
from ...schedule.state import Schedule


@dataclass(frozen=True, slots=True)
class Late:
    """A team the draw does not know: what that means, where it is settled, and whether one button does it."""

    sentence: str
    link: str
    button: str | None = None


def draw_words(state: State, division: str) -> str | None:
    """What a team registered now must expect in a division; None where nothing was drawn."""
    ruleset = state[Setup].divisions[division].ruleset
    if state[Matches].contest(division) is not None:
        words = _l(
            "%(division)s: the matches are drawn. How a team that comes now gets into them, if it still can, is said on"
            " their page."
        )
    elif division not in state[Schedule].start_lists:
        return None
    elif ruleset.rubric:
        words = _l(
            "%(division)s: the panel is drawn. A team that comes now is marked last, by judges who have least to mark."
        )
    else:
        words = _l("%(division)s: the start list is drawn. A team that comes now runs last in each round.")
    return str(words) % {"division": in_language(state[Setup].divisions[division].name)}


def late(state: State, entry: Entry) -> Late | None:
    """What is to be done for an entry that came after the draw; None where it is in it, or nothing was drawn."""
    words, code = draw_words(state, entry.division), entry.division
    if words is None or entry not in state[Entries].taking_part:
        return None
    here = f"/desk/{state.chain}/division/{code}"
    if state[Matches].contest(code) is not None:
        return Late(words, f"{here}/matches") if entry.id in late_for(state, code) else None
    if entry.id not in late_entries(state, code):
        return None
    if state[Setup].divisions[code].ruleset.rubric:
        return Late(words, f"{here}/panel")
    return Late(words, f"{here}/start-list", f"{here}/late-entries")
