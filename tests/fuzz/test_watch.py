"""The watch over the fuzzed readers misses no input that hangs."""

from __future__ import annotations

import signal
import sys
import time

import pytest

from tests.fuzz.watch import Hung, watched

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "setitimer"), reason="has no clocks that interrupt"
)


def compute_on() -> None:
    while True:
        sum(range(1000))


class Swallowing:
    """Hangs where Python forgets every exception."""

    def __del__(self) -> None:
        compute_on()


def test_what_computes_on_is_told() -> None:
    with pytest.raises(Hung, match="computes"), watched(busy=0.05):
        compute_on()


def test_what_only_waits_is_told() -> None:
    with pytest.raises(Hung, match="waits"), watched(waiting=0.05):
        time.sleep(30)


def test_an_alarm_that_was_swallowed_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    forgotten = []
    monkeypatch.setattr(sys, "unraisablehook", forgotten.append)
    with pytest.raises(Hung, match="computes"), watched(busy=0.05):
        Swallowing()
    assert [type(one.exc_value) for one in forgotten] == [Hung]


def test_other_errors_pass_and_the_clocks_are_put_back() -> None:
    before = signal.getsignal(signal.SIGALRM), signal.getsignal(signal.SIGPROF)
    with pytest.raises(ValueError, match="spoilt"), watched():
        raise ValueError("spoilt")
    assert signal.getitimer(signal.ITIMER_PROF)[0] == 0
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
    assert (signal.getsignal(signal.SIGALRM), signal.getsignal(signal.SIGPROF)) == before
