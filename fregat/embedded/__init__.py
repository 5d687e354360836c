"""A real PostgreSQL and a real Valkey from wheels, as children of the process that starts them.

Used by `make run`, `manage.py` and the tests when DATABASE_URL or REDIS_URL name no other server.
Plain Python, no Django: it runs before the settings are read.

Two roles: `fregat_owner` owns the tables and migrates, `fregat` works. The superuser can connect
by no way at all: the roles are made in single-user mode and pg_hba.conf lets in only those two.
"""

from fregat.embedded.folder import BASE_DIR, Held
from fregat.embedded.services import Services

__all__ = ["BASE_DIR", "Held", "Services"]
