"""Exchange and giving away of shifts: asked, agreed by the colleague, agreed by the senior manager (B3)."""
