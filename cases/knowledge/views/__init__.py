"""Pages of the room. The page and its update in place share one fragment."""
