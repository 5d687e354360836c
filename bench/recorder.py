"""One writer of the access log: `python -m bench.recorder SECONDS`, told by a line on stdin to begin.

Each look is a transaction of its own, saved before the next begins, as every page does it. Prints how many there were.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping

WRITERS = 4
ROUTE = "bench:look"


def main(seconds: float) -> None:
    """Write looks until the time is over."""
    import django

    django.setup()
    from types import SimpleNamespace

    from django.db import transaction
    from django.test import RequestFactory

    from cases.casework.models import Case
    from cases.privacy.actions import record_look
    from staff.employees.models import Employee

    operator = Employee.objects.get(username="operator")
    seen = list(Case.objects.values_list("uuid", flat=True)[:200])
    request = RequestFactory().get("/")
    request.resolver_match = SimpleNamespace(view_name=ROUTE)  # type: ignore[assignment]

    def look(number: int) -> None:
        with transaction.atomic():
            record_look(
                by=operator, kind="case", objects=[seen[number % len(seen)]], part="medical", ground="project",
                request=request,
            )  # fmt: skip

    look(0)
    print("ready", flush=True)
    sys.stdin.readline()
    over, number = time.monotonic() + seconds, 0
    while time.monotonic() < over:
        number += 1
        look(number)
    print(number, flush=True)


def together(environment: Mapping[str, str], *, seconds: float) -> int:
    """Several writers at once; how many looks they say they have written, the first of each among them."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.recorder", str(seconds)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": dict(environment)}
    writers = [subprocess.Popen(command, **pipes) for _ in range(WRITERS)]  # type: ignore[call-overload]
    for writer in writers:
        if writer.stdout.readline().strip() != "ready":
            raise RuntimeError("a writer of the log does not start")
    for writer in writers:
        writer.stdin.write("go\n")
        writer.stdin.flush()
    return sum(int(writer.communicate()[0]) for writer in writers)


if __name__ == "__main__":
    main(float(sys.argv[1]))
