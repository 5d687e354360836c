"""How fast Fregat is: `make bench`. A development tool, beside the program."""
