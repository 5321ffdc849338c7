"""One line each for what a reader gave and may not have meant: it is taken, and said.

What is a known mistake, and how far all sources reach, stands in ``data/traps.toml``; what does not fit together, here.
The words stand here for the pages too, which say them of what is typed there (``_static/warnings.js``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from calc.analysis.traps import dense_peaks, known, span_of
from calc.base.errors import DomainError
from calc.base.memo import kept
from calc.base.numbers import show_given
from calc.base.quantities import quantity
from calc.model.another_run import NAMES_A_RUN, OF_A_RUN, ONE_RUN
from calc.model.input import Input
from calc.model.step import Given, Step

__all__ = ["FAR", "NEAR", "READ", "THEIRS", "WHOSE", "WORDS", "warnings"]

FAR = 3  # times beyond all sources
NEAR = Fraction(1, 100)  # a peak this near to twice another is its sparse one
READ = ("measured", "estimate")  # kinds of a server's power that no load is taken off
WORDS = {
    "said": "{name} = {value} {line}",
    "below": "is far below all sources, whose lowest is {end} ({of})",
    "above": "is far above all sources, whose highest is {end} ({of})",
    "sparse": "is the sparse peak of chips such as {chip}, which no dense model reaches: the dense peak is {dense}",
    "servers": "servers and gpus do not fit: {servers} servers hold {held} GPUs, not {gpus}",
    "days": "; training_time is still that of {gpus} GPUs: give gpus too",
    "derated": "server_load is taken off a server_power that is {kind} already, and no rating",
}
WHOSE = "scenario {scenario}"
THEIRS = "you describe another run: {inputs} here are still those of {whose}, until you give your own"
_OFF = "is not the median of its draws, which is {median}: results at the value lie off the middle of their band"


def warnings(step: Step) -> tuple[str, ...]:
    """What is to be said of the values that somebody gave a step; nothing where all of them are as one would expect.

    Examples
    --------
    >>> from calc import training_energy
    >>> for line in warnings(training_energy.derive("gpt-4", training_time=2160)):
    ...     print(line)
    training_time = 2,160 days is longer than any run: did you mean hours, 90 days?
    >>> warnings(training_energy.derive("gpt-4"))
    ()
    """
    return kept(step, "warnings", lambda: tuple(dict.fromkeys(_warnings(step))))


def _warnings(step: Step) -> Iterator[str]:
    yours = step.yours
    yield from _another(step)
    if not yours:
        return
    parts = frozenset(leaf.quantity.name for leaf in step.leaves)
    for leaf in yours:
        if line := _trap(leaf, parts) or _sparse(leaf) or _far(leaf) or _off_median(leaf):
            yield WORDS["said"].format(name=leaf.quantity.name, value=_shown(leaf.value, leaf), line=line)
    yield from _together(step)
    yield from _impossible(step)


def _another(step: Step) -> Iterator[str]:
    """That a run is described which is not the scenario's, of which something is the scenario's still."""
    mine = {name for choice in step.chosen for name in choice.ids}
    given = {leaf.quantity.name for leaf in step.yours}
    if not given & set(NAMES_A_RUN) and not any(choice.kind == "model" for choice in step.chosen):
        return
    theirs = [one for one in step.leaves if isinstance(one, Input) and one.entry not in mine]
    names = [one.quantity.name for one in theirs if one.quantity.name not in given and one.quantity.name in OF_A_RUN]
    if set(names) & set(ONE_RUN):
        whose = WHOSE.format(scenario=step.scenario.name.partition(" + ")[0])
        yield THEIRS.format(inputs=", ".join(names), whose=whose)


def _impossible(step: Step) -> Iterator[str]:
    """Why no range is shown of a value that has one."""
    try:
        _ = step.exact and step.range
    except DomainError as error:
        yield f"no range is shown: {error}"


def _shown(value: Fraction, leaf: Input | Given) -> str:
    return show_given(value, leaf.quantity, leaf.unit.text).text.replace("\N{NO-BREAK SPACE}", " ")


def _trap(leaf: Input | Given, parts: frozenset[str]) -> str:
    for trap in known().traps.get(leaf.quantity.name, ()):
        if trap.met(leaf.value, parts):
            meant = _shown(leaf.value * trap.meant, leaf) if trap.meant else ""
            return trap.words.replace("{meant}", meant)
    return ""


def _sparse(leaf: Input | Given) -> str:
    """Whether a dense peak is some chip's sparse one: twice its dense peak, and no other's dense one."""
    if leaf.quantity.name != "peak_flops" or any(_near(leaf.value, peak) for peak in dense_peaks().values()):
        return ""
    met = {title: peak for title, peak in dense_peaks().items() if _near(leaf.value, 2 * peak)}
    if not met:
        return ""
    title, peak = next(iter(met.items()))
    return WORDS["sparse"].format(chip=title, dense=_shown(peak, leaf))


def _near(value: Fraction, other: Fraction) -> bool:
    return abs(value / other - 1) <= NEAR


def _far(leaf: Input | Given) -> str:
    span = span_of(leaf.quantity)
    if span is None:
        return ""
    if leaf.value * FAR < span.low:
        return WORDS["below"].format(end=_shown(span.low, leaf), of=span.low_of)
    if leaf.value > FAR * span.high:
        return WORDS["above"].format(end=_shown(span.high, leaf), of=span.high_of)
    return ""


def _off_median(leaf: Input | Given) -> str:
    """A lognormal whose value is not where half of its draws lie below."""
    if leaf.distribution.kind != "lognormal":
        return ""
    median = (float(leaf.low) * float(leaf.high)) ** 0.5
    if abs(float(leaf.value) / median - 1) <= 0.05:
        return ""
    return _OFF.format(median=_shown(Fraction(f"{median:.3g}"), leaf))


def _together(step: Step) -> Iterator[str]:
    """What does not fit together."""
    value = {leaf.quantity.name: leaf.value for leaf in step.leaves}
    yours = {leaf.quantity.name for leaf in step.yours}
    yield from _misfit(step, value, yours)
    power = next((leaf for leaf in step.leaves if leaf.quantity.name == "server_power"), None)
    if isinstance(power, Input) and power.kind in READ and "server_load" in yours and value["server_load"] < 1:
        yield WORDS["derated"].format(kind=power.kind)


def _misfit(step: Step, value: Mapping[str, Fraction], yours: set[str]) -> Iterator[str]:
    """Servers that hold other GPUs than the run has, from which its days may follow: the two are tied by hand only."""
    each = value.get("gpus_per_server")
    if each is None and (known_each := step.scenario.get(quantity("gpus_per_server"))):
        each = known_each.value
    if not each or not {"servers", "gpus"} <= set(value) or not yours & {"servers", "gpus"}:
        return
    held = value["servers"] * each
    if not 0 <= held - value["gpus"] < each:
        servers, said, gpus = (f"{float(one):,g}" for one in (value["servers"], held, value["gpus"]))
        days = WORDS["days"] if "gpus" not in yours and "training_time" not in value else ""
        yield (WORDS["servers"] + days).format(servers=servers, held=said, gpus=gpus)
