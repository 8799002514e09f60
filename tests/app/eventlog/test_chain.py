"""The hash chain: any change, loss or move of an entry is found, and named by its place."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.eventlog.chain import GENESIS, Break, Cause, Event, Link, first_break, link, read

CAUSE = Cause("judge", "tablet", "0190", datetime(2026, 4, 1, 10, tzinfo=UTC))
whole = st.integers(-(2**63), 2**63 - 1)
events = st.lists(
    st.builds(Event, st.sampled_from(["RunOpened", "ScoreEntered"]), st.dictionaries(st.text(), whole)),
    min_size=1,
    max_size=8,
)


def chain(made: list[Event]) -> list[Link]:
    links: list[Link] = []
    for seq, event in enumerate(made, 1):
        links.append(link(links[-1].hash if links else GENESIS, seq, event, CAUSE))
    return links


def stored(links: list[Link]) -> list[tuple[int, str, str, str]]:
    return [(one.entry.seq, one.entry.type, one.body, one.hash) for one in links]


@given(events)
def test_an_untouched_chain_is_sound(made: list[Event]) -> None:
    links = chain(made)
    assert first_break(stored(links)) == (len(links), links[-1].hash, None)
    assert [read(one.body) for one in links] == [one.entry for one in links]


@given(events, st.data())
def test_any_changed_character_is_found(made: list[Event], data: st.DataObject) -> None:
    rows = stored(chain(made))
    at = data.draw(st.integers(0, len(rows) - 1))
    seq, type_, body, hash_ = rows[at]
    position = data.draw(st.integers(0, len(body) - 1))
    changed = body[:position] + chr(ord(body[position]) + 1) + body[position + 1 :]
    rows[at] = (seq, type_, changed, hash_)
    assert first_break(rows)[2] == Break("hash_differs", at + 1)


@given(events, st.data())
def test_a_missing_entry_is_found(made: list[Event], data: st.DataObject) -> None:
    rows = stored(chain(made))
    at = data.draw(st.integers(0, len(rows) - 1))
    del rows[at]
    expected = Break("tail_missing", at + 1) if at == len(rows) else Break("entry_missing", at + 1)
    assert first_break(rows, at_least=len(made))[2] == expected


def test_a_swapped_type_is_found() -> None:
    (row,) = stored(chain([Event("RunOpened", {})]))
    assert first_break([(row[0], "RunClosed", row[2], row[3])])[2] == Break("entry_unreadable", 1)
