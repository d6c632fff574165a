"""Work in a process of its own."""

import subprocess
import sys

import pytest


def printed(program: str) -> str:
    """What a program prints. It has one thread, as forks want it."""
    code = f"import os, signal\nfrom bot.apart import apart\nhere = os.getpid()\n{program}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True).stdout


def test_another_process_does_it() -> None:
    """What comes back is equal to what was returned there."""
    assert printed("print(apart(lambda: (os.getpid() != here, frozenset({1}), 'é', None)))").startswith("(True, froz")


def test_what_waits_to_be_printed_is_printed_once() -> None:
    """The other process leaves alone what this one has in its buffers."""
    assert printed("print('before'); apart(int); print('after')").split() == ["before", "after"]


@pytest.mark.parametrize("end", ["os.kill(os.getpid(), signal.SIGKILL)", "os._exit(1)", "raise KeyboardInterrupt"])
def test_what_the_other_process_fails_to_do_is_done_here(end: str) -> None:
    """However it ended, and without a word."""
    assert printed(f"def work():\n if os.getpid() != here: {end}\n return 'done'\nprint(apart(work))") == "done\n"


@pytest.mark.parametrize("without", ["def fork(): raise BlockingIOError\nos.fork = fork", "del os.fork"])
def test_where_there_can_be_no_other_process_it_is_done_here(without: str) -> None:
    """At the limit of processes, or on a system that cannot fork."""
    assert printed(f"{without}\nprint(apart(os.getpid) == here)") == "True\n"
