"""The door for a WSGI server. It stays shut while the database could lose what is saved."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapstone.clinic.config.settings")
application = get_wsgi_application()


def _refuse_unsafe_database() -> None:
    from django.db import connection

    from kapstone.clinic.config.sqlite import unsafe

    if found := unsafe(connection):
        raise SystemExit("Kapstone does not start. " + " ".join(found))
    connection.close()


_refuse_unsafe_database()
