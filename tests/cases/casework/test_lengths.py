"""No form and no call lets through a text that its column cannot hold: that would be a fault, not a sentence."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import CharField

from cases.casework import serializers as shapes
from cases.casework.forms.call import CallForm
from cases.casework.forms.facts import FactsForm
from cases.casework.forms.work import ContactForm, ServiceForm
from cases.casework.models import Case, CaseService, Contact
from cases.casework.serializers.incoming import CallerInSerializer, PlaceInSerializer

PAIRS = [
    (CallForm.base_fields, Case, ""),
    (FactsForm.base_fields, Case, ""),
    (shapes.CaseInSerializer().fields, Case, ""),
    (CallerInSerializer().fields, Case, "caller_"),
    (PlaceInSerializer().fields, Case, ""),
    (ServiceForm.base_fields, CaseService, ""),
    (shapes.ServiceInSerializer().fields, CaseService, ""),
    (ContactForm.base_fields, Contact, ""),
    (shapes.ContactInSerializer().fields, Contact, ""),
]


@pytest.mark.parametrize(("fields", "model", "prefix"), PAIRS)
def test_what_may_be_typed_fits(fields: Any, model: Any, prefix: str) -> None:
    texts = [column for column in model._meta.concrete_fields if isinstance(column, CharField)]
    columns = {column.name: column.max_length for column in texts}
    limits = {f"{prefix}{name}": getattr(field, "text_max", None) for name, field in fields.items()}
    compared = {name: limit for name, limit in limits.items() if limit and name in columns}
    assert compared
    assert not {name: (limit, columns[name]) for name, limit in compared.items() if limit > columns[name]}
