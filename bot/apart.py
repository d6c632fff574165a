"""Work in a process of its own, which gives back with its end what the work takes of memory."""

import os
import pickle
import signal
from collections.abc import Callable
from typing import NoReturn, TypeVar

Result = TypeVar("Result")


def apart(work: Callable[[], Result]) -> Result:
    """What some work returns, done in a fork of this process; in this one where that cannot be. It must not raise.

    Only for a process of one thread. What is returned travels through a pipe, and is nowhere else to be seen.
    """
    if not hasattr(os, "fork"):
        return work()
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        return work()
    if not child:
        _hand_over(work, writing)
    os.close(writing)
    try:
        with os.fdopen(reading, "rb") as pipe:
            result = pipe.read()
    except BaseException:
        # Whoever was told to stop leaves nobody behind who waits for a file.
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        _, status = os.waitpid(child, 0)
    return work() if status else pickle.loads(result)  # noqa: S301 - it comes from the fork


def _hand_over(work: Callable[[], object], pipe: int) -> NoReturn:
    """The child's whole life. A signal ends it in silence: the parent has got it too, or does the work itself."""
    status = 1
    try:
        with os.fdopen(pipe, "wb") as file:
            pickle.dump(work(), file)
        status = 0
    finally:
        os._exit(status)
