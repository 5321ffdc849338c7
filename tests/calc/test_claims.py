"""What the articles say, held against derivations."""

from __future__ import annotations

import pytest

from calc.claims import all_claims, claim, read_claims
from calc.errors import DataError, UnknownNameError
from tests.calc.support import refused

CLAIMS = [pytest.param(one, id=one.id) for one in all_claims()]


@pytest.mark.parametrize("one", CLAIMS)
def test_the_verdict_follows_from_the_numbers(one):
    assert one.follows
    assert one.says
    assert one.why
    assert one.shown.text


def test_unknown_claims():
    with refused(UnknownNameError, "is not a claim", "'matmul-product'"):
        claim("matmul-prodct")


@pytest.mark.parametrize(
    "text",
    ["[[claim]]\nid = 'x'\nid = 'y'", "[[claim]]\nidd = 'x'", "[[claim]]\nid = 'x'", "[[claim"],
    ids=["duplicate", "typo", "missing", "syntax"],
)
def test_a_malformed_file(text):
    with refused(DataError, "claims.toml"):
        read_claims(text)
