"""What commands about accounts share: a password that stands on no command line, refusals in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass

from django.core.management.base import CommandError

from fregat.lib.errors import DomainError, Invalid


def ask_password() -> str:
    """Typed twice without being seen; one line of the input when that is no terminal. Raises CommandError."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if password != getpass("The same again: "):
        raise CommandError("The two passwords differ: nothing was changed.")
    return password


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """A refusal of an action → CommandError."""
    try:
        yield
    except Invalid as error:
        lines = [f"{name}: {text}" for name, texts in error.errors.items() for text in texts]
        raise CommandError("\n".join(lines)) from None
    except DomainError as error:
        raise CommandError(str(error)) from None
