"""A worker in a process of its own that is killed inside its work.

A test's process has threads, so its child does as little as can be: connections of its own, the work, its death. A
child that has not died of what it was to die of ends all the same, at once: it must never go on as a second pytest.
"""

from __future__ import annotations

import os
import signal
import time
import traceback
from collections.abc import Callable

from django.db import connections

NOT_KILLED = 70
"""How a child ends that was to be killed and was not."""


def forked(work: Callable[[], object]) -> int:
    """Begin the work in a child. Returns its process id."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            # Beside a browser's event loop Django keeps the parent's connections with the loop; the child has no loop
            # and would find those of before the browser came, whose server has long gone.
            connections.close_all()
            work()
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(NOT_KILLED)
    return child


def die(*_arguments: object) -> None:
    """`kill -9` of whoever comes here."""
    os.kill(os.getpid(), signal.SIGKILL)


def killed_inside(work: Callable[[], object], *, seconds: float = 60) -> bool:
    """Whether the work was killed, as its own patches make sure."""
    return _ended(forked(work), seconds) == -signal.SIGKILL


def killed_after(work: Callable[[], object], pause: float) -> None:
    """Kill the work after so many seconds, wherever it is then."""
    child = forked(work)
    time.sleep(pause)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _ended(child: int, seconds: float) -> int:
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    raise AssertionError(f"the child neither died nor ended in {seconds} s")
