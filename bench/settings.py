"""The program's settings, with the page that the others are compared with, and statements counted."""

from fregat import settings
from fregat.settings import *  # noqa: F403

MIDDLEWARE = ["bench.counting.CountStatements", *settings.MIDDLEWARE]
ROOT_URLCONF = "bench.urls"
