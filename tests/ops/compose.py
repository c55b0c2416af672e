"""Reads docker-compose.yml the way compose does, as far as our file needs it: interpolation, services, cross-checks."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

import yaml

VARIABLE = re.compile(r"\$\{(?P<name>\w+)(?:(?P<how>:-|:\?)(?P<text>[^}]*))?\}")


class Unset(Exception):
    """A variable written as ${NAME:?what it is} has no value."""


def load(text: str, environment: Mapping[str, str]) -> dict[str, Any]:
    def value(match: re.Match[str]) -> str:
        given = environment.get(match["name"], "")
        if not given and match["how"] == ":?":
            raise Unset(f"{match['name']}: {match['text']}")
        return given or (match["text"] or "" if match["how"] == ":-" else "")

    def filled(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: filled(child) for key, child in node.items()}
        if isinstance(node, list):
            return [filled(child) for child in node]
        return VARIABLE.sub(value, node) if isinstance(node, str) else node

    document: dict[str, Any] = filled(yaml.safe_load(text))
    return document


def variables(text: str) -> set[str]:
    return {match["name"] for match in VARIABLE.finditer(text)}


def required(text: str) -> set[str]:
    return {match["name"] for match in VARIABLE.finditer(text) if match["how"] == ":?"}


def problems(document: dict[str, Any]) -> list[str]:
    """What no schema sees: names that lead nowhere, waits that never end, images that move."""
    services = document["services"]
    return [
        f"{name}: {problem}"
        for name, service in services.items()
        for check in (_dependencies, _volumes, _image, _hosts)
        for problem in check(service, document)
    ]


def _dependencies(service: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    for needed, how in service.get("depends_on", {}).items():
        other = document["services"].get(needed)
        if other is None:
            yield f"depends on {needed}, which is not there"
        elif how["condition"] == "service_healthy" and "healthcheck" not in other:
            yield f"waits for the health of {needed}, which has no health check"
        elif how["condition"] == "service_completed_successfully" and other.get("restart") != "no":
            yield f"waits for the end of {needed}, which is restarted for ever"


def _volumes(service: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        if not source.startswith((".", "/")) and source not in document.get("volumes", {}):
            yield f"volume {source} is not declared"


def _image(service: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    image = service.get("image", "")
    if not re.search(r":\d+\.\d+", image):
        yield f"image {image or '(none)'} is not pinned"


def _hosts(service: dict[str, Any], document: dict[str, Any]) -> Iterator[str]:
    for name, value in service.get("environment", {}).items():
        host = urlsplit(str(value)).hostname
        if name in {"DATABASE_URL", "REDIS_URL"} and host not in document["services"]:
            yield f"{name} points at {host}, which is not a service"
