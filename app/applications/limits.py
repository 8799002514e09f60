"""Which limits on entries are reached: of a division, an organisation, a district, a region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..entries.state import Entries
from ..eventlog.deciding import Problem
from ..eventlog.fold import State
from ..registry.spellings import District, district_of, school_key
from .schemas import SetApplicationTerms
from .state import Application, Applications


@dataclass(frozen=True, slots=True)
class Home:
    """Where a team comes from, as limits count: spellings of a school or a district do not matter.

    A school is one by its name within its region; a district by its own within its region.
    """

    school: str
    region: str | None
    district: District | None

    @classmethod
    def of(cls, organisation: str, region: str | None, district: str | None) -> Home:
        return cls(school_key(organisation), region, district_of(district or ""))

    def same_district(self, other: Home) -> bool:
        if self.district is None or other.district is None or self.region != other.region:
            return False
        return self.district.is_same(other.district)

    def same_school(self, other: Home) -> bool:
        """Schools of a region with one name are two where their districts are said to be."""
        apart = self.district and other.district and not self.district.is_same(other.district)
        return self.school == other.school and self.region == other.region and not apart


class Held:
    """The places that are held; who was withdrawn or taken down holds none. ``without`` is an entry left out."""

    def __init__(self, state: State, without: str | None = None) -> None:
        self._terms: SetApplicationTerms = state[Applications].terms
        self._of_division: Counter[str] = Counter()
        self._of_region: Counter[str | None] = Counter()
        self._of_school: dict[tuple[str, str | None], list[Home]] = {}
        self._of_district: dict[tuple[str | None, str], list[Home]] = {}
        for entry in state[Entries].taking_part:
            if entry.id == without:
                continue
            card = state.cards.get(entry.card)
            home = Home.of(card["organisation"], card["region"], card["district"]) if card else None
            self.take([entry.division], home)

    def take(self, divisions: Iterable[str], home: Home | None) -> None:
        """Count so many entries more, from nowhere where nothing is known of the team."""
        for division in divisions:
            self._of_division[division] += 1
            if home is not None:
                self._of_region[home.region] += 1
                self._of_school.setdefault((home.school, home.region), []).append(home)
                if home.district is not None:
                    self._of_district.setdefault((home.region, home.district.stem), []).append(home)

    def reached(self, divisions: Sequence[str], home: Home) -> list[Problem]:
        """The limits that so many entries more would break."""
        terms, more = self._terms, len(divisions)
        problems = [
            Problem("division_full", "wanted", facts={"division": code, "most": bounds.most})
            for code in divisions
            if (bounds := terms.divisions.get(code))
            and bounds.most
            and self._of_division[code] >= bounds.most
        ]
        most = terms.most_of_organisation
        if most and self._from_school(home) + more > most:
            problems.append(Problem("organisation_full", "organisation", facts={"most": most}))
        most = terms.most_of_district
        if most and home.district and self._from_district(home, home.district) + more > most:
            problems.append(Problem("district_full", "district", facts={"most": most}))
        most = terms.most_of_region
        if most and self._of_region[home.region] + more > most:
            problems.append(Problem("region_full", "region", facts={"most": most}))
        return problems

    def _from_school(self, home: Home) -> int:
        return sum(map(home.same_school, self._of_school.get((home.school, home.region), ())))

    def _from_district(self, home: Home, district: District) -> int:
        return sum(map(home.same_district, self._of_district.get((home.region, district.stem), ())))


def reached_by(state: State, application: Application, held: Held | None = None) -> list[Problem]:
    """The limits that accepting an application would break; ``held`` is for who asks about many of them."""
    card = state.cards.get(application.card, {"organisation": "", "region": None, "district": None})
    divisions = [place.division for place in application.places]
    home = Home.of(card["organisation"], card["region"], card["district"])
    return (held or Held(state)).reached(divisions, home)
