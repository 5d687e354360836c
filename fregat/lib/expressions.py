"""Rows and counts as values of another statement."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, IntegerField, Model, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

M = TypeVar("M", bound=Model)


def row_in(rows: QuerySet[Any], model: type[Model], *relations: str) -> Subquery:
    """The first row of the query as a JSON object, with rows that it refers to."""
    fields: dict[str, Any] = {field.attname: F(field.attname) for field in model._meta.concrete_fields}
    for name in relations:
        other = model._meta.get_field(name).related_model
        fields[name] = JSONObject(
            **{field.attname: F(f"{name}__{field.attname}") for field in other._meta.concrete_fields}  # type: ignore[union-attr]
        )
    return Subquery(rows.annotate(whole=JSONObject(**fields)).values("whole")[:1])


def row_of(model: type[M], *relations: str) -> Callable[[Any], M | None]:
    """Reads what `row_in` gave: a model's instance, or None."""

    def read(value: Any) -> M | None:
        if value is None:
            return None
        found = _instance(model, value)
        for name in relations:
            setattr(found, name, _instance(model._meta.get_field(name).related_model, value[name]))  # type: ignore[arg-type]
        return found

    return read


def _instance(model: type[M], values: dict[str, Any]) -> M:
    fields = model._meta.concrete_fields
    found = [field.to_python(values[field.attname]) for field in fields]
    return model.from_db(None, [field.attname for field in fields], found)


def rows_in(rows: QuerySet[Any], *fields: str) -> ArraySubquery:
    """The rows of a query as a list of JSON objects with these fields, paths to other rows among them."""
    whole = JSONObject(**{name: F(name) for name in fields})
    return ArraySubquery(rows.annotate(whole=whole).values("whole"))


def count_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows the query has."""
    one = Func(template="COUNT(*)", output_field=IntegerField())
    return Coalesce(Subquery(rows.order_by().annotate(one=one).values("one")), 0)
