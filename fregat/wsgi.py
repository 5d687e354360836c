"""The pages and the API (gunicorn). The event stream is in fregat/asgi.py."""

import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fregat.settings")

application = get_wsgi_application()
# Loaded before the server forks: the workers share it, and the first page is as quick as the next.
import_module(settings.ROOT_URLCONF)
# What is loaded stays: the collector need not walk through it, nor for every few rows that are read.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 10, 10)
