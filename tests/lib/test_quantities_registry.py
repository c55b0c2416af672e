"""The registry behind quantities: one for all threads, loaded without numpy; and places of what is wrong."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import quantities
from lib.quantities import Plain, QuantityError, evaluate, in_base_units, plain, scaled, written_in

ROOT = Path(__file__).resolve().parents[2]


def run(script: str) -> str:
    found = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True, timeout=120
    )
    return found.stdout.strip()


SHEET = """
import sys
from interview.sheet import evaluate, insertion, references, render
from lib import quantities
before = "pint" in sys.modules
givens = {"daily_users": quantities.evaluate("100M users")}
sheet = evaluate("writes = daily_users * 1 link/day\\nsize = writes * 500 B in GB/day", givens)
render(sheet), references(sheet, {"deep_dive": "about 1.2k/s"}), insertion(sheet.rows[0])
print(before, sheet.rows[1].shown, "numpy" in sys.modules)
"""


def test_a_sheet_is_worked_out_without_numpy():
    assert run(SHEET) == "False 50 GB/day False"


LATER = """
import sys
from lib.quantities import evaluate, humane
first = evaluate("3 GB")
import numpy
print(numpy.ones(3).sum(), humane(first * 2 + evaluate("1 GB"), "GB"))
"""


def test_numpy_can_be_loaded_afterwards_and_nothing_changes():
    assert run(LATER) == "3.0 7 GB"


BEFORE = """
import numpy
from lib.quantities import evaluate, humane
print(humane(evaluate("3 GB") * 2, "GB"), numpy.ones(3).sum())
"""


def test_numpy_may_be_there_before():
    assert run(BEFORE) == "6 GB 3.0"


def test_numpy_is_away_for_one_thread_only():
    away = quantities._NumpyIsAway()
    with pytest.raises(ModuleNotFoundError):
        away.find_spec("numpy.linalg")
    assert away.find_spec("numpyro") is None
    said: list[object] = []
    other = threading.Thread(target=lambda: said.append(away.find_spec("numpy")))
    other.start()
    other.join()
    assert said == [None]


THREADS = """
from concurrent.futures import ThreadPoolExecutor
from lib.quantities import registry
with ThreadPoolExecutor(8) as pool:
    print(len({id(made) for made in pool.map(lambda _: registry(), range(8))}))
"""


def test_threads_that_come_at_once_get_one_registry():
    assert run(THREADS) == "1"


def test_quantities_of_several_threads_add():
    with ThreadPoolExecutor(4) as pool:
        values = list(pool.map(evaluate, ["1 GB", "2 GB", "3 GB", "4 GB"]))
    assert plain(sum(values[1:], start=values[0])).value == 10e9


@pytest.mark.parametrize("text", ["(-8)^0.5", "-2^%", "(-3)^(1/3)"])
def test_a_root_of_a_negative_number_is_refused(text: str) -> None:
    with pytest.raises(QuantityError, match="root of a negative number"):
        evaluate(text)


@pytest.mark.parametrize(
    ("text", "at"),
    [("3 * foo", 4), ("3 ? 4", 2), ("(1 + 2", 0), ("1 + )", 4), ("1 2", 2), ("2^1000", 1), ("3 +", 2), ("", None)],
)
def test_an_error_says_where_it_is(text: str, at: int | None) -> None:
    with pytest.raises(QuantityError) as raised:
        evaluate(text)
    assert raised.value.at == at


@given(
    st.floats(min_value=1e-9, max_value=1e18),
    st.integers(min_value=-1, max_value=1),
    st.integers(min_value=-1, max_value=1),
)
def test_a_plain_value_becomes_a_quantity_and_plain_again(value: float, data: int, time: int) -> None:
    again = plain(in_base_units(Plain(value, data, time)))
    assert again == Plain(pytest.approx(value), data, time)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("4 Mbit/s", {"megabit": 1, "second": -1}),
        ("30 min/day", {"minute": 1, "day": -1}),
        ("20 %", {"percent": 1}),
        ("7 users", {}),
    ],
)
def test_the_units_that_a_value_was_given_in_are_known(text: str, units: dict[str, int]) -> None:
    assert written_in(evaluate(text)) == units


@pytest.mark.parametrize(
    ("number", "step", "prefixes", "shown"),
    [
        (999.4, 1000.0, ("", "k"), ("999", "")),
        (999.6, 1000.0, ("", "k"), ("1", "k")),
        (5e9, 1000.0, ("", "k"), ("5000000", "k")),
        (1536, 1024.0, ("", "Ki", "Mi"), ("1.5", "Ki")),
        (-1160, 1000.0, ("", "k"), ("-1.16", "k")),
        (0, 1000.0, ("", "k"), ("0", "")),
    ],
)
def test_a_number_is_scaled(number: float, step: float, prefixes: tuple[str, ...], shown: tuple[str, str]) -> None:
    assert scaled(number, prefixes, step) == shown
