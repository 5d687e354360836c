"""Breaks inside a shift: the lunch hour and its agreement (JD I.7, B2)."""
