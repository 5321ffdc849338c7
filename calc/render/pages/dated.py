"""Tables of what has a date: sites, owners, forecasts, answers, and what is due for another look."""

from __future__ import annotations

from fractions import Fraction

from calc.analysis.results import band_text, show_input, show_result
from calc.base.dates import spoken_period
from calc.base.decimals import percent, percentage, whole
from calc.base.numbers import show
from calc.base.quantities import quantity
from calc.book.dated_sites import DatedSite, all_sites
from calc.book.due import Due, due, old_series
from calc.book.gpu_reports import Report, reports
from calc.book.owners import growth, owned
from calc.book.top_down import TopDown
from calc.book.top_down import top_down as days
from calc.model.series import RECALLED, Series, Value, all_series
from calc.render.aged import aged_words
from calc.render.myst_markup import breaking, cited, plain, table

__all__ = [
    "answers",
    "due_series",
    "due_values",
    "gpu_reports",
    "looked_at",
    "moves",
    "owners",
    "sites_by_date",
    "top_down",
]

_DUE = 40
_MOVES = 30
_MARK = {True: "", False: " ᵇ"}


def sites_by_date() -> str:
    """Every site: what was announced, permitted and seen, with the dates, and the share of it that stands."""
    head = ["site", "announced", "permitted", "seen, at the site", "seen, IT equipment", "seen of announced"]
    rows = [_site(one) for one in all_sites() if not one.metered]
    return table(head, rows, "sites-by-date", [22, 17, 15, 17, 15, 14])


def _site(one: DatedSite) -> list[str]:
    share = one.built_share()
    return [
        f"{plain(one.title)}\n\n{plain(one.owner)}" if one.owner not in one.title else plain(one.title),
        _newest(one.announced),
        _newest(one.permitted) + (f"\n\nits own generators: {_newest(one.own)}" if one.own else ""),
        *(_newest(part) for part in (one.seen, one.seen_it)),
        percentage(float(share.exact)) if share is not None else "–",
    ]


def _newest(one: Series | None) -> str:
    if one is None:
        return "–"
    last = one.values[-1]
    counted = one.about.get("counted", "")
    said = f", counts {counted}" if counted not in ("site", "IT") else ""
    return breaking(f"{_value(last)}{_MARK[last.seen]}{said}\n\n{_of(last)}")


def _value(one: Value) -> str:
    return show_input(one.input).text if one.input.value else "nothing yet"


def _of(one: Value) -> str:
    return aged_words(one.input).removeprefix("of ")


def gpu_reports() -> str:
    """GPUs that a site's power feeds, by the formulas of a campus, beside those that are reported."""
    head = ["site", "power", "GPUs reported", "GPUs that it feeds", "difference", "source"]
    return table(head, [_report(one) for one in reports()], "gpu-reports", [20, 15, 14, 14, 11, 26])


def _report(one: Report) -> list[str]:
    counted = "the site" if one.counted == "site" else "the IT equipment"
    return [
        f"{plain(one.title)}, {spoken_period(one.date)}",
        breaking(f"{show(one.power / 1000, quantity('campus_power'), 'MW').text}\n\n{counted}"),
        whole(one.gpus),
        whole(float(f"{float(one.fed.exact):.2g}")),
        percent(Fraction(one.difference)),
        f"{cited(one.source, one.locator)}\n\n{plain(one.note)}".rstrip(),
    ]


def owners() -> str:
    """Owners by date: power, electricity, PUE, water, chips, users, prompts, tokens and revenue, first and last."""
    head = ["what", "first", "newest", "growth a year", "source of the newest"]
    return table(head, [_owner(one) for one in owned()], "owners", [28, 16, 18, 13, 25])


def _owner(one: Series) -> list[str]:
    last = one.values[-1]
    counted = f"\n\n{plain(one.about['counted'])}" if "counted" in one.about else ""
    yearly = growth(one)
    rate = "–" if yearly is None else show_result(yearly, "%").text
    first = "–" if len(one.values) == 1 else breaking(f"{_short(one.values[0])}\n\n{_of(one.values[0])}")
    newest = breaking(f"{_short(last)}{_MARK[last.seen]}\n\n{_of(last)}")
    return [plain(one.title) + counted, first, newest, rate, cited(last.input.source or "", last.input.locator or "")]


def _short(one: Value) -> str:
    given = one.input
    return show(given.value, given.quantity, given.unit.text if given.unit.text != "1" else None, 4).text


def top_down() -> str:
    """What OpenAI says that it uses, what ChatGPT's counted prompts take, and the factor that is left, by date."""
    head = ["as of", "power of the company", "prompts a day", "their power, at the site", "left unexplained"]
    return table(head, [_top_down(one) for one in days()], "top-down", [14, 24, 24, 19, 19])


def _top_down(one: TopDown) -> list[str]:
    base = one.scenario
    dated = [f"{show_input(base[name]).text}, {aged_words(base[name])}" for name in ("owner_power", "prompts_per_day")]
    left = f"{show_result(one.factor).text} times\n\n{band_text(one.factor)}"
    return [spoken_period(one.day), *dated, show_result(one.power).text, left]


def answers() -> str:
    """Every published energy of an answer since 2020, the oldest first: what was counted, how, and in what answer."""
    head = ["said", "answer of", "Wh", "what was counted", "how", "source"]
    found = [(one, value) for one in _answers() for value in one.values]
    rows = [_answer(one, value) for one, value in sorted(found, key=lambda pair: pair[1].day)]
    return table(head, rows, "answers", [12, 24, 12, 14, 14, 24])


def _answers() -> list[Series]:
    return [one for one in all_series().values() if one.quantity.name == "stated_answer_energy"]


def _answer(one: Series, value: Value) -> list[str]:
    given = value.input
    ends = (given.low, given.high) if given.low != given.high else ()
    span = "\n\n" + " to ".join(show(end, given.quantity, None, 3).number for end in ends) if ends else ""
    return [
        spoken_period(value.date) + _MARK[value.seen],
        f"{plain(one.title)}\n\n{one.about['answer']}",
        show(given.value, given.quantity, "Wh/prompt", 3).number + span,
        one.about["counted"],
        one.about["method"],
        cited(given.source or "", given.locator or ""),
    ]


def due_values() -> str:
    """The values that are due for another look, the weightiest and oldest first."""
    head = ["value", "of", "weight", "results", "source"]
    return table(head, [_due(one) for one in due()[:_DUE]], "due", [36, 14, 10, 10, 30])


def _due(one: Due) -> list[str]:
    given = one.input
    return [
        f"{_linked(one)}, {show_input(given).text}, in `{one.scenario}`",
        spoken_period(one.said),
        f"{one.weight:.1f}",
        str(one.results),
        cited(given.source or "", given.locator or ""),
    ]


def _linked(one: Due) -> str:
    return f"{{ref}}`{plain(one.input.quantity.meaning)} <input-{one.scenario}-{one.input.quantity.name}>`"


def due_series() -> str:
    """The series whose newest value is older than a year."""
    rows = [[plain(one.title), _marked(one.values[-1]), spoken_period(one.values[-1].date)] for one in old_series()]
    return table(["series", "newest value", "of"], rows, "due-series", [56, 22, 22])


def looked_at() -> str:
    """How many series' newest values were looked at in their sources, and when last; and each that was not."""
    last = [one.values[-1] for one in all_series().values()]
    days = [one.input.checked for one in last if one.seen and one.input.checked]
    said = f"The newest values of {len(days)} of the {len(last)} series were looked at in their sources, "
    said += f"the last on {spoken_period(max(days).isoformat())}. These were not:\n\n"
    rows = [_unseen(one, one.values[-1]) for one in all_series().values() if not one.values[-1].seen]
    return said + table(["series", "newest value", "of", "how it is known"], rows, "looked-at", [38, 20, 16, 26])


def _unseen(one: Series, last: Value) -> list[str]:
    how = "recalled" if RECALLED in last.input.note else "as others quote it"
    source = cited(last.input.source or "", last.input.locator or "")
    return [plain(one.title), _short(last), spoken_period(last.date), f"{how}: {source}"]


def _marked(one: Value) -> str:
    return _short(one) + _MARK[one.seen]


def moves() -> str:
    """The newest values of all series with what stood there before: what moved, the latest first."""
    found = [one for one in all_series().values() if len(one.values) > 1]
    found.sort(key=lambda one: (one.values[-1].day, one.id), reverse=True)
    rows = [[plain(one.title), *_moved(one.values[-2], one.values[-1])] for one in found[:_MOVES]]
    return table(["what", "before", "newest", "times"], rows, "moves", [40, 23, 23, 14])


def _moved(before: Value, last: Value) -> list[str]:
    factor = f"{float(last.input.value / before.input.value):.2f}" if before.input.value else "–"
    return [*(f"{_marked(one)}, {spoken_period(one.date)}" for one in (before, last)), factor]
