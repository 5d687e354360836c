"""The components: what a person reads and hears from them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from django.utils.html import escape

WINTER = datetime(2026, 11, 23, 15, 5, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 20, 30, tzinfo=UTC)


def draw(source: str, **values: Any) -> str:
    with translation.override("uk"):
        return Template("{% load ui %}" + source).render(Context(values))


class CallForm(forms.Form):
    city = forms.CharField(label="Місто", help_text="Як на карті.")
    note = forms.CharField(label="Нотатка", required=False)
    relation = forms.ChoiceField(label="Хто", choices=[("self", "Особа")], widget=forms.RadioSelect)


def test_a_time_is_kyivs() -> None:
    assert ">23.11.2026 17:05</time>" in draw("{% when at %}", at=WINTER)
    assert ">01.07 23:30</time>" in draw('{% when at "short" %}', at=SUMMER)


def test_two_clocks_show_the_persons_time_too() -> None:
    drawn = draw('{% two_clocks at "America/New_York" "Нью-Йорк" %}', at=WINTER)
    assert "23.11.2026 17:05" in drawn
    assert "10:05" in drawn
    assert "Нью-Йорк" in drawn


def test_another_date_there_is_said() -> None:
    assert "24.11 00:05" in draw('{% two_clocks at "Asia/Tokyo" %}', at=WINTER)


@pytest.mark.parametrize("zone", ["", "Europe/Bucharest", "Atlantis/Capital", "../etc/passwd"])
def test_one_clock_when_the_other_says_nothing_new(zone: str) -> None:
    assert "clock-zone" not in draw("{% two_clocks at zone %}", at=WINTER, zone=zone)


def test_no_time_draws_nothing() -> None:
    assert draw("{% when at %}{% countdown at %}", at=None).strip() == ""


def test_a_field_is_tied_to_its_help_and_its_fault() -> None:
    drawn = draw("{% field form.city %}", form=CallForm({}))
    assert '<label class="form-label" for="id_city">' in drawn
    assert 'aria-describedby="id_city_help id_city_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert 'id="id_city_error"' in drawn


def test_a_field_says_that_it_may_stay_empty() -> None:
    assert "необов’язково" in draw("{% field form.note %}", form=CallForm())
    assert "необов’язково" not in draw("{% field form.city %}", form=CallForm())


def test_attributes_reach_the_control() -> None:
    drawn = draw('{% field form.city hx_post="/x/" autofocus=True %}', form=CallForm())
    assert 'hx-post="/x/"' in drawn
    assert "autofocus" in drawn


def test_radio_buttons_have_a_name_together() -> None:
    drawn = draw("{% field form.relation %}", form=CallForm())
    assert "<fieldset" in drawn
    assert "<legend" in drawn
    assert 'type="radio"' in drawn


def test_what_was_typed_is_never_markup() -> None:
    evil = '"><script>alert(1)</script>'
    source = "{% field form.city %}{% badge x %}{% notice x advice=x %}{% copy x %}{% conflict a b x %}"
    drawn = draw(source, form=CallForm({"city": evil}), x=evil, a={evil: evil}, b={})
    assert "<script>" not in drawn
    assert escape(evil) in drawn


def test_both_versions_stand_side_by_side_and_the_difference_is_marked() -> None:
    mine, theirs = {"Місто": "Анталья", "Ім’я": "О"}, {"Місто": "Аланья", "Ім’я": "О"}
    drawn = draw("{% conflict mine theirs %}", mine=mine, theirs=theirs)
    assert "Анталья" in drawn
    assert "Аланья" in drawn
    assert drawn.count("data-differs") == 1


def test_a_verdict_is_a_word_and_a_sign_not_a_colour_alone() -> None:
    drawn = draw('{% verdict_badge "not_covered" "Не покривається" %}')
    assert "Не покривається" in drawn
    assert "<svg" in drawn


def test_every_icon_named_in_a_template_exists() -> None:
    named = {
        name
        for path in Path("templates").rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert named
    for name in sorted(named):
        assert "<svg" in draw("{% icon name %}", name=name)


def test_no_template_breaks_the_content_security_policy() -> None:
    inline = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+=|\sstyle=|hx-on|javascript:")
    broken = [str(path) for path in Path("templates").rglob("*.html") if inline.search(path.read_text())]
    assert broken == []
