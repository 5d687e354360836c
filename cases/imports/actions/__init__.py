"""The only writers of the room, by subject."""

from cases.imports.actions.cleaning import forget_old
from cases.imports.actions.decisions import apply, discard, name_columns, undo
from cases.imports.actions.flow import do_step
from cases.imports.actions.intake import receive

__all__ = ["apply", "discard", "do_step", "forget_old", "name_columns", "receive", "undo"]
