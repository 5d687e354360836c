"""Half-open periods of time in constraints: `[since, until)`, unbounded while `until` is null."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db.models import Func


class Period(Func):
    """`tstzrange(since, until)`, for exclusion constraints: no two of one kind at a time."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()
