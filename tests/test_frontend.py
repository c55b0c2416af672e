"""What is committed in static/ is what frontend/ builds, and the browser reads boards as the server does.

Building needs Node and the locked packages; where they cannot be had, the comparison is not run, and says so.
"""

import gzip
import json
import random
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings

from scoring.engine.graph import elements, names, parts, scene, types, wires
from tests import services, shared
from tests.conftest import UNAVAILABLE

ROOT = Path(__file__).resolve().parent.parent
FRONTEND = ROOT / "frontend"
BUNDLES = ("whiteboard", "editor")
BUILT = ROOT / "static" / "whiteboard"
EDITOR = ROOT / "static" / "editor"
SOURCES = ("package.json", "package-lock.json", ".npmrc", "build.mjs", "build", "src", "without", "licences")
# What npm says when it is the network that is missing, and not a package.
OFFLINE = re.compile(r"ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network")
# Names of XML vocabularies look like addresses; nothing is fetched from there.
ADDRESS = re.compile(r"\b(?:https?|wss?)://(?!www\.w3\.org/(?:1999|2000)/)[\w-]+(?:\.[\w-]+)+")


def program(name: str) -> str:
    """The path of node or npm, or a loud NOT RUN."""
    found = shutil.which(name)
    if not found or services.pretend_missing("node"):
        pytest.skip(f"{UNAVAILABLE}No {name}: apt-get install nodejs npm.")
    return found


@pytest.fixture(scope="session")
def rebuilt() -> Path:
    """A build of our own, from the packages of the lock, in a folder that knows nothing of this one."""
    npm, node = program("npm"), program("node")

    def make(folder: Path) -> None:
        for name in SOURCES:
            copy = shutil.copytree if (FRONTEND / name).is_dir() else shutil.copy
            copy(FRONTEND / name, folder / name)
        install = [npm, "ci", "--no-fund", "--no-audit", "--ignore-scripts"]
        done = subprocess.run(install, cwd=folder, capture_output=True, text=True, check=False)
        if done.returncode and OFFLINE.search(done.stderr):
            pytest.skip(f"{UNAVAILABLE}npm cannot reach a registry for the packages of frontend/package-lock.json.")
        assert done.returncode == 0, done.stderr
        subprocess.run([node, "build.mjs", "built"], cwd=folder, check=True)
        shutil.rmtree(folder / "node_modules")

    return shared.once("frontend", make) / "built"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("bundle", BUNDLES)
def test_the_committed_bundle_is_what_its_sources_build(rebuilt, bundle):
    ours, theirs = contents(rebuilt / bundle), contents(ROOT / "static" / bundle)
    advice = f"Run `npm ci && npm run build` in frontend/, and commit static/{bundle}."
    assert sorted(ours) == sorted(theirs), advice
    assert f"{bundle}.js" in ours
    changed = [name for name in ours if ours[name] != theirs[name]]
    assert changed == [], advice


def test_the_frontends_own_tests_pass():
    tests = sorted(str(path) for path in (FRONTEND / "test").glob("*.test.js"))
    done = subprocess.run([program("node"), "--test", *tests], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-20_000:]


def test_the_lock_says_what_and_not_where():
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    packages = {name: row for name, row in lock["packages"].items() if name.startswith("node_modules/")}
    ours = {name for name, row in packages.items() if row.get("link")}
    assert ours == {"node_modules/@excalidraw/mermaid-to-excalidraw"}
    assert all(row["integrity"].startswith("sha512-") for name, row in packages.items() if name not in ours)
    assert [name for name, row in packages.items() if "resolved" in row and name not in ours] == []


def test_nothing_in_the_bundles_names_another_host():
    code = [path for folder in (BUILT, EDITOR) for path in folder.rglob("*") if path.suffix in (".js", ".mjs", ".css")]
    assert len(code) > 6
    found = {path.name: found for path in code if (found := ADDRESS.findall(path.read_text()))}
    assert found == {}


def test_every_font_and_package_comes_with_its_licence():
    text = (BUILT / "LICENSES.txt").read_text()
    fonts = {"ComicShanns": "Comic Shanns", "Lilita": "Lilita One", "Nunito": "Nunito", "Virgil": "Virgil"}
    assert {path.name for path in (BUILT / "board" / "fonts").iterdir()} == set(fonts)
    for name in fonts.values():
        assert re.search(rf"^{name} [\d.]+, the font \((OFL-1\.1|MIT)", text, re.MULTILINE), name
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    editor = (EDITOR / "LICENSES.txt").read_text()
    for package in json.loads((FRONTEND / "package.json").read_text())["dependencies"]:
        said = editor if package.startswith(("@codemirror/", "@lezer/")) else text
        assert f"\n{package} " in said or package.endswith("mermaid-to-excalidraw"), package
    assert set(re.findall(r"^@?[\w/-]+ [\d.]+ \((.+)\)$", editor, re.MULTILINE)) == {"MIT"}


def test_the_editor_is_small_enough_for_the_first_load_of_the_room():
    """The room comes to 150 KB at most, this is the largest piece of it."""
    assert len(gzip.compress((EDITOR / "editor.js").read_bytes(), 9)) < 96_000


def test_names_survive_the_storage_of_a_server(tmp_path):
    """The manifest storage renames files and rewrites what it recognises; the editor must find its pieces."""
    settings = {
        "STATICFILES_DIRS": [("whiteboard", BUILT)],
        "STATICFILES_FINDERS": ["django.contrib.staticfiles.finders.FileSystemFinder"],
        "STATIC_ROOT": tmp_path,
        "STORAGES": {"staticfiles": {"BACKEND": "lib.storage.StaticStorage"}},
    }
    with override_settings(**settings):
        call_command("collectstatic", interactive=False, verbosity=0)
    manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]
    door = (tmp_path / manifest["whiteboard/whiteboard.js"]).read_text()
    pieces = re.findall(r'"(\./board/[^"]+\.\w+)"', door)
    assert sorted(Path(piece).suffix for piece in pieces) == [".css", ".mjs"]
    assert all((tmp_path / "whiteboard" / piece).exists() for piece in pieces)
    # Modules that import each other must stay as they are, or one of them would be loaded twice.
    for module in BUILT.glob("board/*.mjs"):
        name = f"whiteboard/board/{module.name}"
        assert (tmp_path / name).read_bytes() == (tmp_path / manifest[name]).read_bytes() == module.read_bytes()


# --- One reader in two languages ---------------------------------------------------------------------------


def test_the_browser_has_the_limits_of_the_server():
    said: dict[str, float] = {}
    for path in (FRONTEND / "src" / "graph").glob("*.js"):
        for name, value in re.findall(r"^(?:export )?const ([A-Z_]+) = ([\d_.e]+);", path.read_text(), re.MULTILINE):
            said[name] = float(value.replace("_", ""))
    ours: dict[str, Any] = {}
    for module in (elements, names, parts, wires, scene, types):
        ours |= vars(module)
    # What a gap at a border is has no name on the server.
    known = {name: ours[name] for name in said if name != "BORDER"}
    assert len(known) >= 15
    assert {name: said[name] for name in known} == known


def test_the_browser_reads_any_board_as_the_server_does():
    """What people draw, and what nobody would: shapes on shapes, arrows to nowhere, texts that two things claim."""
    scenes = [drawing(random.Random(seed)) for seed in range(600)]
    # So much that both give up, and at the same text.
    scenes += [crowded(random.Random(seed)) for seed in range(3)]
    lines = "".join(json.dumps(each) + "\n" for each in scenes)
    command = [program("node"), str(FRONTEND / "test" / "read.mjs")]
    done = subprocess.run(command, input=lines, capture_output=True, text=True, check=True)
    for seed, (each, line) in enumerate(zip(scenes, done.stdout.splitlines(), strict=True)):
        assert json.loads(line) == written(scene.read(each)), f"seed {seed}: {json.dumps(each)}"


def written(board: scene.Board) -> dict[str, Any]:
    """As the files in tests/boards have it."""
    graph = board.graph

    def said(**fields: Any) -> dict[str, Any]:
        return {name: value for name, value in fields.items() if value}

    return {
        "nodes": {key: said(label=row.label, kind=row.kind, group=row.group) for key, row in graph.nodes.items()},
        "groups": {key: said(label=row.label, group=row.group) for key, row in graph.groups.items()},
        "edges": [
            {"from": row.source, "to": row.target, **said(label=row.label, loose=row.loose, later=row.later)}
            for row in graph.edges
        ],
        "problems": [said(element=row.element, message=row.message, gentle=row.is_gentle) for row in board.problems],
        "notes": list(board.notes),
    }


WORDS = ["Redis", "Load balancer", "API", "Orders service", "Web\nclient", "  ", "S3: pictures", "Größe", "👩‍💻 users"]
FORMS = ["rectangle"] * 5 + ["ellipse", "diamond", "frame", "text", "text", "line", "freedraw", "image"]
DAMAGED: list[Any] = [None, 3, {}, {"id": "e0"}, {"id": "", "type": "text"}]
KINDS: list[Any] = ["cache", "database", None, "nonsense", 7]


def drawing(chance: random.Random) -> dict[str, Any]:
    """A scene with a bit of everything, on a small board so that things meet."""
    names = [f"e{number}" for number in range(chance.randint(0, 14))]
    groups = ["g1", "g2", "g3"]
    rows: list[Any] = [element(chance, name, chance.choice(FORMS), names, groups) for name in names]
    rows += [element(chance, f"a{number}", "arrow", names, groups) for number in range(chance.randint(0, 10))]
    if chance.random() < 0.15:
        rows.insert(chance.randint(0, len(rows)), chance.choice(DAMAGED))
    chance.shuffle(rows)
    return {"type": "excalidraw", "version": 2, "elements": rows}


def crowded(chance: random.Random) -> dict[str, Any]:
    """Arrows between two parts with many bends, and more texts among them than can be compared with each."""
    ends = {"startBinding": {"elementId": "a"}, "endBinding": {"elementId": "b"}, "endArrowhead": "arrow"}
    rows: list[Any] = [
        {"id": name, "type": "rectangle", "x": x, "y": -200, "width": 90, "height": 60, "customData": {"kind": "cache"}}
        for name, x in (("a", 0), ("b", 900))
    ]
    for number in range(320):
        points = [[0, 0], *([chance.randint(-300, 300), chance.randint(-200, 200)] for _ in range(40))]
        at = {"x": chance.randint(0, 900), "y": chance.randint(0, 700)}
        rows.append({"id": f"w{number}", "type": "arrow", "points": points, **at, **ends})
    for number in range(250):
        at = {"x": chance.randint(-300, 1200), "y": chance.randint(-200, 900), "width": 60, "height": 20}
        angle = round(chance.uniform(0, 6), 2) if chance.random() < 0.3 else 0
        rows.append({"id": f"t{number}", "type": "text", "text": f"note {number}", "angle": angle, **at})
    return {"type": "excalidraw", "version": 2, "elements": rows}


def element(chance: random.Random, name: str, form: str, names: list[str], groups: list[str]) -> Mapping[str, Any]:
    large = form == "frame" or chance.random() < 0.2
    row: dict[str, Any] = {
        "id": name,
        "type": form,
        "x": chance.randint(-50, 500),
        "y": chance.randint(-50, 400),
        "width": chance.randint(200, 420) if large else chance.randint(20, 140),
        "height": chance.randint(150, 320) if large else chance.randint(10, 80),
    }
    if chance.random() < 0.1:
        row["angle"] = round(chance.uniform(-4, 8), 3)
    if chance.random() < 0.05:
        row["isDeleted"] = True
    if chance.random() < 0.2:
        row["groupIds"] = chance.sample(groups, chance.randint(1, 3))
    if chance.random() < 0.2:
        row["frameId"] = chance.choice(names or ["gone"])
    if chance.random() < 0.25:
        row["customData"] = {"kind": chance.choice(KINDS)}
    if form == "frame":
        row["name"] = chance.choice([None, "Region", ""])
    if form == "text":
        row["text"] = chance.choice(WORDS)
        row["containerId"] = chance.choice([None, None, *names, "a0", "a1", "gone"])
    if form in ("arrow", "line"):
        count = chance.choice([2, 2, 2, 3, 5])
        row["points"] = [[0, 0]] + [[chance.randint(-300, 300), chance.randint(-200, 200)] for _ in range(count - 1)]
        if form == "line" and chance.random() < 0.4:
            row["points"].append([1, 1])
        row["startArrowhead"] = chance.choice([None, None, "arrow"])
        row["endArrowhead"] = chance.choice([None, "arrow", "arrow", "triangle"])
        row["strokeStyle"] = chance.choice(["solid", "solid", "dashed", "dotted"])
    if form == "arrow":
        for end in ("startBinding", "endBinding"):
            if chance.random() < 0.6:
                row[end] = {"elementId": chance.choice([*names, "gone"]), "focus": 0, "gap": 4}
    if chance.random() < 0.3:
        row["boundElements"] = [{"type": "text", "id": chance.choice([*names, "gone"])}]
    return row
