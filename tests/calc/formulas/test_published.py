"""Every formula against figures that somebody else published."""

from __future__ import annotations

from collections import Counter

import pytest

from calc.book.checks import all_checks, checks
from tests.calc.support import FORMULAS
from tests.together import each

_seen: Counter[str] = Counter()


def named(check):
    """An id that a person can read in a list of failures."""
    _seen[f"{check.formula.id}-{check.source}"] += 1
    number = _seen[f"{check.formula.id}-{check.source}"]
    return f"{check.formula.id}-{check.source}-{number}"


CHECKS = [pytest.param(check, id=named(check)) for check in all_checks()]


@each("check", [one for one in CHECKS if one.values[0].kind != "validation"])
def test_the_published_figure_is_reproduced(check):
    assert check.agrees, f"{check.source}: published {check.published}, computed {check.recomputed}"


@each("check", CHECKS)
def test_a_tolerance_wider_than_the_rounding_is_explained(check):
    assert check.rel_tolerance <= check.rounding or check.note
    assert check.rel_tolerance < 0.05 or check.rel_tolerance == check.rounding


@each("check", CHECKS)
def test_the_compiled_formula_gives_it_too(check):
    values = {q.name: float(value) for q, value in check.used.items()}
    assert check.formula(**values) == pytest.approx(float(check.computed), rel=1e-12)


@each("one", FORMULAS)
def test_no_formula_is_unchecked(one):
    assert checks(one), f"add a published figure for {one.id} to calc/data/checks"


def test_a_measured_figure_is_shown_with_its_error():
    measured = [check for check in all_checks() if check.kind == "validation"]
    (meta,) = [check for check in measured if check.source == "meta2026provisioning"]
    assert not meta.agrees
    assert len(measured) >= 7
    assert all(-0.6 < check.difference < 0.6 for check in measured)
    assert -0.11 < meta.difference < -0.09  # 75,000 GPUs of about 83,000


def test_the_checks_rest_on_many_publications():
    assert len({check.source for check in all_checks() if check.kind == "published"}) >= 20


def test_two_hundred_checks_are_published():
    assert sum(check.kind == "published" for check in all_checks()) >= 200


@each("check", CHECKS)
def test_what_is_not_published_of_this_kind_is_not_called_so(check):
    audited = {"mohit2026", "datacentrepower2026"}
    calculators = {"aiinframap2026sizer", "elektronics2026hashprice", "pingdo2025sync", "agentcalc2025bubble"}
    if check.kind == "published":
        assert "place of" not in check.note
        assert "ecalled" not in check.note
        assert check.source not in audited | calculators
