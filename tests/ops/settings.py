"""The product as a server runs it, plus one kind of job whose only trace is a counted row."""

from config.settings import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.ops.tally"]
