"""The read side: who is calling, and what their policy says. Each look is written down at the door that asks."""

from cases.insurance.selectors.lookup import Answer, Found, look_up
from cases.insurance.selectors.policies import get_person, get_policy, verdict

__all__ = ["Answer", "Found", "get_person", "get_policy", "look_up", "verdict"]
