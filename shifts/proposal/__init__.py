"""A month's roster proposed by the program within the rules and wishes, for a person to edit and publish (B3)."""
