"""Guarantee letters: promises to providers to pay for help up to a limit (JD II.1, C2)."""
