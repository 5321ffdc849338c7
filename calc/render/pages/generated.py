"""What ``{generated} NAME`` puts on a page, by name."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping

from calc.book.coverage import articles
from calc.book.estimate_gaps import FILES
from calc.render import report
from calc.render.pages import (
    catalogue,
    court,
    dated,
    gaps,
    infrastructure,
    ledger,
    levers,
    places,
    runs,
    validation,
    worked,
)
from calc.render.pages.glossary import glossary
from calc.render.pages.history import history
from calc.render.pages.notation import notation
from calc.render.pages.results import results

__all__ = ["generated"]


_METHODS = {"figures": gaps.estimates, "gaps": gaps.factors, "matrix": gaps.matrix}


@functools.cache
def generated() -> Mapping[str, Callable[[], str]]:
    """What makes each of them.

    Examples
    --------
    >>> generated()["notation"]().splitlines()[0]
    '```{list-table}'
    """
    return {
        "catalogue": catalogue.page,
        "places": places.page,
        "place-mixes": places.mix_table,
        "glossary": glossary,
        "licences": catalogue.licences,
        "history": history,
        "notation": notation,
        "results": results,
        "report": report.how,
        "ledger-summary": ledger.summary,
        **{f"ledger-{article}": functools.partial(ledger.ledger, article) for article in articles()},
        **{f"coverage-{article}": functools.partial(ledger.coverage, article) for article in articles()},
        "estimates": gaps.estimates,
        "gaps": gaps.factors,
        "gap-matrix": gaps.matrix,
        "fall": gaps.fall,
        "forecasts": infrastructure.forecasts,
        "generations": infrastructure.generations,
        "sites": infrastructure.sites,
        "peers": runs.peers,
        "foretold-runs": runs.foretold_runs,
        "run-errors": runs.run_errors,
        "failed-runs": runs.failed,
        "run-energies": runs.run_energies,
        "run-trials": runs.run_trials,
        "run-utilisations": runs.run_utilisations,
        "worked-examples": worked.worked,
        "worked-left-out": worked.not_computed,
        "published-errors": worked.errors,
        **{name.replace("_", "-"): getattr(dated, name) for name in dated.__all__},
        **{name.replace("_", "-"): getattr(court, name) for name in court.__all__},
        "serving-errors": validation.error_table,
        "serving-failing": validation.failing,
        "serving-interval": validation.interval_table,
        "serving-levers": levers.levers,
        "serving-methods": validation.methods,
        **{f"method-{name}": functools.partial(page, FILES[1]) for name, page in _METHODS.items()},
    }
