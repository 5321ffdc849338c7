"""The numbers at which an expression takes a given value.

⌈g(x)⌉ and ⌊g(x)⌋ are replaced by a whole number n, from the outside in; n is solved for first, and the x
that it allows are an interval.
"""

from __future__ import annotations

import sympy as sp

from calc.base.errors import SolveError

__all__ = ["NEVER_WHOLE", "NotWholeError", "preimage", "whole_numbers"]

_SMALL_POWER = 2
_PLACES = 30
_MANY = 40  # operations beside minima and maxima
_NO_WAY = "no closed form is known for the unknown"  # the expression itself may have numbers of thousands of digits
_ROUNDING = sp.Rational(1, 10**14)  # relative: by how much a double of fifteen digits may miss what it stands for
_NEAR = sp.Rational(1, 10)  # and by no more than this, for counts of very many
NEVER_WHOLE = "{sign} in the formula would have to be {needed}, and it is always whole"


class NotWholeError(SolveError):
    """A rounding would have to be a number between two whole ones.

    Attributes
    ----------
    rounding : the ⌈⌉ or ⌊⌋.
    needed : what it would have to be.
    """

    def __init__(self, rounding: sp.Expr, needed: sp.Expr) -> None:
        sign = "⌈⌉" if isinstance(rounding, sp.ceiling) else "⌊⌋"
        super().__init__(NEVER_WHOLE.format(sign=sign, needed=f"{float(needed):.6g}"))
        self.rounding, self.needed = rounding, needed

    def neighbours(self, x: sp.Symbol) -> list[sp.Set]:
        """The x at which the rounding is the whole number below, or above; or the nearest that one inside it allows."""
        found: list[sp.Set] = []
        below = sp.floor(self.needed)
        for whole in (below, below + 1):
            try:
                found.append(preimage(self.rounding.args[0], _rounded_to(self.rounding, whole, whole), x))
            except NotWholeError as further:
                found += further.neighbours(x)
        return list(dict.fromkeys(found))


def preimage(expr: sp.Expr, targets: sp.Set, x: sp.Symbol) -> sp.Set:
    """The real x at which an expression falls into a finite set or an interval.

    Raises
    ------
    NotWholeError : ⌈⌉ or ⌊⌋ would have to be a number that is not whole.
    SolveError : sympy cannot solve it.

    Examples
    --------
    >>> x = sp.Symbol("x", real=True)
    >>> preimage(3 * sp.ceiling(x / 8), sp.FiniteSet(9), x)
    Interval.Lopen(16, 24)
    """
    rounding = _outermost(expr, x)
    if rounding is None:
        return _smooth_preimage(expr, targets, x)
    n = sp.Dummy("n", real=True)
    wanted = _smooth_preimage(expr.xreplace({rounding: n}), targets, n)
    whole = whole_numbers(wanted)
    if wanted.is_empty:
        return sp.S.EmptySet
    if whole.is_empty:
        raise NotWholeError(rounding, wanted.inf)
    if isinstance(whole, sp.Interval):
        return preimage(rounding.args[0], _rounded_to(rounding, whole.inf, whole.sup), x)
    return sp.Union(*(preimage(rounding.args[0], _rounded_to(rounding, one, one), x) for one in whole))


def _rounded_to(rounding: sp.Expr, low: sp.Expr, high: sp.Expr) -> sp.Interval:
    """What is rounded to a whole number from low to high."""
    return sp.Interval.Lopen(low - 1, high) if isinstance(rounding, sp.ceiling) else sp.Interval.Ropen(low, high + 1)


def _outermost(expr: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    """A ⌈⌉ or ⌊⌋ with x in it that is inside no other."""
    found = [part for part in sp.preorder_traversal(expr) if isinstance(part, (sp.ceiling, sp.floor)) and part.has(x)]
    if len({part for part in found if not any(part != other and other.has(part) for other in found)}) > 1:
        raise SolveError("the unknown stands inside two roundings at once; solve for one of their results instead")
    if found and expr.xreplace({found[0]: sp.Dummy()}).has(x):
        raise SolveError(
            "the unknown stands both inside a rounding and outside it; solve for the rounding's result instead"
        )
    return found[0] if found else None


def _growth(expr: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    """A power with x in it that sympy would turn into roots of rationals: x in its exponent, or no small whole one.

    So are exponentials and logarithms, of which it would make polynomials of any degree.
    """
    for part in sp.preorder_traversal(expr):
        if isinstance(part, (sp.exp, sp.log)) and part.has(x):
            return part
        small = isinstance(part, sp.Pow) and part.exp.is_Integer and abs(part.exp) <= _SMALL_POWER
        if isinstance(part, sp.Pow) and part.has(x) and not small:
            return part
    return None


def _ungrown(power: sp.Expr, values: sp.Set, x: sp.Symbol) -> sp.Set:
    """The x at which a power takes certain values: the nearest doubles, as roots and logarithms are irrational."""
    if not isinstance(values, sp.FiniteSet) or (isinstance(power, sp.Pow) and power.base.has(x) and power.exp.has(x)):
        raise SolveError(_NO_WAY)
    found = []
    for value in values:
        if isinstance(power, sp.log):
            needed = sp.exp(sp.N(value, _PLACES))
            found.append(_smooth_preimage(power.args[0], sp.FiniteSet(_nearest(needed)), x))
            continue
        if not value.is_positive:
            continue
        if isinstance(power, sp.exp):
            part, needed = power.args[0], sp.log(sp.N(value, _PLACES))
        elif power.exp.has(x):
            part, needed = power.exp, sp.log(sp.N(value, _PLACES)) / sp.log(sp.N(power.base, _PLACES))
        else:  # of numbers of any length sympy would look for an exact root
            part, needed = power.base, sp.N(value, _PLACES) ** (1 / sp.N(power.exp, _PLACES))
        if not needed.is_finite:
            continue
        found.append(_smooth_preimage(part, sp.FiniteSet(_nearest(needed)), x))
    return sp.Union(*found)


def _nearest(number: sp.Expr) -> sp.Rational:
    """The shortest decimal that means the nearest double: of 30 places, not of 17, which round a second time."""
    double = float(number)
    return sp.Rational(repr(double) if 0 < abs(double) < float("inf") else str(sp.N(number, 17)))


def _extreme(expr: sp.Expr, x: sp.Symbol) -> sp.Expr | None:
    """The one minimum or maximum that has every x in it, over whose pieces sympy would take a minute."""
    found = [part for part in sp.preorder_traversal(expr) if isinstance(part, (sp.Min, sp.Max)) and part.has(x)]
    return next((part for part in found if not expr.xreplace({part: sp.Dummy()}).has(x)), None)


def _unlimited(extreme: sp.Expr, values: sp.Set, x: sp.Symbol) -> sp.Set:
    """The x at which a minimum or maximum takes certain values: where one part does, and no other goes beyond."""
    if not isinstance(values, sp.FiniteSet):
        raise SolveError(_NO_WAY)
    found: list[sp.Set] = []
    for value in values:
        if any(not part.has(x) and abs(part - value) <= _ROUNDING * abs(value) for part in extreme.args):
            found.append(_held(extreme, value, x))
            continue
        for part in extreme.args:
            others = [other for other in extreme.args if other != part]
            found.append(sp.FiniteSet(*(
                at for at in (_points(part, value, x) if part.has(x) else ())
                if _is_extreme(extreme, value, [other.subs(x, at) for other in others])
            )))  # fmt: skip
    made = sp.Union(*found)
    if isinstance(made, sp.Union):  # a stretch, and a point beside it
        raise SolveError(_NO_WAY)
    return made


def _held(extreme: sp.Expr, value: sp.Expr, x: sp.Symbol) -> sp.Set:
    """The x at which a part without x is the least or greatest: a stretch, up to where another part takes over."""
    moving = [part for part in extreme.args if part.has(x)]
    ends = _points(moving[0], value, x) if len(moving) == 1 else []
    if len(ends) != 1:
        raise SolveError(_NO_WAY)
    sides = [sp.Interval(-sp.oo, ends[0]), sp.Interval(ends[0], sp.oo)]
    inside = [
        side for side, at in zip(sides, (ends[0] / 2, ends[0] * 2), strict=True)
        if _is_extreme(extreme, value, [moving[0].subs(x, at)])
    ]  # fmt: skip
    if len(inside) != 1 or not ends[0].is_positive:
        raise SolveError(_NO_WAY)
    return inside[0]


def _points(part: sp.Expr, value: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    """The x at which a part takes a value, where there are finitely many."""
    solved = _smooth_preimage(part, sp.FiniteSet(value), x)
    if not isinstance(solved, (sp.FiniteSet, type(sp.S.EmptySet))):
        raise SolveError(_NO_WAY)
    return list(solved)


def _is_extreme(extreme: sp.Expr, value: sp.Expr, others: list[sp.Expr]) -> bool:
    """Whether a value is the least of all, or the greatest."""
    sign = 1 if isinstance(extreme, sp.Min) else -1
    slack = _ROUNDING * abs(value)
    return all(sp.N(sign * (other - value), _PLACES) >= -slack for other in others)


def _plain(expr: sp.Expr, x: sp.Symbol) -> sp.Expr:
    """The same with the nearest double for each irrational number in it, which sympy would else carry along exactly."""
    if expr.is_Rational or expr.has(sp.oo, sp.zoo, sp.nan):
        return expr
    if expr.has(x):  # inside a power it stays: an exponent of seventeen digits would be multiplied out
        return expr.func(*(_plain(part, x) for part in expr.args)) if isinstance(expr, (sp.Add, sp.Mul)) else expr
    return sp.Rational(str(sp.N(expr, 17))) if expr.is_number and expr.is_real else expr


def _smooth_preimage(expr: sp.Expr, targets: sp.Set, x: sp.Symbol) -> sp.Set:
    expr = _plain(expr, x)
    power, n = _growth(expr, x), sp.Dummy("n", real=True)
    rest = expr.xreplace({power: n}) if power is not None else expr
    if power is not None:
        if rest.has(x):  # sympy would try for hours
            raise SolveError(_NO_WAY)
        return _ungrown(power, _smooth_preimage(rest, targets, n), x)
    extreme = _extreme(expr, x) if isinstance(targets, sp.FiniteSet) else None
    if extreme is not None:
        return _unlimited(extreme, _smooth_preimage(expr.xreplace({extreme: n}), targets, n), x)
    extremes = any(isinstance(part, (sp.Min, sp.Max)) and part.has(x) for part in sp.preorder_traversal(expr))
    if extremes and expr.count_ops() > _MANY:
        raise SolveError(_NO_WAY)  # sympy would make a case of each side of each, and take minutes
    ends = [targets.inf, targets.sup] if isinstance(targets, sp.Interval) else list(targets)
    try:
        solved = [sp.solveset(sp.Eq(expr, end), x, sp.S.Reals) for end in ends]
    except NotImplementedError:  # so many powers of the unknown that sympy gives up
        raise SolveError(f"{expr} cannot be solved for the unknown") from None
    if not all(isinstance(s, (sp.FiniteSet, type(sp.S.EmptySet))) for s in solved):
        raise SolveError(_NO_WAY)
    if not isinstance(targets, sp.Interval):
        return sp.Union(*solved)
    # 8/x comes as near to 0 as one likes and never there: that end of the unknown is infinity.
    try:
        solved = [
            sp.FiniteSet(sp.oo) if s.is_empty and sp.limit(expr, x, sp.oo) == end else s
            for s, end in zip(solved, ends, strict=True)
        ]
    except NotImplementedError:  # of a maximum sympy knows no limit
        raise SolveError(_NO_WAY) from None
    if len(solved[0]) != 1 or len(solved[1]) != 1:
        raise SolveError(f"{_NO_WAY}, of which a whole interval is wanted")
    (first,), (last,) = solved
    low, high = sorted((first, last))
    if expr.subs(x, low + 1 if high is sp.oo else (low + high) / 2) not in targets:  # 8/x has two branches
        raise SolveError(f"{_NO_WAY}, of which a whole interval is wanted")
    opened = (targets.left_open, targets.right_open)
    return sp.Interval(low, high, *(opened if first <= last else reversed(opened)))


def nearly_whole(value: sp.Expr) -> sp.Integer | None:
    """The whole number that a value is but for rounding: a result that is given as a double is off by as much.

    Examples
    --------
    >>> nearly_whole(sp.Rational("25000.00000000001")), nearly_whole(sp.Rational("25000.001"))
    (25000, None)
    """
    near = sp.floor(value + sp.Rational(1, 2))
    return near if abs(value - near) <= min(_ROUNDING * abs(near), _NEAR) else None


def whole_numbers(values: sp.Set) -> sp.Set:
    """The whole numbers of a finite set, or the shortest interval that holds those of an interval."""
    if isinstance(values, sp.FiniteSet):
        return sp.FiniteSet(*(near for v in values if (near := nearly_whole(v)) is not None))
    if not isinstance(values, sp.Interval):
        return values
    low = sp.ceiling(values.start)
    low = low + 1 if low == values.start and values.left_open else low
    if values.end is sp.oo:
        return sp.Interval(low, sp.oo)
    high = sp.floor(values.end)
    high = high - 1 if high == values.end and values.right_open else high
    if low > high:
        return sp.S.EmptySet
    return sp.FiniteSet(low) if low == high else sp.Interval(low, high)
