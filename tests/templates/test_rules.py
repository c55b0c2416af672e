"""What holds for every template, whoever wrote it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
SPRITE = (ROOT / "templates" / "components" / "_icons.html").read_text()
SYMBOLS = set(re.findall(r'id="i-([a-z]+)"', SPRITE))

FORBIDDEN = {
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "hx-on": re.compile(r"\shx-on\b", re.IGNORECASE),
    "something from elsewhere": re.compile(r"""\s(src|srcset)\s*=\s*["']?(https?:)?//""", re.IGNORECASE),
}


MODULES = sorted(
    path for app in ("accounts", "catalog", "interview", "lib", "scoring") for path in (ROOT / app).rglob("*.py")
)
# Classes that nobody writes into a class attribute: Django's own list of errors, and what drawings are made of.
WRITTEN_BY_CODE = {"axis", "guide", "inner"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_nothing_in_a_template_needs_a_weaker_policy(path):
    text = path.read_text()
    assert [what for what, pattern in FORBIDDEN.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "text",
    ['<p style="x">', "<STYLE>", "<script>", '<a onclick="x">', '<img src="//cdn.example/x">', '<i hx-on:click="x">'],
)
def test_the_patterns_find_what_they_are_for(text):
    assert any(pattern.search(text) for pattern in FORBIDDEN.values())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_a_template_compiles(path):
    engines["django"].from_string(path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_icon_is_in_the_sprite(path):
    used = set(re.findall(r"""{%\s*icon\s+["']([a-z]+)["']""", path.read_text()))
    assert used <= SYMBOLS


def test_icons_that_scripts_and_tags_name_are_in_the_sprite():
    text = "".join(script.read_text() for script in SCRIPTS)
    assert set(re.findall(r"#i-([a-z]+)", text)) <= SYMBOLS
    from lib.templatetags import ui

    assert {drawing for drawing, _ in ui.SOURCES.values()} | {"info"} <= SYMBOLS


def test_every_icon_of_the_sprite_is_used():
    from lib.templatetags import ui

    used = {drawing for drawing, _ in ui.SOURCES.values()}
    for path in TEMPLATES:
        used |= set(re.findall(r"""{%\s*icon\s+["']([a-z]+)["']""", path.read_text()))
    for path in SCRIPTS:
        used |= set(re.findall(r"#i-([a-z]+)", path.read_text()))
    assert SYMBOLS - used == set()


def classes_with_rules() -> set[str]:
    text = re.sub(r"/\*.*?\*/", "", "".join(style.read_text() for style in STYLES), flags=re.DOTALL)
    return {
        found for selector in re.findall(r"[^{};]*(?={)", text) for found in re.findall(r"\.([a-z][\w-]*)", selector)
    }


def classes_written() -> set[str]:
    """Those in class attributes of templates and modules, those given to tags, and those that scripts look for."""
    places = []
    for path in TEMPLATES:
        text = path.read_text()
        places += re.findall(r"""{%\s*icon\s+["'][a-z]+["']\s+["']([^"']+)["']""", text)
        places += re.findall(r"{% block page_class %}([^{]*)", text)
        # Tags may stand within the attribute, and quotes within the tags.
        plain = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", text)
        places += re.findall(r'\bclass="([^"]*)"', plain)
    for path in MODULES:
        places += re.findall(r"""\bclass["']?[=:]\s*["']([^"']*)["']""", path.read_text())
    for path in SCRIPTS:
        literals = " ".join(re.findall(r'"[^"\n]*"|`[^`]*`', path.read_text()))
        places += re.findall(r"\.([a-z][\w-]*)", literals)
        places += re.findall(r'class(?:Name|List)\b[^"\n]*"([^"]*)"', path.read_text())
    return {word for place in places for word in re.findall(r"[\w-]+", place)}


def test_every_rule_has_a_user():
    assert classes_with_rules() - classes_written() == WRITTEN_BY_CODE


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_class_has_a_rule(path):
    """A class without a rule is a slip of the pen, or a style that somebody forgot to write."""
    rules = "".join(style.read_text() for style in STYLES)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", " ", path.read_text())
    used = {word for value in re.findall(r'\sclass="([^"]*)"', text) for word in value.split()}
    assert {word for word in used if not re.search(rf"\.{re.escape(word)}(?![\w-])", rules)} == set()


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_style_sheets_load_nothing_from_elsewhere(path):
    text = path.read_text()
    assert "@import" not in text
    assert re.findall(r"url\((?!#)[^)]*\)", text) == []


@pytest.mark.parametrize("path", STYLES, ids=name)
def test_every_custom_property_exists(path):
    """A misspelt token is silent in a browser; here it is not."""
    everything = "".join(style.read_text() for style in STYLES)
    known = set(re.findall(r"(--[\w-]+)\s*:", everything))
    assert set(re.findall(r"var\((--[\w-]+)\)", path.read_text())) <= known
