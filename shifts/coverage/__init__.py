"""Coverage: how many people each quarter-hour needs, against how many are planned (B3)."""
