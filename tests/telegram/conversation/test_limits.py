"""Bounds on what is taken in and what is remembered."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.model import Context
from bot.telegram.conversation.context import Exchange, Memory
from bot.telegram.limits import Inbound, Rate, Verdict
from bot.telegram.recent import Recent, Seen
from tests.telegram.conversation.clock import Clock


def test_flood_one_notice_then_silence_then_service() -> None:
    """After the burst comes one notice, silence for the quiet time, and then service again."""
    clock = Clock()
    inbound = Inbound(Rate(2, 0.1), quiet=20, clock=clock)
    verdicts = [inbound.judge(1) for _ in range(5)]
    assert verdicts == [Verdict.SERVE, Verdict.SERVE, Verdict.NOTICE, Verdict.SILENCE, Verdict.SILENCE]
    assert inbound.judge(2) is Verdict.SERVE
    clock.now += 20
    assert inbound.judge(1) is Verdict.SERVE


def test_backlog_is_no_flood() -> None:
    """Messages that were written over a day and come at once are all served."""
    inbound = Inbound(Rate(2, 0.1), clock=Clock())
    written = datetime(2026, 1, 1, tzinfo=UTC)
    assert {inbound.judge(1, written + timedelta(minutes=n)) for n in range(100)} == {Verdict.SERVE}


def test_flood_of_one_second_is_a_flood_though_dates_stand_still() -> None:
    """Where dates do not move, the clock refills the bucket."""
    clock = Clock()
    inbound = Inbound(Rate(1, 1.0), quiet=5, clock=clock)
    written = datetime(2026, 1, 1, tzinfo=UTC)
    assert inbound.judge(1, written) is Verdict.SERVE
    clock.now += 1
    assert inbound.judge(1, written) is Verdict.SERVE
    assert inbound.judge(1, written) is Verdict.NOTICE


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=200))
def test_memory_is_bounded(steps: list[tuple[int, bool]]) -> None:
    """Whatever is put and taken, no more than the bound is held, and the newest is there."""
    recent: Recent[int, int] = Recent(5, 100)
    for key, put in steps:
        if put:
            recent.put(key, key)
            assert recent.get(key) == key
        else:
            recent.drop(key)
        assert len(recent) <= 5


def test_memory_expires() -> None:
    """An entry is forgotten when its time is over; being told once is over then, too."""
    clock = Clock()
    seen: Seen[int] = Seen(5, 100, clock)
    assert seen.first(1)
    assert not seen.first(1)
    clock.now += 100
    assert 1 not in seen
    assert seen.first(1)


def test_context_of_a_private_chat_expires() -> None:
    """A chat's last answer is leaned on for an hour, an answered question is known for a day."""
    clock = Clock()
    memory = Memory(clock)
    memory.keep_last(1, None, 5, Context("russia"))
    memory.keep_exchange(1, 5, Exchange(0, None, (6,)))
    clock.now += 3599
    assert memory.last(1, None) == Context("russia")
    clock.now += 1
    assert memory.last(1, None) is None
    assert memory.exchange(1, 5) is not None
    clock.now += 86_400
    assert memory.exchange(1, 5) is None


def test_late_edit_does_not_change_the_context() -> None:
    """Editing an earlier question leaves the chat's last answer as it is."""
    memory = Memory()
    memory.keep_last(1, None, 9, Context("russia"))
    memory.keep_last(1, None, 5, Context("attendees"))
    assert memory.last(1, None) == Context("russia")
