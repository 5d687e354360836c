"""The forms of a word have a key in common, other words have none, and a snippet shows where they stand."""

from __future__ import annotations

import pytest

from fregat.lib import wordforms

FORMS = """
франшиза франшизи франшизу франшизою франшиз
госпіталізація госпіталізації госпіталізацію госпіталізацією
поліс поліса полісом полісів полісу поліси полісі
лікар лікаря лікареві лікарем лікарі лікарів
лікарня лікарні лікарнею лікарень лікарню
репатріація репатріації репатріацію
рахунок рахунка рахунки рахунків рахунком рахунку
стоматолог стоматолога стоматологом
стоматологія стоматології стоматологію
виняток винятки винятку винятків винятком
вагітність вагітності вагітністю
сп’яніння сп’янінням сп’янінні
гірськолижний гірськолижного гірськолижному гірськолижні
застрахований застрахованого застрахованої застраховані застрахованим
дитина дитини дитиною діти дітей дітям
швидка швидкої швидку швидкою
операція операції операцій операцією
ліки ліків лікам ліками
дзвінок дзвінка дзвінки дзвінків
гарантійний гарантійного гарантійні
лист листа листи листів листом
збиток збитку збитки збитків
перелом перелому переломи переломом
телефонувати телефонує телефонують телефонували
надсилати надсилає надішліть
погодити погоджує погодження
компенсація компенсації компенсацію
день дня днів днями дні
кілька декілька кількох
алергія алергії алергію
туреччина туреччині туреччини туреччину
єгипет єгипту єгипті
інсульт інсульту інсультом
ліміт ліміту ліміти лімітом
субліміт субліміту субліміти
депозит депозити
страховка страховці
виписка виписці
нога нозі
ніч ночі ночей ніччю
кінь коня коні
рік року роки років роком роках
хворий хворого хвора хворим
ліжко ліжка ліжок
око очі очей
рука руці рук
голова голови голів
зуб зуби зубів
перехід переходу переходи переходів
похід походу походи
збір збори зборів
переліт перельоту перельоти
біль болю болі болів
привід приводу приводом
рівень рівня рівні рівнів
тиждень тижня тижні тижнів
місяць місяця місяці місяців
особа особи осіб
людина людей людям людях
два двох двома дві
три трьох трьома
померти помер померла померлого
"""
"""What operators look for, each with the forms in which it stands in rules or is typed."""

OTHERS = """
лікар ліки лікарня поліс поліція рахунок франшиза день дно дитина диво лімон ліміт операція оператор
дзвінок алергія погода програма програміст зуб пошта стаціонар страхувальник збиток виняток
рік рука хворий око людина голова похід перехід привід переліт рівень місяць три особа два
""".split()


def same(one: str, other: str) -> bool:
    (first,), (second,) = wordforms.words(one), wordforms.words(other)
    return bool(wordforms.keys(first) & wordforms.keys(second))


def test_nearly_all_forms_of_the_words_of_the_trade_are_found() -> None:
    pairs = [(row.split()[0], form) for row in FORMS.split("\n") for form in row.split()[1:]]
    missed = [pair for pair in pairs if not same(*pair)]
    assert len(pairs) == 169
    assert len(missed) <= 4, missed


@pytest.mark.parametrize(
    ("one", "other"), [("день", "дні"), ("дні", "днів"), ("дня", "дні"), ("рік", "роком")]
)
def test_no_form_of_what_terms_are_told_in_is_missed(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize("word", OTHERS)
def test_another_word_is_not_a_form_of_it(word: str) -> None:
    assert [other for other in OTHERS if other != word and same(word, other)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("сп'яніння", "сп’яніння"), ("СП`ЯНІННЯ", "сп’янінням"), ("hospitals", "hospital"), ("4.1.3", "4.1.3")],
)
def test_apostrophes_and_capitals_do_not_matter(one: str, other: str) -> None:
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("cтрахoвка", "страховки"), ("Лiкaр", "лікарі"), ("Tариф", "тариф")]
)
def test_latin_letters_in_a_ukrainian_word_are_read_as_they_look(one: str, other: str) -> None:
    """As a text out of somebody's PDF has them."""
    assert same(one, other)
    assert wordforms.words("VIP COVID клас-A") == ["vip", "covid", "клас", "a"]


def test_a_stress_and_a_hyphen_that_nobody_sees_part_no_word() -> None:
    assert wordforms.words("стра\u0301хування за\u0301мок страхо\u00adвик кафе\u0301") == [
        "страхування", "замок", "страховик", "кафе",
    ]  # fmt: skip
    assert [bit.text for bit in wordforms.marked("Про стра\u0301хування.", "страхування") if bit.hit] == [
        "стра\u0301хування"
    ]


def test_a_clause_is_one_word() -> None:
    assert wordforms.words("п. 4.1.3 Правил") == ["п", "n4n1n3", "правил"]


def test_little_words_are_not_asked_for() -> None:
    """«в» of the one who types is «у» of the one who wrote."""
    assert (
        wordforms.query("ліки в Єгипті") == wordforms.query("ліки у Єгипті") == wordforms.query("Ліки Єгипті")
    )
    assert wordforms.query("help in the hospital") == wordforms.query("help hospital")
    assert wordforms.query("не за") != "", "what is nothing but little words is searched for all the same"
    marked = [bit.text for bit in wordforms.marked("Ліки в аптеці в Єгипті", "ліки в Єгипті") if bit.hit]
    assert marked == ["Ліки", "Єгипті"]


def test_nothing_typed_can_break_out_of_the_question() -> None:
    assert wordforms.query("' | & ! :* ( \\") == ""
    assert "'" not in wordforms.query("п'ять").replace("'пять'", "").replace("'пят'", "")


def test_a_snippet_marks_the_form_that_stands_there() -> None:
    text = "Загальні умови. " * 20 + "Із суми франшизи вираховують рахунок лікарні. " + "Далі інше. " * 30
    bits = wordforms.snippet(text, "франшизою рахунка")
    assert [bit.text for bit in bits if bit.hit] == ["франшизи", "рахунок"]
    assert bits[0].text == bits[-1].text == "…"
    assert sum(len(bit.text) for bit in bits) < 260


def test_no_snippet_without_a_hit() -> None:
    assert wordforms.snippet("Зовсім про інше.", "франшиза") == []
    assert wordforms.snippet("Зовсім про інше.", "!?") == []
