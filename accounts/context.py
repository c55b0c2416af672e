"""What every page knows."""

import tomllib
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from django.http import HttpRequest

from accounts import mailroom
from accounts.models import User


def shell(request: HttpRequest) -> dict[str, Any]:
    """Theme, version, and whether mail can be read on this machine. Works for requests without a session too."""
    return {
        "theme": theme(request),
        "site_version": version(),
        "mail_is_local": mailroom.is_local(request),
    }


def theme(request: HttpRequest) -> str:
    """The choice made on this device, else the one in the profile."""
    chosen = request.COOKIES.get("theme")
    if chosen in User.Theme.values:
        return chosen
    user = getattr(request, "user", None)
    return user.theme if user and user.is_authenticated else User.Theme.SYSTEM.value


@cache
def version() -> str:
    """Of the installed package, else of the source tree; empty when there is neither."""
    try:
        return metadata.version("fortyfive")
    except metadata.PackageNotFoundError:
        pass
    try:
        project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text())
    except OSError:
        return ""
    return str(project["project"]["version"])
