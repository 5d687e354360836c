"""Figures of the day and the month against their targets (F5), without persons."""
