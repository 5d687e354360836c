#!/usr/bin/env python3
"""Fregat's commands. Without DATABASE_URL and REDIS_URL they use services of this folder's own."""

import os
import sys


def main() -> None:
    """Give the environment what is missing, then hand over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fregat.settings")
    from fregat import workplace

    workplace.prepare(sys.argv)
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
