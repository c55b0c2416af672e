"""The environment `manage.py up` starts from: what makes one machine comfortable, and would be wrong on a server.

Runs before there are settings, so it knows nothing of Django.
"""

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

DEFAULT_PORT = "8000"


def set_up(environment: MutableMapping[str, str], *, base: Path) -> None:
    """Fill in what the operator did not say. What was said stays."""
    var = Path(environment.setdefault("VAR_DIR", str(base / "var")))
    var.mkdir(parents=True, exist_ok=True)
    if not environment.get("SECRET_KEY") and not environment.get("SECRET_KEY_FILE"):
        environment["SECRET_KEY"] = _kept_secret(var / "secret_key")
    port = environment.setdefault("PORT", DEFAULT_PORT)
    environment.setdefault("SITE_URL", f"http://127.0.0.1:{port}")
    environment.setdefault("ALLOWED_HOSTS", "127.0.0.1,localhost")
    environment.setdefault("LOCAL_MAIL_PAGE", "1")


def _kept_secret(path: Path) -> str:
    """The secret of this machine, made on the first run; readable by its owner only."""
    if not path.exists():
        draft = path.with_suffix(f".{os.getpid()}")
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        draft.rename(path)
    return path.read_text().strip()
