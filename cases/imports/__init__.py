"""Insurers' lists of insured persons: checked, shown, written in pieces, taken back (JD II.1)."""
