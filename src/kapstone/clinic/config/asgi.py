"""The door for an ASGI server, which also holds the streams of `edges/live` open."""

import warnings

from django.core.asgi import get_asgi_application
from django.db import connection

# Shut like that one while the database could lose what is saved.
from kapstone.clinic.config import wsgi  # noqa: F401

# Every request has a thread of its own, with which a connection that is kept for the next one would be lost.
connection.settings_dict["CONN_MAX_AGE"] = 0
# Files of the page are small, and read whole in their request's thread.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")
application = get_asgi_application()
