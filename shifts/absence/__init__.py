"""Sick leave with its certificate, vacation and other absences, who covers the shifts (B7, JD IV.10)."""
