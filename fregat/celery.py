"""The Celery application. Tasks are only the alarm clock: the truth is a row in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fregat.settings")

app = Celery("fregat")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
