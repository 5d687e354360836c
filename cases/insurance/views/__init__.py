"""Pages of the room: `insured` the look-up, a person's card, the verdict; `rulebook` the rules of programmes."""
