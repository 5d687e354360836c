"""Pages of the case: the new call, the case, the list."""
