"""The read side of the room, by subject."""
