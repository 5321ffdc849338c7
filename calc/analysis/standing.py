"""What a value is, and how that is said: the book's estimate, a statement, or the most or least that it can be."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from calc.analysis.bands import ends, in_band
from calc.analysis.results import asked_unit, band_text, show_result
from calc.analysis.serving_coverage import is_beyond, limit_side, shown_limit
from calc.base.errors import CalcError
from calc.base.memo import kept
from calc.model.another_run import lacking
from calc.model.chain import derive
from calc.model.input import Input
from calc.model.scenario import DEFAULT
from calc.model.scenario_file import scenario
from calc.model.step import Step
from calc.symbolic.bounds import direction

__all__ = [
    "BAND", "BOUND", "ESTIMATE", "OUTSIDE", "RESTS", "SPREAD", "STATED", "Standing", "bare_words", "beside_words",
    "figure_words", "models_words", "short_words", "standing", "sure_words", "theirs_words",
    "value_words",
]  # fmt: skip

# The words, here and in the pages' scripts. They stand in one place so that a figure reads alike wherever it is shown.
BOUND = {"upper": "at most", "lower": "at least"}
STATED = "from what {who} states"
BAND = "{range} in nine draws of ten"
SPREAD = f"{BAND}, half of them below {{median}}"
RESTS = "resting on own ranges of {names}"  # of a band, with names of quantities
OUTSIDE = "the value itself lies outside this band"  # as where an input stands at an end of its range
ESTIMATE = "the book\N{RIGHT SINGLE QUOTATION MARK}s estimate: {figure}"
MODELS = "of two models: {models}"
_SAME = Fraction(1, 200)  # what is nearer than this reads the same


@dataclass(frozen=True)
class Standing:
    """What is to be said of a value beside it.

    Attributes
    ----------
    step : the result whose value it is.
    bound : ``upper`` or ``lower`` where the value is the most or the least it can be; else empty.
    stated : who states it, where it follows from somebody's statements; else empty.
    estimate : the same result by the book's own estimates, where it has them and this is not one.
    theirs : the same result by the statements beside which this is the book's estimate, where that differs.
    models : whose inputs it mixes, where it is more than one model's.
    """

    step: Step
    bound: str
    stated: str
    estimate: Step | None
    theirs: Step | None
    models: tuple[str, ...]

    @property
    def inside(self) -> bool:
        """Whether the value lies inside its own nine-in-ten band; True where it has none."""
        return in_band(self.step)

    @property
    def outside(self) -> str:
        """That a value of somebody's own lies outside its own band, or nothing."""
        return OUTSIDE if self.step.is_own and self.is_plain and not self.inside and sure_words(self.step) else ""

    @property
    def is_plain(self) -> bool:
        """Whether the value may stand by itself, without a word on what it is."""
        return not self.bound and not self.stated and not is_beyond(self.step)


def standing(step: Step) -> Standing:
    """What a step's value is.

    Examples
    --------
    >>> from calc import training_energy
    >>> found = standing(training_energy.derive("gpt-4"))
    >>> found.bound, found.stated
    ('upper', 'the article')
    >>> found.estimate
    <derivation training-energy in gpt-4-estimate: 30.4 GWh>
    >>> standing(found.estimate).theirs
    <derivation training-energy in gpt-4: 43.9 GWh>
    """
    return kept(
        step,
        Standing,
        lambda: Standing(step, _bound(step), _stated(step), _estimate(step), _theirs(step), _models(step)),
    )


def _bound(step: Step) -> str:
    """Which bound the result is: every input that is one pushes it the same way, and no other takes it further."""
    bounded = [leaf for leaf in step.leaves if isinstance(leaf, Input) and leaf.bound]
    if not bounded:
        return ""
    box = {leaf.quantity.symbol: (leaf.low, leaf.high) for leaf in step.leaves}
    found = set()
    for leaf in bounded:
        way = direction(step.expression, leaf.quantity.symbol, box)
        if not way:
            return ""
        found.add(leaf.bound if way > 0 else {"upper": "lower", "lower": "upper"}[leaf.bound])
    bound = found.pop() if len(found) == 1 else ""
    least_and_greatest = ends(step)  # no other input may take it beyond
    if not bound or least_and_greatest is None:
        return ""
    return bound if step.exact == least_and_greatest[bound == "upper"] else ""


def _stated(step: Step) -> str:
    """Who states it: at least one of its inputs is theirs."""
    if step.is_own:
        return ""
    found = step.scenario
    if found.stated:
        theirs = not found.stated_in or any(getattr(leaf, "source", "") == found.stated_in for leaf in step.leaves)
        return found.stated if theirs else ""
    same = _same(step)
    return standing(same).stated if same else ""


def _same(step: Step) -> Step | None:
    """The result that a scenario takes over from the one that it extends, with every input; None where one differs."""
    if len(step.scenario.bases) != 1:
        return None
    try:
        found = scenario(step.scenario.bases[0])
        # Asked for first: derive's error would look through the whole catalogue for what to name.
        base = None if lacking(step.formula, found, ()) else derive(step.formula, found, {})
    except CalcError:
        return None
    return base if base and base.leaves == step.leaves else None


def _estimate(step: Step) -> Step | None:
    """The same formula in that scenario of estimates that has the most inputs of its own for it; none for a what-if."""
    if step.is_own:
        return None
    base = step if step.scenario.estimates else _same(step)
    best, most = None, 0
    for name in base.scenario.estimates if base else ():
        try:
            found = derive(step.formula, scenario(name), {})
            found.exact  # noqa: B018  # it may lie outside its domain
        except CalcError:
            continue
        own = sum(leaf not in step.leaves for leaf in found.leaves)
        if own > most:
            best, most = found, own
    return best


def _theirs(step: Step) -> Step | None:
    """The statements beside which a scenario's value is the book's estimate, where they make another value."""
    if step.is_own:
        return None
    for name in dict.fromkeys((DEFAULT, *step.scenario.bases)):
        try:
            if step.scenario.name not in scenario(name).estimates:
                continue
            found = derive(step.formula, scenario(name), {})
        except CalcError:  # a broken file is told of where it is needed
            continue
        best = _estimate(found)
        mine = best is not None and best.scenario.name == step.scenario.name
        if mine and _stated(found) and abs(found.exact - step.exact) > _SAME * abs(step.exact):
            return found
    return None


def _models(step: Step) -> tuple[str, ...]:
    found = dict.fromkeys(leaf.of for leaf in step.leaves if isinstance(leaf, Input) and leaf.of)
    return tuple(found) if len(found) > 1 else ()


def figure_words(step: Step, unit: str | None = None) -> str:
    r"""A value with its bound: ``at most 43.9 GWh``.

    Examples
    --------
    >>> from calc import training_energy
    >>> figure_words(training_energy.derive("gpt-4")), figure_words(training_energy.derive("gpt-4-estimate"))
    ('at most 43.9\xa0GWh', '30.4\xa0GWh')
    """
    text = bare_words(step, unit)
    bound = standing(step).bound
    if is_beyond(step):
        return text
    return f"{BOUND[bound]} {text}" if bound else text


def bare_words(step: Step, unit: str | None = None) -> str:
    r"""A value alone; where it has none, as it lies beyond what was measured, its bound.

    Examples
    --------
    >>> from calc import gpu_token_energy
    >>> bare_words(gpu_token_energy.derive("served-70b", batch=20_000)).partition("\N{NO-BREAK SPACE}")[0]
    'at least'
    """
    limit = shown_limit(step, asked_unit(step, unit))
    if limit is None:
        return show_result(step, unit).text
    return f"{BOUND[limit_side(step)]}\N{NO-BREAK SPACE}{limit.text}"


def value_words(step: Step, unit: str | None = None) -> str:
    r"""A value with what it is: ``at most 43.9 GWh, from what the article states``.

    Examples
    --------
    >>> from calc import training_flop
    >>> value_words(training_flop.derive("gpt-4"))
    '2.18×10²⁵\xa0FLOP, from what the article states'
    """
    who = standing(step).stated
    return figure_words(step, unit) + (f", {STATED.format(who=who)}" if who else "")


def sure_words(step: Step, unit: str | None = None) -> str:
    r"""How sure a value is, or nothing: ``27 to 34 GWh in nine draws of ten``.

    Examples
    --------
    >>> from calc import training_energy
    >>> sure_words(training_energy.derive("gpt-4-estimate"))
    '27 to 34\xa0GWh in nine draws of ten'
    """
    found = "" if is_beyond(step) else band_text(step, unit)
    return BAND.format(range=found) if found else ""


def theirs_words(step: Step, unit: str | None = None) -> str:
    r"""What is stated by others of what the book estimates, or nothing.

    Examples
    --------
    >>> from calc import training_energy
    >>> theirs_words(training_energy.derive("gpt-4-estimate"))
    'the article: 43.9\xa0GWh, at most'
    """
    theirs = standing(step).theirs
    if theirs is None:
        return ""
    found = standing(theirs)
    return f"{found.stated}: {show_result(theirs, unit).text}" + (f", {BOUND[found.bound]}" if found.bound else "")


def models_words(step: Step) -> str:
    """That a result mixes two models, or nothing.

    Examples
    --------
    >>> from calc import breakeven_time
    >>> models_words(breakeven_time.derive("gpt-4"))
    "of two models: GPT-4's run, ChatGPT's day of July 2025"
    """
    return MODELS.format(models=", ".join(standing(step).models)) if standing(step).models else ""


def beside_words(step: Step, unit: str | None = None) -> tuple[str, ...]:
    r"""All that is said after a value's own words, one clause each.

    Of what is stated, that is the book's estimate and its band where there is one, and else its own band.

    Examples
    --------
    >>> from calc import training_energy
    >>> beside_words(training_energy.derive("gpt-4"))
    ('the book’s estimate: 30.4\xa0GWh, 27 to 34\xa0GWh in nine draws of ten (gpt-4-estimate)',)
    >>> beside_words(training_energy.derive("gpt-4-estimate"))
    ('27 to 34\xa0GWh in nine draws of ten', 'the article: 43.9\xa0GWh, at most')
    """
    other, unit = standing(step).estimate, unit or asked_unit(step)
    if other:
        figure = ", ".join(part for part in (figure_words(other, unit), sure_words(other, unit)) if part)
        sure = f"{ESTIMATE.format(figure=figure)} ({other.scenario.name})"
    else:
        sure = sure_words(step, unit)
    return tuple(part for part in (sure, standing(step).outside, theirs_words(step, unit), models_words(step)) if part)


def short_words(step: Step) -> tuple[str, ...]:
    r"""The same for a list: the book's estimate without its band, and nothing where it has none.

    Examples
    --------
    >>> from calc import training_energy
    >>> short_words(training_energy.derive("gpt-4"))
    ('the book’s estimate: 30.4\xa0GWh',)
    """
    other = standing(step).estimate
    said = ESTIMATE.format(figure=figure_words(other)) if other else ""
    return tuple(part for part in (said, models_words(step)) if part)
