"""The product's settings, with what makes a test run quick and repeatable.

SQLite in memory and no Redis, whatever the shell says; PostgreSQL and Redis when TEST_ON=postgres, which
`python -m tests.services` sets.
"""

import os

from tests import services, shared

for name in ("DATABASE_URL", "REDIS_URL", "EMAIL_URL", "DEBUG", "LOCAL_MAIL_PAGE"):
    os.environ.pop(name, None)
if os.environ.get("TEST_ON") == "postgres":
    os.environ["DATABASE_URL"] = os.environ["TEST_POSTGRES_URL"]
    os.environ["REDIS_URL"] = services.own_database(os.environ["TEST_REDIS_URL"])
os.environ.setdefault("SECRET_KEY", "only-for-tests")
# Vectors of the questions are made once for all workers of a run, and nothing of a run stays in var/.
os.environ["VAR_DIR"] = str(shared.folder())
os.environ["SITE_URL"] = "http://testserver"
os.environ.setdefault("LOG_LEVEL", "ERROR")

from config.settings import *  # noqa: E402

# One round of hashing: tests sign in hundreds of times and guard no secret.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# The manifest needs collectstatic first; live servers under test serve from the sources.
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
ALLOWED_HOSTS = ["*"]
