"""What can be refused, and how: each error carries a sentence for a person, in their language.

Actions and permissions raise these; one handler for pages (`fregat.lib.middleware`) and one for the
API (`fregat.lib.api`) turn them into answers. Nobody else catches them, except a view that redraws a
form with what was typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Way(NamedTuple):
    """Where a refused person goes to put it right."""

    url: str
    label: Sentence


class DomainError(Exception):
    """A refusal with a sentence for a person. `code` is for programs, `status` for HTTP, `way` leads on."""

    status = 400
    default_code = "refused"
    default_sentence: Sentence = _("This cannot be done.")

    def __init__(self, sentence: Sentence | None = None, *, code: str = "", way: Way | None = None) -> None:
        self.sentence: Sentence = sentence or self.default_sentence
        self.code = code or self.default_code
        self.way = way
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(DomainError):
    """The person has no right to this action on an object that they may see (403)."""

    status = 403
    default_code = "not_allowed"
    default_sentence = _("You do not have the right to do this.")


class NotFound(DomainError):
    """It does not exist, or the person may not know that it does: the answers are the same (404)."""

    status = 404
    default_code = "not_found"
    default_sentence = _("There is no such record, or you have no access to it.")


class WrongMethod(DomainError):
    """The address is there and answers another kind of request (405)."""

    status = 405
    default_code = "wrong_method"
    default_sentence = _("This address does not answer such a request.")


class Conflict(DomainError):
    """The state of things forbids it (409)."""

    status = 409
    default_code = "conflict"
    default_sentence = _("The state of the record does not allow this.")


class Stale(Conflict):
    """Somebody was faster: pages show both versions with 409, the API says 412.

    `mine` and `theirs` map a field's label to its text, for showing side by side.
    """

    default_code = "stale"
    default_sentence = _("Somebody has changed this record since you opened it.")

    def __init__(
        self,
        sentence: Sentence | None = None,
        *,
        mine: Mapping[str, str] | None = None,
        theirs: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(sentence)
        self.mine = dict(mine or {})
        self.theirs = dict(theirs or {})


class Invalid(DomainError):
    """What was entered is not right (400): `errors` maps a field's name to its sentences."""

    default_code = "invalid"
    default_sentence = _("Please check what was entered.")

    def __init__(
        self,
        errors: Mapping[str, Sentence | Sequence[Sentence]],
        sentence: Sentence | None = None,
    ) -> None:
        self.errors: dict[str, list[Any]] = {
            field: [text] if isinstance(text, str | Promise) else list(text) for field, text in errors.items()
        }
        super().__init__(sentence)

    @classmethod
    def field(cls, name: str, sentence: Sentence) -> Invalid:
        """One field, one sentence."""
        return cls({name: [sentence]})
