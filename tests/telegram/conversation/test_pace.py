"""How fast messages are sent."""

from bot.telegram.outgoing.pace import Pace
from tests.telegram.conversation.clock import Clock


def test_twenty_a_minute_in_a_group() -> None:
    """A group gets 20 messages at once, then one every three seconds; other groups do not wait for it."""
    clock = Clock()
    pace = Pace(clock)
    assert [pace.wait(-5) for _ in range(20)] == [0.0] * 20
    assert round(pace.wait(-5), 3) == 3.0
    assert pace.wait(-6) == 0.0
    clock.now += 3.01
    assert pace.wait(-5) == 0.0


def test_one_a_second_in_a_private_chat() -> None:
    """A private chat gets a burst, then one message a second."""
    pace = Pace(Clock())
    assert [pace.wait(5) for _ in range(30)] == [0.0] * 30
    assert round(pace.wait(5), 3) == 1.0


def test_a_chat_is_left_alone_as_long_as_asked() -> None:
    """A refused chat waits as long as Telegram says, and only that chat."""
    clock = Clock()
    pace = Pace(clock)
    pace.hold(5, 30)
    assert pace.wait(5) == 30.0
    assert pace.wait(6) == 0.0
    clock.now += 30
    assert pace.wait(5) == 0.0


def test_all_slow_down_when_most_are_refused() -> None:
    """Where Telegram refuses chat after chat, all together keep to 30 a second, until it takes messages again."""
    clock = Clock()
    pace = Pace(clock)
    refused = 0
    while pace.wait(refused + 1) == 0.0 and refused < 100:
        refused += 1
        pace.hold(refused, 5)
    assert refused == 15 + 30
    clock.now += 1
    assert [pace.wait(chat) for chat in range(200, 230)] == [0.0] * 30
    assert [pace.wait(chat) for chat in range(300, 330)] == [0.0] * 30


def test_some_refusals_slow_nobody_down() -> None:
    """One refusal in ten is about those chats: the others are not paced."""
    pace = Pace(Clock())
    for chat in range(1, 400):
        assert pace.wait(chat) == 0.0
        if chat % 10 == 0:
            pace.hold(chat, 5)
