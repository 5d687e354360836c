"""Rules of the room, by subject: words of the log, how it is sealed, patterns of looks. Plain Python."""
