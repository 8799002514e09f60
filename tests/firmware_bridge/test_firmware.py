"""The real firmware, in steps: what it stamps, what it reports, what it answers, and that no edge is lost."""

from __future__ import annotations

import random
import statistics
from pathlib import Path

import pytest

from firmware_bridge.messages import (
    PROTOCOL,
    Ack,
    Config,
    Event,
    HelloRequest,
    Name,
    Output,
    Ping,
    Pong,
    Status,
)

from .built import FIRMWARE, Built, make
from .lockstep import CYCLES_A_MS, CYCLES_A_TICK, CYCLES_A_US, Lockstep, Told

START, FINISH, SPLIT, FIRST_PIN_CHANGE = 0, 1, 2, 3
UNFILTERED = Config(1, tuple((channel, 0, 0) for channel in range(8)))
BOOTED = 20 * CYCLES_A_MS


def ready(board: Lockstep, config: Config = UNFILTERED) -> None:
    """Start it, configure it, and find out where its counter began."""
    board.send(UNFILTERED, BOOTED)
    board.run(2 * BOOTED)
    board.find_zero()
    board.send(config)
    board.run(board.cycle + 10 * CYCLES_A_MS)


def stamp_errors_us(board: Lockstep, told: Told) -> list[float]:
    """Stamped less true time of each edge, after checking that there are as many events as edges."""
    events = told.all(Event)
    seen = [(event.channel, event.edge == "rise") for event in events]
    assert seen == [(edge.channel, edge.is_rise) for edge in told.edges]
    return [
        (event.ticks * CYCLES_A_TICK + board.zero_cycle - edge.cycle) / CYCLES_A_US
        for event, edge in zip(events, told.edges, strict=True)
    ]


def toggled(board: Lockstep, channel: int, edges: int, seed: int, gap_us: tuple[int, int]) -> Told:
    """``edges`` edges on one channel with gaps drawn at random, while the host pings."""
    dice = random.Random(seed)
    at = board.cycle + CYCLES_A_MS
    for number in range(edges):
        board.edge(channel, number % 2, at)
        at += dice.randrange(gap_us[0] * CYCLES_A_US, gap_us[1] * CYCLES_A_US)
    steps = 0

    def ping(_: Told) -> None:
        nonlocal steps
        steps += 1
        if steps % 3 == 0:
            board.send(Ping(steps % 0x10000))

    return board.run_acknowledging(at + 30 * CYCLES_A_MS, ping)


def test_the_build_says_its_size_and_keeps_to_the_budget(built: Built, tmp_path: Path) -> None:
    assert "bytes flash" in built.size
    with pytest.raises(Exception, match="returned non-zero"):
        make(FIRMWARE, tmp_path, "RAM_BUDGET=100")
    assert not (tmp_path / "baige-atmega328p.elf").exists()


def test_it_says_hello_by_itself_and_when_asked(built: Built) -> None:
    with Lockstep(built) as board:
        first = board.run(BOOTED).hello
        board.send(HelloRequest())
        assert board.run(board.cycle + BOOTED).hello == first
    assert first.protocol == PROTOCOL
    assert first.tick_rate_hz == 2_000_000
    assert first.line_baud == 250_000
    assert (first.channels, first.oldest_seq, first.next_seq, first.dropped) == (8, 1, 1, 0)
    assert not first.is_simulated
    assert not first.is_named


def test_a_name_and_the_count_of_starts_outlive_power(built: Built, tmp_path: Path) -> None:
    eeprom = tmp_path / "eeprom.bin"
    boots = []
    with Lockstep(built, eeprom) as board:
        boots.append(board.run(BOOTED).hello.boot)
        board.send(Name(b"gate-007"))
        assert board.run(board.cycle + 100 * CYCLES_A_MS).hello.device == b"gate-007"
        board.reset()
        boots.append(board.run(board.cycle + BOOTED).hello.boot)
    with Lockstep(built, eeprom) as board:
        hello = board.run(BOOTED).hello
        assert hello.device == b"gate-007"
        boots.append(hello.boot)
    assert boots == [1, 2, 3]


def test_a_start_cut_short_never_repeats_a_count(built: Built, tmp_path: Path) -> None:
    eeprom = tmp_path / "eeprom.bin"
    for expected in (1, 2, 3):
        with Lockstep(built, eeprom) as board:
            assert board.run(BOOTED).hello.boot == expected
    torn = bytearray(eeprom.read_bytes())
    torn[16:22] = b"\xff\x03\x00\x00\xab\xcd"  # the slot of start 3, half written
    eeprom.write_bytes(torn)
    with Lockstep(built, eeprom) as board:
        assert (
            board.run(BOOTED).hello.boot == 3
        )  # of start 3 nobody can have heard: it is written before HELLO


def test_capture_is_exact(built: Built) -> None:
    with Lockstep(built) as board:
        ready(board)
        errors = stamp_errors_us(board, toggled(board, FINISH, 2000, seed=1, gap_us=(1000, 3000)))
    assert (
        max(errors) - min(errors) <= 0.5 + 4 / CYCLES_A_US
    )  # an instruction of up to 4 cycles hides the edge
    assert abs(statistics.median(errors)) <= 0.5


@pytest.mark.parametrize("channel", [START, SPLIT, FIRST_PIN_CHANGE, 7])
def test_interrupts_stamp_within_thirty_microseconds(built: Built, channel: int) -> None:
    with Lockstep(built) as board:
        ready(board)
        errors = stamp_errors_us(board, toggled(board, channel, 2000, seed=channel, gap_us=(1000, 3000)))
    assert min(errors) > -3
    assert max(errors) < 30
    assert abs(statistics.median(errors)) <= 1.5


def test_no_edge_is_lost_in_a_hundred_thousand(built: Built) -> None:
    dice = random.Random(7)
    with Lockstep(built) as board:
        ready(board)
        levels = [1] * 8
        at = board.cycle
        for _ in range(100_000):
            channel = dice.randrange(8)
            levels[channel] ^= 1
            board.edge(channel, levels[channel], at)
            at += dice.randrange(600 * CYCLES_A_US, 3000 * CYCLES_A_US)
        told = board.run_acknowledging(at + 100 * CYCLES_A_MS)
    assert len(told.edges) == 100_000
    errors = stamp_errors_us(board, told)
    assert max(abs(error) for error in errors) < 30


def test_stamps_go_on_over_overflows_of_the_counter(built: Built) -> None:
    """Edges close around each overflow (every 32.768 ms), where a careless reading is 32.8 ms off."""
    dice = random.Random(3)
    overflow = 65_536 * CYCLES_A_TICK
    with Lockstep(built) as board:
        ready(board)
        first = board.cycle // overflow + 2
        for turn in range(400):
            channel = (START, FINISH, FIRST_PIN_CHANGE)[turn % 3]
            moment = board.zero_cycle + (first + turn) * overflow + dice.randrange(-200, 200)
            board.edge(channel, turn // 3 % 2, moment)
        told = board.run_acknowledging((first + 402) * overflow)
    assert max(abs(error) for error in stamp_errors_us(board, told)) < 30


def test_debounce_chooses_what_is_reported_and_never_moves_a_stamp(built: Built) -> None:
    with Lockstep(built) as board:
        ready(board, Config(4, ((FINISH, 2000, 0),)))
        first = board.cycle + CYCLES_A_MS
        for number, bounce_us in enumerate((0, 150, 300, 800, 1300)):
            board.edge(FINISH, number % 2, first + bounce_us * CYCLES_A_US)
        glitch = first + 50 * CYCLES_A_MS
        board.edge(FINISH, 1, glitch)
        board.edge(FINISH, 0, glitch + 900 * CYCLES_A_US)
        told = board.run_acknowledging(glitch + 50 * CYCLES_A_MS)
    [event] = told.all(Event)
    assert (event.channel, event.edge) == (FINISH, "fall")
    assert abs(event.ticks * CYCLES_A_TICK + board.zero_cycle - first) <= CYCLES_A_TICK


def test_hold_off_is_for_each_edge_of_a_channel(built: Built) -> None:
    with Lockstep(built) as board:
        ready(board, Config(4, ((START, 0, 100_000),)))
        first = board.cycle + CYCLES_A_MS
        for number, ms in enumerate((0, 20, 40, 60, 110, 130)):
            board.edge(START, number % 2, first + ms * CYCLES_A_MS)
        told = board.run_acknowledging(first + 200 * CYCLES_A_MS)
    reported_ms = [
        round((event.ticks * CYCLES_A_TICK + board.zero_cycle - first) / CYCLES_A_MS)
        for event in told.all(Event)
    ]
    assert reported_ms == [0, 20, 110, 130]


def test_a_full_ring_is_counted_and_the_first_edges_are_kept(built: Built) -> None:
    with Lockstep(built) as board:
        ready(board)
        start = board.cycle + CYCLES_A_MS
        for number in range(70):
            board.edge(START, number % 2, start + number * CYCLES_A_MS)
        board.run(start + 80 * CYCLES_A_MS)  # nobody acknowledges
        board.send(HelloRequest())
        hello = board.run(board.cycle + BOOTED).hello
        told = board.run_acknowledging(board.cycle + 200 * CYCLES_A_MS)
    assert (hello.oldest_seq, hello.next_seq, hello.dropped) == (3, 67, 6)
    assert [event.seq for event in told.all(Event)] == list(range(3, 67))


def test_what_is_not_acknowledged_comes_again_and_at_once_when_asked(built: Built) -> None:
    with Lockstep(built) as board:
        ready(board)
        start = board.cycle + CYCLES_A_MS
        for number in range(12):
            board.edge(START, number % 2, start + number * CYCLES_A_MS)
        window = [event.seq for event in board.run(start + 30 * CYCLES_A_MS).all(Event)]
        again = [event.seq for event in board.run(start + 80 * CYCLES_A_MS).all(Event)]
        board.send(Ack(5, board.boot))
        board.send(Ack(5, board.boot))
        at_once = [event.seq for event in board.run(board.cycle + 10 * CYCLES_A_MS).all(Event)]
    assert window == list(range(3, 11))
    assert again[:8] == list(range(3, 11))
    assert at_once[-8:] == list(range(6, 14))


def test_a_pong_states_when_it_left_to_a_few_microseconds(built: Built) -> None:
    errors_us, arrival_errors_us = [], []
    with Lockstep(built) as board:
        ready(board)
        for number in range(200):
            ping = Ping(number)
            sent_at = board.cycle + 1000 + number * 37
            board.send(ping, sent_at)
            for left_at, message in board.run(board.cycle + 7 * CYCLES_A_MS).messages:
                if not isinstance(message, Pong):
                    continue
                wire = len(message.to_frame().to_bytes()) * 10 * 64
                began = (message.received_ticks + message.turnaround_ticks) * CYCLES_A_TICK + board.zero_cycle
                errors_us.append((left_at - wire - began) / CYCLES_A_US)
                arrived = sent_at + len(ping.to_frame().to_bytes()) * 10 * 64
                stamped = message.received_ticks * CYCLES_A_TICK + board.zero_cycle
                arrival_errors_us.append((stamped - arrived) / CYCLES_A_US)
    assert len(errors_us) == 200
    assert max(map(abs, errors_us)) < 60  # one that had to wait for a frame in front of it
    assert abs(statistics.median(errors_us)) < 1
    assert max(map(abs, arrival_errors_us)) < 15


def test_outputs_follow_the_host_and_go_dark_when_it_is_gone(built: Built) -> None:
    with Lockstep(built) as board:
        board.send(Output(0, True), BOOTED)
        board.send(Output(2, True), BOOTED)
        board.run(2 * BOOTED)
        assert board.outputs == 0b0101
        board.run(board.cycle + 3200 * CYCLES_A_MS)
        assert board.outputs == 0


def test_status_tells_supply_levels_and_the_configuration_it_goes_by(built: Built) -> None:
    with Lockstep(built) as board:
        board.send(Config(77, ((0, 0, 0),)), BOOTED)
        board.edge(FINISH, 0, BOOTED)
        told = board.run(1000 * CYCLES_A_MS)
    status = [message for _, message in told.messages if isinstance(message, Status)][-1]
    assert abs(status.supply_mv - 5000) < 50
    assert status.levels == 0b11111101
    assert status.config_version == 77


def test_garbage_and_frames_too_long_are_passed_over(built: Built) -> None:
    dice = random.Random(11)
    with Lockstep(built) as board:
        board.send_bytes(dice.randbytes(3000), BOOTED)
        board.send_bytes(b"\x00" + b"\x55" * 200 + b"\x00")
        board.run(BOOTED + 300 * CYCLES_A_MS)
        board.send(Ping(4))
        told = board.run(board.cycle + 10 * CYCLES_A_MS)
    assert any(isinstance(message, Pong) and message.id == 4 for _, message in told.messages)


def test_it_keeps_pace_with_a_flood_and_still_answers(built: Built) -> None:
    """Ten thousand edges a second: the ring fills and says so, the line stays up."""
    with Lockstep(built) as board:
        ready(board)
        for number in range(10_000):
            board.edge(START, number % 2, board.cycle + number * 100 * CYCLES_A_US)
        board.run_acknowledging(board.cycle + 1000 * CYCLES_A_MS)
        board.send(HelloRequest())
        hello = board.run(board.cycle + 50 * CYCLES_A_MS).hello
    assert hello.dropped > 0
    assert hello.next_seq + hello.dropped == 10_003


def test_a_flood_on_one_channel_costs_no_other_an_edge(built: Built) -> None:
    with Lockstep(built) as board:
        ready(board)
        first = board.cycle + CYCLES_A_MS
        edges = [(first + number * 100 * CYCLES_A_US, START, number % 2) for number in range(5000)]
        finishes = [(first + (100 + 40 * number) * CYCLES_A_MS, FINISH, number % 2) for number in range(8)]
        for at, channel, level in sorted(edges + finishes):
            board.edge(channel, level, at)
        told = board.run_acknowledging(first + 700 * CYCLES_A_MS)
        board.send(HelloRequest())
        hello = board.run(board.cycle + 50 * CYCLES_A_MS).hello
    kept = [event for event in told.all(Event) if event.channel == FINISH]
    stamped = [event.ticks * CYCLES_A_TICK + board.zero_cycle for event in kept]
    assert hello.dropped > 0
    assert [event.edge for event in kept] == ["fall", "rise"] * 4
    # A start edge in its interrupt may hide one edge of capture; its stamp does not suffer.
    assert max(abs(a - b) for a, (b, _, _) in zip(stamped, finishes, strict=True)) <= CYCLES_A_US
