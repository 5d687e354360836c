"""Forms of the pages of the case."""
