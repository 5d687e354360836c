"""`migrate` as the owner of the tables; the application's role only works with them."""

from __future__ import annotations

import os
from typing import Any

import dj_database_url
from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import OperationalError, connections


def as_owner(alias: str, owner_url: str) -> dict[str, Any]:
    """Let `alias` connect as the owner from now on; return the settings it had."""
    connection = connections[alias]
    connection.close()
    before = dict(connection.settings_dict)
    owner = dj_database_url.parse(owner_url)
    kept = {name: owner[name] for name in ("USER", "PASSWORD", "HOST", "PORT")}
    connection.settings_dict.update(kept)
    return before


def back(alias: str, before: dict[str, Any]) -> None:
    """Undo `as_owner`."""
    connections[alias].close()
    connections[alias].settings_dict.update(before)


def grant(alias: str, app_role: str) -> None:
    """What the owner makes from now on, the application's role may read and write.

    Before the migrations, not after: a migration that takes rights away again (the access log)
    keeps the last word. TRUNCATE, TRIGGER and DDL are never granted.
    """
    connection = connections[alias]
    with connection.cursor() as cursor:
        _check(cursor, app_role)
        role = connection.ops.quote_name(app_role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        default = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
        cursor.execute(f"{default} SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}")
        cursor.execute(f"{default} USAGE, SELECT ON SEQUENCES TO {role}")


def _check(cursor: Any, app_role: str) -> None:
    """Raises CommandError when the roles or the database's locale would break a promise."""
    # True too of the same role and of a superuser.
    cursor.execute("SELECT pg_has_role(%s, current_user, 'MEMBER')", [app_role])
    if cursor.fetchone() == (True,):
        raise CommandError(
            f"The application's role {app_role} may do all that the role of DATABASE_OWNER_URL may: give it a"
            " role that owns nothing, in DATABASE_URL. Else it could alter the access log."
        )
    cursor.execute("SELECT lower('ҐЄ') = 'ґє'")
    if cursor.fetchone() != (True,):
        raise CommandError(
            "The database's locale knows no Cyrillic, searches would find nothing. Create it with"
            " TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin LOCALE 'C.UTF-8'."
        )


class Command(DjangoMigrate):
    """Django's `migrate`, connected by DATABASE_OWNER_URL."""

    def handle(self, *args: Any, **options: Any) -> None:
        alias = options["database"]
        owner_url = settings.DATABASE_OWNER_URL or os.environ.get("DATABASE_OWNER_URL", "")
        if not owner_url:
            raise CommandError(
                "DATABASE_OWNER_URL is not set. Give the address of the role that owns the tables, as"
                " postgres://fregat_owner:password@host/fregat; DATABASE_URL stays the application's role."
            )
        before = as_owner(alias, owner_url)
        try:
            grant(alias, before["USER"])
            super().handle(*args, **options)
        except OperationalError as error:
            raise CommandError(f"The database could not be migrated: {str(error).strip()}") from None
        finally:
            back(alias, before)
