"""The bands are said in one place; the engine, which must stand alone, agrees with it."""

import pytest

from lib import bands
from scoring.engine import levels


def test_the_engine_gives_the_bands_that_the_pages_name():
    assert list(reversed(levels.BANDS)) == [(band.floor, band.key) for band in bands.BANDS]


@pytest.mark.parametrize("overall", [0, 24.9, 25, 49.9, 50, 69.9, 70, 84.9, 85, 100])
def test_the_engine_and_the_pages_put_an_overall_into_the_same_band(overall):
    assert levels.band(overall) == bands.band_of(overall).key


def test_what_has_no_band_is_called_so():
    assert bands.name_of("strong") == "Strong"
    assert bands.name_of("") == bands.name_of(None) == bands.name_of("splendid") == "No band"
    assert bands.name_of("", "") == ""
