"""Words for people: states of a list, its columns, what is wrong with a cell or a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.imports.statuses import Mode, Status

MODE_LABELS = {
    Mode.FULL.value: _("the full list: who is missing in it ends"),
    Mode.ADD.value: _("only new and changed"),
    Mode.END.value: _("only those who end"),
}

STATUS_LABELS = {
    Status.READING.value: _("being read"),
    Status.PREVIEW.value: _("checked, not written"),
    Status.APPLYING.value: _("being written"),
    Status.DONE.value: _("written"),
    Status.FAILED.value: _("not taken"),
    Status.UNDONE.value: _("taken back"),
}

STATUS_TONES = {
    Status.READING.value: "info",
    Status.PREVIEW.value: "warn",
    Status.APPLYING.value: "info",
    Status.DONE.value: "good",
    Status.FAILED.value: "bad",
    Status.UNDONE.value: "quiet",
}

FIELD_LABELS = {
    "number": _("policy number"),
    "surname": _("surname"),
    "given_name": _("name"),
    "patronymic": _("patronymic"),
    "full_name": _("surname, name and patronymic in one column"),
    "surname_latin": _("surname in Latin letters"),
    "given_name_latin": _("name in Latin letters"),
    "full_name_latin": _("surname and name in Latin letters in one column"),
    "birth_date": _("date of birth"),
    "gender": _("gender"),
    "phone": _("phone"),
    "email": _("e-mail"),
    "language": _("language"),
    "city": _("town where the person lives"),
    "programme": _("insurance programme"),
    "territory": _("territory"),
    "currency": _("currency"),
    "insured_sum": _("insured sum"),
    "valid_from": _("valid from"),
    "valid_to": _("valid to"),
    "ended_on": _("ended early on"),
}

FAULT_TEXTS: dict[str, Any] = {
    "missing": _("The cell is empty."),
    "too_long": _("The text is too long: «%(value)s»."),
    "control": _(
        "The text contains characters that cannot be printed: the encoding of the file may be another one."
    ),
    "error_cell": _("The spreadsheet itself shows an error here: %(value)s."),
    "number": _("«%(value)s» is no policy number: there is no digit in it. Are the columns shifted?"),
    "shortened": _(
        "The spreadsheet has shortened the number: «%(value)s». Make the column text and enter the numbers again."
    ),
    "signs": _(
        "«%(value)s»: the numbers differ only in where their signs stand, and the person is another. If it is one"
        " policy, write its number alike."
    ),
    "name": _("There is no name here: «%(value)s». Are the columns shifted?"),
    "who": _(
        "Who ends is not told: give the surname, the name or the date of birth. To end the whole policy, leave all that"
        " is of a person empty."
    ),
    "birth_date": _("«%(value)s» is no date of birth."),
    "birth_ahead": _("The date of birth lies ahead: %(value)s."),
    "too_old": _("Nobody insured was born so long ago: %(value)s."),
    "valid_from": _("«%(value)s» is no date."),
    "valid_to": _("«%(value)s» is no date."),
    "ended_on": _("«%(value)s» is no date."),
    "term_far": _("The date is far from today: %(value)s. Is the year right?"),
    "before_term": _(
        "The policy begins on %(value)s only, and would end before that. Is the year right? If the policy never came"
        " into force, give its first day."
    ),
    "term_backwards": _("The term ends before it begins: %(value)s."),
    "insured_sum": _("«%(value)s» is no sum that can be read in one way. Write it like 30000 or 30000,00."),
    "sum_currency": _("The sum names another currency than the row: «%(value)s»."),
    "programme": _("The insurer has no programme «%(value)s»."),
    "territory": _("There is no territory «%(value)s»."),
    "currency": _("There is no currency «%(value)s»."),
    "phone": _("«%(value)s» is no phone number: it is left out."),
    "email": _("«%(value)s» is no e-mail address: it is left out."),
    "gender": _("«%(value)s» is no gender: it is left out."),
    "language": _("«%(value)s» is no language: it is left out."),
    "again": _("The same person with the same policy stands in row %(value)s already."),
    "terms_differ": _("The terms of this policy are others than in row %(value)s."),
    "unknown_policy": _("The insurer has no such policy in force."),
    "unknown_person": _("The policy is there, but it insures nobody of this name and date of birth."),
    "left_already": _("The policy insures this person no longer from %(value)s."),
    "annulled": _(
        "This contract was sold and annulled here and covers nothing from %(value)s: a list does not open it again."
    ),
    "unnamed": _("Policy %(value)s was sold here and is not named in the list. It goes on."),
    "several_fit": _("The name fits several insured people: give the given name or the date of birth."),
    "formula": _(
        "There is a formula here whose value was never calculated. Open the table, save it and send it again."
    ),
    "merged": _("The cell is merged with others: its value belongs to several rows at once."),
}  # fmt: skip
"""By code; `value` is what stands in the cell."""

FAILURE_TEXTS = {
    "password": _("The file is protected with a password. Save it without one."),
    "damaged": _("The file is damaged or was not sent to the end. Save it again and send it once more."),
    "kind": _("This is neither a table of Excel (.xlsx) nor a CSV, nor an archive (.zip) of these."),
    "bomb": _("The archive unpacks into too much: at most %(max)s MB is read."),
    "too_many_rows": _("There are too many rows: at most %(max)s are read at once. Split the list."),
    "too_wide": _("The sheet is too wide: at most %(max)s columns are read."),
    "empty": _("There is not one row with data in the file."),
    "no_headings": _(
        "The table has no headings: the row of a person would be taken for them. Put a row of headings above the first"
        " person and send it again."
    ),
    "nested": _("There is an archive inside the archive. Put the tables themselves into it."),
    "encoding": _("The text is neither in UTF-8 nor in the Cyrillic of Windows (cp1251). Save it as «CSV UTF-8»."),
    "quotes": _("A quotation mark is opened in the table and not closed: everything after it would be one cell."),
    "discarded": _("The list was put aside."),
    "old": _("The list waited for a word for 30 days and was put aside. Bring it in again if it still holds."),
    "no_right": _("Who had it written has lost the right to it meanwhile."),
    "fault": _("The program itself failed at this list. What was written of it has been taken back."),
    "columns_differ": _("The tables of the file have different columns: send them one by one."),
}  # fmt: skip
"""Why a whole file is not taken, by code."""
_OF_A_ROW = frozenset({"encoding", "quotes"})
"""Of these it is said which row it is (`Unreadable.where`)."""

ATTENTION_TEXTS = {
    "columns": _("Not all columns are understood: say below which one is which."),
    "twice": _("Several columns may hold the same: say below which of them is taken."),
    "last_day": _(
        "Who ends when is not told for certain: the only last day stands in the column «%(column)s». Say whether the"
        " insurance of each row ends on that day, or whether it is the end of the policy’s term and all end on the date"
        " of the list."
    ),
    "many_end": _("More than a fifth of the policies in force would end. Make sure that the list is whole."),
    "most_end": _(
        "More than half of the policies in force would end. Make sure that it is the right list, and a whole one."
    ),
    "older": _(
        "A full list of this insurer of a later date is written already: whoever is in that one and not in this one"
        " would end. Make sure that this list still holds."
    ),
    "second_person": _("Somebody else has it written: the client manager of the project, for example."),
    "nothing": _("Not one row can be taken."),
}
"""Why a list waits at the preview, by code."""

ASKING = frozenset({"columns", "last_day", "twice"})
"""Codes of those that ask which column is which."""

ENDING_LABELS = {
    "valid_to": _("end of the policy’s term"),
    "ended_on": _("day on which the insurance of the row ends"),
}
"""Of fields in a list of endings, where a day alone may mean either."""

NOTICES = {
    "list_checked": (
        _("The list %(file)s of %(insurer)s is checked: decide whether it is written."),
        "file-search",
    ),
    "list_written": (
        _(
            "The list %(file)s of %(insurer)s is written: %(added)s added, %(changed)s changed, %(ended)s ended."
        ),
        "file-check",
    ),
    "list_refused": (_("The list %(file)s of %(insurer)s was not taken."), "file-x"),
    "list_undone": (_("The list %(file)s of %(insurer)s is taken back."), "undo-2"),
}

CONSTRAINTS = {
    "one_list_of_an_insurer_at_a_time": _(
        "A list of this insurer is being read or written right now. Wait until it is done, then try again."
    ),
    "list_applied_by_somebody": _("It must be said who had the list written, and when."),
    "list_undone_by_somebody": _("It must be said who took the list back, and when."),
    "done_list_was_applied": _("A list is written only when somebody had it written."),
    "chunk_of_a_list_once": _("This part of the file is there already."),
    "imports_batch_uuid_key": _("This list is there already."),
    "imports_layout_insurer_id_key": _("How this insurer’s columns are read is known already."),
    "imports_line_pkey": _("This row of the list is there already."),
    "piece_of_a_list_once": _("This part of the list is there already."),
    "step_of_a_list_once": _("This step of the work is there already."),
}


def fault_text(code: str, value: str) -> str:
    """What is wrong with a cell, for a person."""
    return str(FAULT_TEXTS[code] % {"value": value})


def failure_text(code: str, place: str = "") -> str:
    """Why a file was not taken; `place`: which file of an archive, or the bound that was passed."""
    if not code:
        return ""
    text = str(FAILURE_TEXTS[code])
    if "%(max)s" in text:
        return text % {"max": place}
    name, _sign, row = place.rpartition("#") if code in _OF_A_ROW else (place, "", "")
    if row.isdecimal():
        place, text = name, str(_("Row %(row)s: %(text)s") % {"row": row, "text": text})
    return f"{place}: {text}" if place else text


def attention_text(code: str, mapping: Mapping[str, str]) -> str:
    """Why a list waits for a person; `mapping`: heading → field."""
    column = next((heading for heading, field in mapping.items() if field == "valid_to"), "")
    text = str(ATTENTION_TEXTS.get(code, ""))
    return text % {"column": column} if code == "last_day" else text


def lacking_words(fields: list[str]) -> str:
    """Which columns are not named yet, for a person; empty when none is asked for."""
    if not fields:
        return ""
    names = ", ".join(str(FIELD_LABELS[field]) for field in fields)
    return str(_("These columns are not named yet: %(names)s.") % {"names": names})
