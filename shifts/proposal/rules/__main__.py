"""`python -m shifts.proposal.rules`: a question in, an answer out, in a process that ends with its memory."""

from __future__ import annotations

import json
import math
import os
import sys

from shifts.proposal.rules.explain import report
from shifts.proposal.rules.packing import pack_answer, unpack
from shifts.proposal.rules.solver import solve


def main() -> None:
    """Read the question, how long to look, what was found before; write what is found."""
    os.nice(10)  # people at their desks come first
    asked = json.load(sys.stdin)
    question = unpack(asked["question"])
    hint, leading = ([(place, slot) for place, slot in asked[name]] for name in ("hint", "leading"))
    answer = solve(question, asked["seconds"], hint, leading)
    found = math.isfinite(answer.cost)
    json.dump(
        pack_answer(answer, report(question, answer.chosen, answer.leading)) if found else None, sys.stdout
    )


if __name__ == "__main__":
    main()
