"""Numbers that differ only in the places of their signs, as statements over sets: one policy, or two of two people?

A number is understood with or without its signs, so «12-345» and «12 345» and «12345» are one. «123-45» may be another
policy, which has the same key. Where the person is another, too, nobody guesses: the row is refused. Parameters are
those of `statements`.
"""

from __future__ import annotations

from cases.imports.statements import FAULT, HERE, PERSON, listed


def _shape(number: str) -> str:
    """`xx-xxx` of «12/345»."""
    letters = f"""regexp_replace({number} COLLATE "pg_c_utf8", '[[:alnum:]]', 'x', 'g')"""
    return f"btrim(regexp_replace({letters}, '[^x]+', '-', 'g'), '-')"


def _fits(one: str, other: str) -> str:
    """Has the first its signs wherever the second has them?"""
    needed = f"replace(replace(replace({_shape(other)}, 'x-', 'y'), 'x', 'x-?'), 'y', 'x-')"
    return f"{_shape(one)} ~ ('^' || {needed} || '$')"


def unlike(one: str, other: str) -> str:
    """Do two numbers of one key have their signs at places of which neither are all among the other's?"""
    return f"{one} <> {other} AND NOT ({_fits(one, other)}) AND NOT ({_fits(other, one)})"


def both(one: str, other: str) -> str:
    """The numbers, for the sentence."""
    return f"{one} || '», «' || {other}"


WITHIN = f"""
    WITH seen AS MATERIALIZED (
        SELECT row, number, number_key, {listed("", PERSON)}, first_value(number) OVER its AS first
        FROM imports_line AS l WHERE {HERE} AND number_key IN (
            SELECT l.number_key FROM imports_line AS l WHERE {HERE}
            GROUP BY l.number_key HAVING min(l.number COLLATE "C") <> max(l.number COLLATE "C")
        )
        WINDOW its AS (PARTITION BY number_key ORDER BY row)
    ), strange AS MATERIALIZED (
        SELECT *, bool_and(unlike) OVER (PARTITION BY number_key, {listed("", PERSON)}) AS another
        FROM (SELECT *, {unlike("number", "first")} AS unlike FROM seen) AS l
    ), gone AS (
        DELETE FROM imports_line AS l USING strange AS s WHERE {HERE} AND l.row = s.row AND s.unlike AND s.another
        RETURNING l.row, l.number_key, {both("l.number", "s.first")} AS told
    )
    {FAULT} SELECT %(batch)s, row, 'number', 'signs', told, false, number_key FROM gone
"""
"""In one list, beside the first row of the key."""

STORED = f"""
    WITH strange AS MATERIALIZED (
        SELECT l.row, l.number_key, {both("l.number", "o.number")} AS told FROM imports_matched AS l
        CROSS JOIN LATERAL (
            SELECT o.number FROM insurance_policy AS o
            WHERE o.number_key = l.number_key AND o.insurer_id + 0 = %(insurer)s ORDER BY o.valid_from DESC LIMIT 1
        ) AS o
        WHERE l.known AND l.person_id IS NULL AND {unlike("l.number", "o.number")}
    ), matched AS (
        DELETE FROM imports_matched AS l WHERE l.row IN (SELECT row FROM strange)
    ), lines AS (
        DELETE FROM imports_line AS l WHERE {HERE} AND l.row IN (SELECT row FROM strange)
    )
    {FAULT} SELECT %(batch)s, row, 'number', 'signs', told, false, number_key FROM strange
"""
"""Somebody whom none of the insurer's policies of this key insures, beside the last of these policies."""
