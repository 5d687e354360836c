"""The pages and the API (gunicorn). The event stream is in fregat/asgi.py."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fregat.settings")

application = get_wsgi_application()
