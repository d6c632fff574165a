"""The garbage collector of a process that answers."""

import gc

COLLECT_AFTER = (20_000, 50, 50)  # a message leaves no cycles: the collector has little to look for


def settle_memory() -> None:
    """Let the collector, from now on, look only at what is made from now on."""
    gc.enable()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
