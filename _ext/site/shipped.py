"""What a page loads, by its kind: names of sheets and scripts, and of what these are joined from."""

from __future__ import annotations

SHEET = "book.css"
# A later rule wins over an earlier one that names as much: print comes after what it takes back.
SHEETS = (
    "math.css", "faces.css", "page.css", "ways.css", "boxes.css", "card.css", "quiet.css", "tabs.css", "tables.css",
    "calculator.css", "case.css", "planner.css", "planner_found.css", "symbols.css", "landing.css", "print.css",
    "charts.css", "ledger.css",
)  # fmt: skip
# What one kind of page alone has a use for stands in a sheet of its own, which is all that such a page loads.
ALONE = {"planner": ("planner.css", "planner_found.css")}
# On the buttons of the theme, which e-books do not have.
BUTTONS = "icons.css"
# In the order in which pages would load them; the rest of _static that the theme brings has no use in the book.
THEIR_SHEETS = (
    "basic.css", "styles/pydata-sphinx-theme.css", "pygments.css", "mystnb.css",
)  # fmt: skip
EXTENSIONS = ("documentation_options.js", "doctools.js", "sphinx_highlight.js")
THEIR_SCRIPTS = (*EXTENSIONS, "scripts/pydata-sphinx-theme.js")
# What the theme's script marks: where the reader is, and a search without words. The rest of it the book has not.
THEME_STATES = ("active", "empty")
# Half comments; the other comes without.
WORDY = ("doctools.js", "sphinx_highlight.js")
# From English into English, with the counts of search results left empty; and tabs that follow each other.
NEVER = ("translations.js", "searchtools.js", "language_data.js")
FOLDERS = ("styles", "scripts", "vendor")
_CALCULATORS = ("numbers.js", "domains.js", "engine.js", "draws.js", "fields.js", "address.js")
# What cards have beyond that.
_CARDS = (
    "percentiles.js", "budget.js", "inverses.js", "tools.js", "warnings.js", "step.js", "redraw.js",
    "case.js", "card.js",
)  # fmt: skip
# What reads a sentence, with its grammar, comes to the planner once somebody asks for it, and to no page before.
CLAIMS = "claims"
# By kind of page. Each source finds in window.book what those before it put there.
SCRIPTS = {
    "page": ("page.js", "copy.js"),
    "cards": ("page.js", *_CALCULATORS, *_CARDS),
    "planner": (
        "page.js",
        "copy.js",
        *_CALCULATORS,
        "planner_chain.js",
        "planner_parts.js",
        "planner_solve.js",
        "planner_take.js",
        "planner_start.js",
        "planner.js",
    ),
    "search": ("page.js", "search.js"),
    CLAIMS: ("claim_words.js", "claim.js"),
}
# What says how far a serving lies from those that were measured, with the errors of these.
COVERAGE = "coverage"
# What a page with cards loads when a reader asks for it; the names under which its script finds them.
LATER = {
    "cite": ("cite.js",),
    "budget": ("budget_table.js",),
    "chart": ("chart_values.js", "chart.js"),
    "take": ("take.js",),
    "share": ("share.js",),
    "problem": ("problem.js",),
    "copy": ("copy.js",),
    COVERAGE: ("coverage.js", "covered.js"),
}


def script_name(kind: str) -> str:
    """The one script of a kind of page.

    Examples
    --------
    >>> script_name("cards")
    'book-cards.js'
    """
    return f"book-{kind}.js"


def sheet_name(kind: str) -> str:
    """The one sheet of a kind of page.

    Examples
    --------
    >>> sheet_name("cards"), sheet_name("planner")
    ('book.css', 'book-planner.css')
    """
    return f"book-{kind}.css" if kind in ALONE else SHEET
