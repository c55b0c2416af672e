from pathlib import Path

from jobs import comfort


def test_a_secret_is_made_once_and_kept_for_its_owner(tmp_path: Path):
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    comfort.set_up(first, base=tmp_path)
    comfort.set_up(second, base=tmp_path)

    assert len(first["SECRET_KEY"]) >= 50
    assert second["SECRET_KEY"] == first["SECRET_KEY"]
    assert (tmp_path / "var/secret_key").stat().st_mode & 0o777 == 0o600


def test_what_the_operator_said_stays(tmp_path: Path):
    said = {"SECRET_KEY": "mine", "PORT": "9000", "LOCAL_MAIL_PAGE": "0", "VAR_DIR": str(tmp_path / "elsewhere")}
    environment = dict(said)
    comfort.set_up(environment, base=tmp_path)

    assert environment == said | {"SITE_URL": "http://127.0.0.1:9000", "ALLOWED_HOSTS": "127.0.0.1,localhost"}
    assert not (tmp_path / "elsewhere/secret_key").exists()
