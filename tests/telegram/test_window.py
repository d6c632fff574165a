"""The window of updates in hand: what may be confirmed, and when a slow update is released."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update

from bot.telegram.intake.window import PAGE, REMEMBERED, Window
from bot.telegram.intake.work import Work

FULL_PAGE = range(1, PAGE + 1)


def take(window: Window, *numbers: int, lane: object = None) -> list[Work]:
    """Bring a page and take everything new of it in hand."""
    works = [Work(number, Update(number), lane or number) for number in window.page(numbers)]
    for work in works:
        window.take(work)
    return works


def finish(window: Window, *numbers: int) -> None:
    """Finish updates."""
    for number in numbers:
        window.finish(number)


def test_the_first_poll_asks_for_everything() -> None:
    """Before any update is known there is no offset."""
    assert Window().offset is None


def test_the_offset_is_the_lowest_unfinished() -> None:
    """Updates above an unfinished one are not confirmed, finished or not."""
    window = Window()
    take(window, 1, 2, 3)
    finish(window, 3, 1)
    assert window.offset == 2


def test_when_all_are_finished_the_last_is_confirmed() -> None:
    """With nothing in hand the offset is one above the last update."""
    window = Window()
    take(window, 7, 5, 6)
    finish(window, 5, 6, 7)
    assert window.offset == 8


def test_what_is_known_is_not_new() -> None:
    """An update in hand, finished or released is not handed over again; one that was dropped is."""
    window = Window()
    take(window, 1, 2, 3)
    finish(window, 2)
    window.drop(3)
    assert window.page([1, 2, 3, 4]) == (3, 4)


def test_old_numbers_are_forgotten() -> None:
    """As many finished updates as memory allows are remembered."""
    window = Window()
    finish(window, *range(REMEMBERED + 1))
    assert (window.is_finished(0), window.is_finished(1)) == (False, True)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=120))
def test_nothing_unfinished_is_ever_confirmed(steps: list[tuple[bool, int]]) -> None:
    """Whatever the order of pages and endings, the offset never passes an unfinished update that was not released."""
    window, unfinished, top = Window(), set[int](), 0
    for brings, size in steps:
        if brings:
            offset = window.offset or 1
            top = min(max(top, offset - 1) + size, offset + PAGE - 1)
            unfinished |= {work.number for work in take(window, *range(offset, top + 1))}
        elif unfinished:
            number = sorted(unfinished)[size % len(unfinished)]
            unfinished.remove(number)
            finish(window, number)
        assert window.offset in {None, min(unfinished, default=top + 1)}


def test_a_slow_update_that_closes_the_window_is_released(monkeypatch: pytest.MonkeyPatch) -> None:
    """After five seconds in hand the oldest update of a full page no longer holds up the next page."""
    window = Window()
    take(window, *FULL_PAGE)
    finish(window, *FULL_PAGE[1:])
    assert (window.room, window.release()) == (0, 0)
    later = time.monotonic() + 5.1
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert (window.release(), window.offset, window.in_hand) == (1, PAGE + 1, 1)


def test_a_limited_chat_that_closes_the_window_is_released_at_once() -> None:
    """All that waits for a chat that Telegram makes wait is released, and nothing else."""
    window = Window()
    take(window, 1, 2, lane="limited")
    window.find(1).waits_until = time.monotonic() + 30  # type: ignore[union-attr]
    take(window, *FULL_PAGE)
    finish(window, *FULL_PAGE[3:])
    assert (window.release(), window.offset) == (2, 3)


def test_an_open_window_releases_nothing() -> None:
    """While a poll can bring something new, nothing is confirmed early."""
    window = Window()
    [work] = take(window, 1)
    work.waits_until = time.monotonic() + 30
    take(window, 1, 2, 3)
    finish(window, 2, 3)
    assert window.release() == 0


def test_an_outage_releases_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """When no update of a page gets done, none is confirmed early."""
    window = Window()
    take(window, *FULL_PAGE)
    later = time.monotonic() + 60
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert window.release() == 0


def test_after_forgetting_anything_is_new() -> None:
    """When Telegram may have numbered updates anew, the next poll asks for everything."""
    window = Window()
    take(window, 9)
    finish(window, 9)
    window.forget()
    assert (window.offset, window.page([9])) == (None, (9,))
