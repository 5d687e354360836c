"""Policies, and who is insured by them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Func, Q, TextField
from django.utils.translation import gettext_lazy as _

from cases.insurance import triggers
from cases.insurance.models.insurers import Insurer, Programme
from cases.insurance.models.persons import InsuredPerson
from cases.insurance.models.reference import Currency, Territory
from cases.insurance.querysets import PolicyPersonQuerySet, PolicyQuerySet
from cases.insurance.rules import Money

_TERMS = ("valid_from", "valid_to", "ended_on", "programme_id", "territory_id", "currency_id", "insured_sum")
_READ: Mapping[str, Callable[[str], Any]] = {
    **dict.fromkeys(("valid_from", "valid_to", "ended_on"), date.fromisoformat),
    "insured_sum": Decimal,
}


class NumberKey(Func):
    """The normal form of a policy number: upper case, letters and digits only, Cyrillic look-alikes made Latin."""

    arity = 1
    template = (
        "regexp_replace(translate(upper(%(expressions)s COLLATE \"pg_c_utf8\"), 'АВЕІКМНОРСТУХ', 'ABEIKMHOPCTYX'),"
        " '[^A-ZА-ЯІЇЄҐ0-9]+', '', 'g') COLLATE \"C\""
    )
    output_field = TextField(db_collation="C")


class NumberDigits(Func):
    """The digits of a policy number."""

    arity = 1
    template = "regexp_replace(%(expressions)s, '[^0-9]+', '', 'g') COLLATE \"C\""
    output_field = TextField(db_collation="C")


class Policy(models.Model):
    """An insurance contract: number, programme, term, territory, currency, insured sum."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=40)
    number_key = models.GeneratedField(
        expression=NumberKey(F("number")), output_field=TextField(db_collation="C"), db_persist=True
    )
    number_digits = models.GeneratedField(
        expression=NumberDigits(F("number")), output_field=TextField(db_collation="C"), db_persist=True
    )
    # Looked up for all policies of a statement at once: `triggers.REFERENCES_OF_POLICIES`. Nobody looks policies up by
    # territory, currency or insurer alone: an index would cost every row of a list and serve none.
    insurer = models.ForeignKey(
        Insurer, on_delete=models.PROTECT, related_name="policies", db_index=False, db_constraint=False
    )
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="policies", db_constraint=False
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    currency = models.ForeignKey(
        Currency, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"))
    """The last day of cover, included."""
    insured_sum = models.DecimalField(_("insured sum"), max_digits=12, decimal_places=2)
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)
    persons = models.ManyToManyField(InsuredPerson, through="PolicyPerson", related_name="policies")

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("insurance policy")
        verbose_name_plural = _("insurance policies")
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="policy_term_not_empty"),
            # By its number a policy is found too.
            models.UniqueConstraint(
                fields=["number_key", "insurer", "valid_from"], name="policy_number_once"
            ),
        ]
        indexes = [models.Index(fields=["number_digits"], name="policy_by_digits")]
        triggers = [
            *triggers.REFERENCES_OF_POLICIES,
            triggers.kept_while_referred_to("insurance_policy"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def total(self) -> Money:
        """The insured sum with its currency."""
        return Money(self.insured_sum, self.currency_id)

    @property
    def terms(self) -> dict[str, Any]:
        """What was agreed, as plain values to be kept: a later list of the insurer may change the policy."""
        values = {name: getattr(self, name) for name in _TERMS}
        return {
            name: str(value) if isinstance(value, date | Decimal) else value for name, value in values.items()
        }

    def by_terms(self, terms: Mapping[str, Any]) -> Policy:
        """The policy as it was agreed then; itself when nothing has changed. Not to be saved."""
        if dict(terms) == self.terms:
            return self
        then = copy(self)
        for name, value in terms.items():
            read = _READ.get(name)
            setattr(then, name, read(value) if read and value is not None else value)
        return then

    def state_on(self, day: date) -> str:
        """`valid`, `ahead`, `over` or `ended` on a day in Kyiv."""
        if self.ended_on and self.ended_on <= min(day, self.valid_to):
            return "ended"
        if day < self.valid_from:
            return "ahead"
        return "over" if day > self.valid_to else "valid"


class PolicyPerson(models.Model):
    """A person is insured by a policy, of which others may be insured by it longer."""

    # Looked up for all rows of a statement at once: `triggers.REFERENCES_OF_LINKS`.
    policy = models.ForeignKey(
        Policy, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    person = models.ForeignKey(
        InsuredPerson, on_delete=models.PROTECT, related_name="insured_by", db_constraint=False
    )
    ended_on = models.DateField(_("ended early on"), null=True, blank=True)
    """From this day on the policy insures this person no longer."""

    objects = PolicyPersonQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "person"], name="person_once_in_a_policy")]
        triggers = [*triggers.REFERENCES_OF_LINKS]

    def __str__(self) -> str:
        return f"{self.policy_id}·{self.person_id}"

    def as_insured(self) -> Policy:
        """The policy as it insures this person: ended for them when they have left it. Then not to be saved."""
        policy, left = self.policy, self.ended_on
        if left is None or (policy.ended_on and policy.ended_on <= left):
            return policy
        then = copy(policy)
        then.ended_on = left
        return then
