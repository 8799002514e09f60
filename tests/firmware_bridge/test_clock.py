"""The clock fit: the true rate and offset found through noise, short round trips believed, a clamp on nonsense."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from firmware_bridge.clock import NANOSECONDS, BoardClock

RATE_HZ = 2_000_000
UTC_AT_ZERO = datetime(2026, 4, 1, 10, tzinfo=UTC)
UTC_MINUS_STEADY_NS = int(UTC_AT_ZERO.timestamp()) * NANOSECONDS


def pinged(ppm: float, seconds: float, worst_delay_us: float, seed: int = 1) -> BoardClock:
    """A clock after pings ten times a second to a board that is ``ppm`` fast, with delays drawn at random."""
    dice = random.Random(seed)
    clock = BoardClock(RATE_HZ)
    for step in range(int(seconds * 10)):
        sent_ns = step * NANOSECONDS // 10
        way_there_ns, way_back_ns = (
            100_000 + round(dice.expovariate(1) * worst_delay_us * 100) for _ in range(2)
        )
        ticks = board_ticks(sent_ns + way_there_ns, ppm)
        clock.add(ticks, sent_ns, sent_ns + way_there_ns + way_back_ns, 0)
    return clock


def board_ticks(steady_ns: int, ppm: float) -> int:
    return round(steady_ns * RATE_HZ * (1 + ppm * 1e-6) / NANOSECONDS)


@pytest.mark.parametrize("ppm", [0.0, 3000.0, -20.0])
def test_utc_is_within_the_stated_uncertainty(ppm: float) -> None:
    fit = pinged(ppm, seconds=30, worst_delay_us=400).fit(UTC_MINUS_STEADY_NS)
    assert fit is not None
    for at_s in (5, 15, 29):
        ticks = board_ticks(at_s * NANOSECONDS, ppm)
        off = abs(fit.utc(ticks) - (UTC_AT_ZERO + timedelta(seconds=at_s)))
        assert off / timedelta(microseconds=1) <= fit.uncertainty_at_us(ticks)


def test_the_rate_of_a_bad_resonator_is_found() -> None:
    fit = pinged(3000.0, seconds=30, worst_delay_us=400).fit(UTC_MINUS_STEADY_NS)
    assert fit is not None
    assert fit.tick_ns == pytest.approx(NANOSECONDS / RATE_HZ / 1.003, rel=20e-6)


def test_a_rate_no_resonator_has_is_clamped() -> None:
    fit = pinged(50_000.0, seconds=10, worst_delay_us=1).fit(0)
    assert fit is not None
    assert fit.tick_ns == pytest.approx(NANOSECONDS / RATE_HZ * (1 - 0.006), rel=1e-9)


def test_nothing_is_said_before_the_first_ping() -> None:
    assert BoardClock(RATE_HZ).fit(0) is None


def test_two_points_are_no_rate_and_no_quality() -> None:
    fit = pinged(3000.0, seconds=0.2, worst_delay_us=1).fit(0)
    assert fit is not None
    assert fit.quality == "none"
    assert fit.tick_ns == NANOSECONDS / RATE_HZ


def test_a_host_clock_that_jumps_moves_utc_and_not_the_rate() -> None:
    clock = pinged(10.0, seconds=20, worst_delay_us=100)
    before, after = clock.fit(UTC_MINUS_STEADY_NS), clock.fit(UTC_MINUS_STEADY_NS + 3600 * NANOSECONDS)
    assert before is not None
    assert after is not None
    assert after.tick_ns == before.tick_ns
    assert after.utc(0) - before.utc(0) == timedelta(hours=1)
