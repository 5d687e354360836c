"""The program's settings, with the page that the others are compared with."""

from fregat.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
