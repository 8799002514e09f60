"""Wrong PINs slow down whoever guesses, longer and longer, and never the device of whom it is about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.accounts.guessing import (
    FIRST_WAIT_S,
    FORGOTTEN_AFTER_S,
    FROM_AN_ADDRESS,
    FROM_AN_ADDRESS_AT_ALL,
    LONGEST_WAIT_S,
    OF_A_DEVICE,
    OF_STRANGERS,
    Guesses,
    Trier,
    network_of,
)

STRANGER = Trier("aida", "d", "10.0.0.7", known=False)
OWN = Trier("aida", "own", "10.0.0.2", known=True)


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now_s = 1_000_000.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def guesses(clock: Clock) -> Guesses:
    return Guesses(clock)


def fresh(number: int, address: str = "10.0.0.7") -> Trier:
    """A device nobody has seen: a browser that leaves its cookie out, say."""
    return replace(STRANGER, device=f"d{number}", address=address)


def guess_until_refused(guesses: Guesses, *addresses: str) -> int:
    """How many tries were taken, each from a fresh device, the addresses in turn."""
    for number in range(1000):
        if guesses.begin(fresh(number, addresses[number % len(addresses)])):
            return number
    raise AssertionError("nobody was ever refused")


def test_a_device_that_leaves_its_cookie_out_is_known_by_its_address(guesses: Guesses) -> None:
    assert guess_until_refused(guesses, "10.0.0.7") == FROM_AN_ADDRESS
    assert guesses.begin(fresh(1, "10.0.0.8")) == 0, "another address is not held up"


def test_many_addresses_are_held_up_together(guesses: Guesses) -> None:
    assert guess_until_refused(guesses, *(f"10.0.1.{n}" for n in range(50))) == OF_STRANGERS
    assert guesses.of_strangers("aida") == OF_STRANGERS
    assert guesses.of_strangers("bek") == 0


def test_strangers_never_use_up_what_a_known_device_has(guesses: Guesses) -> None:
    guess_until_refused(guesses, *(f"10.0.1.{n}" for n in range(50)))
    assert [guesses.begin(OWN) for _ in range(OF_A_DEVICE)] == [0] * OF_A_DEVICE
    assert guesses.begin(OWN) == FIRST_WAIT_S, "but a stolen one may not guess for ever either"


def test_an_address_that_goes_round_all_accounts_is_held_up(guesses: Guesses) -> None:
    tried = 0
    while not guesses.begin(replace(STRANGER, account=f"a{tried}", device=f"d{tried}")):
        tried += 1
    assert tried == FROM_AN_ADDRESS_AT_ALL


def test_the_wait_grows_to_an_hour_and_stays_there(guesses: Guesses, clock: Clock) -> None:
    waits = []
    for _ in range(OF_A_DEVICE + 12):
        wait_s = guesses.begin(OWN)
        if wait_s:
            waits.append(wait_s)
            clock.now_s += wait_s
            assert guesses.begin(OWN) == 0
    assert waits[:4] == [FIRST_WAIT_S, 2 * FIRST_WAIT_S, 4 * FIRST_WAIT_S, 8 * FIRST_WAIT_S]
    assert waits[-1] == waits[-2] == LONGEST_WAIT_S


def test_asking_while_waiting_makes_it_no_longer(guesses: Guesses, clock: Clock) -> None:
    for _ in range(OF_A_DEVICE):
        guesses.begin(OWN)
    assert guesses.begin(OWN) == FIRST_WAIT_S
    clock.now_s += FIRST_WAIT_S - 1
    assert guesses.begin(OWN) == 1
    clock.now_s += 1
    assert guesses.begin(OWN) == 0


def test_the_right_pin_begins_the_account_anew_but_not_the_address(guesses: Guesses) -> None:
    for number in range(FROM_AN_ADDRESS - 1):
        guesses.begin(fresh(number))
    assert guesses.begin(fresh(99)) == 0
    guesses.right(fresh(99))
    assert guesses.of_strangers("aida") == 0
    assert guess_until_refused(guesses, "10.0.0.7") == FROM_AN_ADDRESS
    tried = 0
    while not guesses.begin(replace(STRANGER, account=f"a{tried}", device=f"d{tried}")):
        tried += 1
    assert tried == FROM_AN_ADDRESS_AT_ALL - (FROM_AN_ADDRESS - 1) - FROM_AN_ADDRESS


def test_a_new_pin_begins_anew_for_everybody(guesses: Guesses) -> None:
    guess_until_refused(guesses, "10.0.0.7")
    guesses.forget("aida")
    assert guesses.begin(fresh(0)) == 0


def test_what_is_long_past_takes_no_memory(guesses: Guesses, clock: Clock) -> None:
    guess_until_refused(guesses, "10.0.0.7")
    clock.now_s += FORGOTTEN_AFTER_S + 1
    assert guesses.of_strangers("aida") == 0
    assert guesses._tallies == {}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.168.1.4", "192.168.1.4"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.168.1.4", "192.168.1.4"),
        ("somewhere", "somewhere"),
    ],
)
def test_a_network_of_ipv6_counts_as_one_address(address: str, network: str) -> None:
    assert network_of(address) == network
