"""Sentences of Django REST framework that its own Ukrainian catalogue lacks or words badly.

Named here so that they are in our catalogue, which is asked before the library's.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

SENTENCES = (
    _("Not a valid string."),
    _("Must be a valid boolean."),
    _("Must be a valid UUID."),
    _("A valid integer is required."),
    _("A valid number is required."),
    _("Datetime value out of range."),
    _("Invalid input."),
    _("This field is required."),
    _("This field may not be blank."),
    _("This field may not be null."),
    _("String value too large."),
    _("Invalid data. Expected a dictionary, but got {datatype}."),
    _('Expected a list of items but got type "{input_type}".'),
    _("Ensure this field has no more than {max_length} elements."),
    _("Ensure this field has no more than {max_length} characters."),
    _("Ensure this value is greater than or equal to {min_value}."),
    _("Ensure this value is less than or equal to {max_value}."),
    _("Ensure that there are no more than {max_digits} digits in total."),
    _("Ensure that there are no more than {max_decimal_places} decimal places."),
    _("Ensure that there are no more than {max_whole_digits} digits before the decimal point."),
    _("Date has wrong format. Use one of these formats instead: {format}."),
    _("Datetime has wrong format. Use one of these formats instead: {format}."),
    _('Invalid datetime for the timezone "{timezone}".'),
    _('Method "{method}" not allowed.'),
    _("You do not have permission to perform this action."),
)
