"""Of processes: they end with their parent, yield to others, their numbers are used again, make waits."""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def end_with_parent(sig: int) -> None:
    """Let the kernel send `sig` to this very process when its parent is gone."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, sig)


def yield_to_others(nice: int) -> None:
    """Let whoever else wants the processor have it first: `nice` 0 (as all) to 19 (only what is left).

    Where Linux shares the processor among sessions (sched_autogroup), the number counts inside a session alone.
    """
    os.nice(nice)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(nice))


def die_with_parent(sig: int, nice: int = 0) -> Callable[[], None]:
    """Return a `preexec_fn` that lets the kernel send `sig` when the parent is gone, and yields (`nice`)."""
    parent = os.getpid()

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(_PR_SET_PDEATHSIG, sig)
        if os.getppid() != parent:  # it died before the request was made
            os._exit(1)
        if nice:
            yield_to_others(nice)

    return prepare


def caught_signals(pid: int) -> int:
    """The signals that `pid` has a handler for, bit by bit; 0 when it cannot be known."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1], 16) for line in status.splitlines() if line.startswith("SigCgt")), 0)


def alive(pid: int, mark: str) -> bool:
    """Whether `pid` runs and its command line holds `mark` (pids are used again)."""
    try:
        return mark in Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return False
