"""What keeps a field from taking runs: a self-test under way or failed, or its emergency stop."""

from __future__ import annotations

from ..eventlog.chain import Entry
from ..eventlog.fold import Part, State, on

TESTED, FAILED = "self_test_running", "self_test_failed"


class Fields(Part):
    """Fields that are being tested, failed their test, or were stopped by hand. A stop is a signal to people and to us:
    it switches nothing off."""

    def __init__(self) -> None:
        self._tests: dict[str, str] = {}
        self._halted: set[str] = set()

    def is_tested(self, field: str) -> bool:
        return self._tests.get(field) == TESTED

    def is_halted(self, field: str) -> bool:
        return field in self._halted

    def bar(self, field: str) -> str | None:
        """The code of why no run may be opened on a field; None where one may."""
        return "field_halted" if self.is_halted(field) else self._tests.get(field)

    @on("SelfTestStarted")
    def _started(self, state: State, entry: Entry) -> None:
        self._tests[entry.data["field"]] = TESTED
        self._touch(state, entry)

    @on("SelfTestFinished")
    def _finished(self, state: State, entry: Entry) -> None:
        self._tests.pop(entry.data["field"], None)
        if not entry.data["passed"]:
            self._tests[entry.data["field"]] = FAILED
        self._touch(state, entry)

    @on("SelfTestOverridden")
    def _overridden(self, state: State, entry: Entry) -> None:
        self._tests.pop(entry.data["field"], None)
        self._touch(state, entry)

    @on("FieldHalted")
    def _halt(self, state: State, entry: Entry) -> None:
        self._halted.add(entry.data["field"])
        self._touch(state, entry)

    @on("FieldReleased")
    def _released(self, state: State, entry: Entry) -> None:
        self._halted.discard(entry.data["field"])
        self._touch(state, entry)

    def _touch(self, state: State, entry: Entry) -> None:
        place = f"{state.chain}/field/{entry.data['field']}"
        state.touch(place, f"{place}/queue", f"{place}/judging", f"{state.chain}/devices")
