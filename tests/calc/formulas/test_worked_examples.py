"""Sums that others have published: each computed by a formula, and reached by the command that its page prints."""

from __future__ import annotations

import shlex

import pytest
from click.testing import CliRunner

from calc.book.worked import MISTAKES, left_out, mistakes, of_file, worked
from calc.cli.app import cli

EXAMPLES = of_file("examples.toml")


@pytest.mark.parametrize("one", worked(), ids=lambda one: one.id)
def test_a_published_sum_comes_out(one):
    assert abs(one.difference) <= one.tolerance


@pytest.mark.parametrize("one", [*worked(), *mistakes()], ids=lambda one: one.id)
def test_its_command_shows_it(one):
    program, *arguments = shlex.split(one.command)
    ran = CliRunner().invoke(cli, [*arguments, "--range", "--format", "json"], standalone_mode=False)
    assert program == "t2t"
    assert ran.exception is None, ran.output


def test_nine_in_ten_are_computed_by_a_formula():
    without = [one for one in left_out() if one.source == "google2025maxtext"]
    assert len(EXAMPLES) >= 0.9 * (len(EXAMPLES) + len(without))
    assert len(EXAMPLES) >= 100


def test_most_come_out_to_a_thirtieth():
    near = [one for one in worked() if abs(one.difference) <= 1 / 30]
    assert len(near) >= 0.95 * len(worked())


def test_a_mistake_is_further_off_than_rounding():
    for one in mistakes():
        assert abs(one.difference) > 0.1, MISTAKES
