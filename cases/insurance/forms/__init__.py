"""Forms of the room: the question to the look-up, the question to a policy; `rulebook`: the rules of a programme."""

from cases.insurance.forms.questions import LookUpForm, VerdictForm

__all__ = ["LookUpForm", "VerdictForm"]
