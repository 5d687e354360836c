"""Tariffs of the insurers, the calculator of the premium, contracts entered by their rules (JD II.3, C6)."""
