"""``python -m calc.unit_table`` writes data/units.json anew; `make units` runs it after a change of units."""

import contextlib
import re
from pathlib import Path

from calc import all_formulas, all_quantities, scenario, scenario_names
from calc.base.errors import ChainError, UnitError
from calc.base.unit_store import store
from calc.base.units import alternatives, parse_unit, parse_with_pint, parsed_units, scaled
from calc.book.checks import all_checks
from calc.book.claims import all_claims
from calc.book.sentence_grammar import grammar
from calc.charts import all_charts
from calc.render.problem import answer_field

_ANSWER = re.compile(r"^:answer: (.+)$", re.MULTILINE)  # of a problem
_ASKED = re.compile(r";\s*in\s+([^;`)\n]+)")  # as `calc.book.lookup.refer` reads it, and prose now and again has it


def main() -> None:
    """Parse every unit that quantities, claims, sentences, checks, charts and chapters state or show; store them."""
    all_claims()
    all_checks()
    for quantity in all_quantities():
        for text in (*scaled(quantity.unit), *alternatives(quantity.unit, quantity.domain)):
            parse_unit(text)
    for name in scenario_names():
        for formula in all_formulas():
            try:
                str(formula.derive(scenario(name)))
            except ChainError:
                continue
    for chart in all_charts():
        chart.on_page()
    grammar()
    for chapter in sorted((Path(__file__).parents[1] / "chapters").glob("*.md")):
        said = chapter.read_text(encoding="utf-8")
        for text in _ANSWER.findall(said):
            answer_field(text)
        for text in _ASKED.findall(said):
            with contextlib.suppress(UnitError):
                parse_unit(text.strip())
    parsed = {text: parse_with_pint(text) for text in parsed_units()}
    store(Path(__file__).parent / "data" / "units.json", parsed)


if __name__ == "__main__":
    main()
