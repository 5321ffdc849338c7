"""How Sphinx builds the book."""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.resolve()
sys.path.insert(0, str(ROOT))
# Cells run in processes of their own, which must find calc, and get MyST where other notebooks get plain Markdown.
os.environ["PYTHONPATH"] = str(ROOT)
os.environ["CALC_MARKDOWN"] = "myst"
os.environ["MATPLOTLIBRC"] = str(ROOT / "_ext" / "matplotlibrc")  # nothing of a reader's own settings

import _ext.state  # noqa: E402, F401  # first: it notes what calc is before calc is imported
from calc import __version__  # noqa: E402
from calc.book.citation_file import address, book  # noqa: E402

project = book().title
author = " and ".join(book().authors)
copyright = "2026, the Tokens to Terawatts authors. Text CC BY 4.0, code Apache-2.0"
version = release = __version__
language = "en_GB"

extensions = [
    "_ext.build.usable",  # first: what cannot be defined is said before anything needs it
    "myst_nb",
    "_ext.site.bibtex_cache",
    "sphinxcontrib.bibtex",
    "_ext.site.year_letters",
    "notfound.extension",
    "_ext.elements.math",
    "_ext.elements.rows",
    "_ext.elements.cards",
    "_ext.elements.prose",
    "_ext.elements.elsewhere",
    "_ext.elements.problems",
    "_ext.elements.symbols",
    "_ext.elements.planner",  # before the other calculators, which leave its page alone
    "_ext.elements.calculators",
    "_ext.elements.charts",
    "_ext.site.html_fixes",
    "_ext.site.metadata",
    "sphinxext.opengraph",
    "_ext.elements.cite_box",
    "_ext.site.permanent",
    "_ext.site.inventory",
    "_ext.site.records",
    "_ext.build.idle_transforms",
    "_ext.build.side_by_side",
    "_ext.build.outlines",
    "_ext.build.editions",
    "_ext.build.paper",
    "_ext.build.freshness",
    "_ext.build.execute",
    "_ext.build.status",
    "_ext.site.notebooks",
    "_ext.elements.parts",
    "_ext.elements.landing",
    "_ext.elements.reference",
    "_ext.site.page_notes",
    "_ext.site.search",
    "_ext.site.joined",
    "_ext.site.archive",
    "_ext.site.editions_beside",
]
exclude_patterns = [
    "_build",
    ".*",
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
    "docs",
    "LICENSE*",
    "NOTICE",
    "tests",
    "calc",
    "bench",
]

# Cells
book_cell_limit = 60  # seconds
nb_execution_show_tb = True  # where stock execution is chosen: names the cell; the warning with it fails the build
nb_output_stderr = "error"
nb_merge_streams = True
nb_code_prompt_show = "Show the code"
nb_code_prompt_hide = "Hide the code"
nb_render_markdown_format = "myst"
myst_enable_extensions = ["colon_fence", "dollarmath", "deflist"]
myst_dmath_double_inline = True
myst_heading_anchors = 2  # a heading is a place that the map of the articles links to

# Numbers: chapter.equation, in every format
numfig = True
numfig_secnum_depth = 1
math_numfig = True

bibtex_bibfiles = ["references.bib"]
bibtex_reference_style = "author_year"
bibtex_default_style = "plain"

html_baseurl = address()
linkcheck_ignore = [address()]

# A page for addresses that lead nowhere. A server sends it from any depth, so it names all that it needs in full.
notfound_urls_prefix = urlsplit(address()).path
notfound_context = {
    "title": "Page not found",
    "metatags": '<meta name="robots" content="noindex" />',
    "body": f"""<h1>Page not found</h1>
<p>Nothing of the book stands at this address. Search for it, or start from the
<a href="{notfound_urls_prefix}index.html">first page</a>.</p>
<form action="{notfound_urls_prefix}search.html" role="search">
<input class="form-control" type="search" name="q" aria-label="Search the book" placeholder="Search the book" />
</form>""",
}

# What a shared link shows.
ogp_site_url = address()
ogp_type = "book"
ogp_social_cards = {"enable": False}  # half a second a page; _ext/site/picture.py draws them

html_theme = "pydata_sphinx_theme"
html_title = project
html_context = {"default_mode": "auto"}  # light or dark as the reader's system has it
html_math_renderer = "mathml"
html_static_path: list[str] = []  # of _static, _ext/joined.py makes the one sheet and the few scripts that pages load
html_css_files = ["book.css"]
templates_path = ["_templates"]
html_sidebars = {"**": ["book-nav"]}
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "navbar_center": [],
    "navbar_end": ["book-colours"],
    "navbar_persistent": ["book-planner", "book-search-button"],
    "search_bar_text": "Search the book",
    "shorten_urls": False,  # a source's address in full, without a brand's sign from a font
    "primary_sidebar_end": [],
    "show_toc_level": 1,
    "navigation_with_keys": False,
    "secondary_sidebar_items": ["page-toc"],
    "article_footer_items": ["book-notebook"],
    "footer_start": ["copyright"],
    "footer_end": ["book-version"],
    "article_header_start": [],
    "navbar_align": "left",
    "show_prev_next": True,
    # Never empty, so that no page needs to write them twice to find out.
    "templates_skip_empty_check": [
        f"{name}.html"
        for name in ("navbar-logo", "book-nav", "book-planner", "book-search-button", "book-colours", "copyright")
    ],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}

latex_engine = "xelatex"
# The contents of index.md alone: its own headings would stand above the chapters and shift every number.
latex_documents = [("index", "tokens-to-terawatts.tex", project, author, "manual", True)]
latex_appendices = [
    f"chapters/{name}"
    for name in ("results", "inputs", "ledger", "notation", "glossary", "how-to-cite", "licences", "bibliography")
]
book_details_in, book_inputs_in = "chapters/results", "chapters/inputs"
# What runs, is looked up, or is about the site itself.
book_site_only = [
    f"chapters/{name}"
    for name in (
        "planner",
        "history",
        "due",
        "coverage",
        "catalogue",
        "places",
        "command-line",
        "python",
        "extend",
        "status",
    )
]
latex_elements = {
    "papersize": "a4paper",
    "pointsize": "10pt",
    "extraclassoptions": "oneside,openany",  # read on screens: no empty pages
    "geometry": r"\usepackage[a4paper,textwidth=132mm,textheight=248mm,left=36mm,top=24mm,footskip=11mm]{geometry}",
    "fontpkg": (ROOT / "_ext" / "paper_faces.tex").read_text(encoding="utf-8"),
    "preamble": (ROOT / "_ext" / "paper.tex").read_text(encoding="utf-8"),
    "maketitle": (ROOT / "_ext" / "paper_title.tex")
    .read_text("utf-8")
    .replace("AUTHOR", author)
    .replace("VERSION", version),
    "fncychap": "",
    "printindex": "",
}
latex_show_urls = "no"
latex_domain_indices = False
latex_use_xindy = False  # one program less to install, for an index that is not printed

epub_basename = "tokens-to-terawatts"
epub_title = project
epub_author = epub_publisher = author
epub_description = "What AI data centres take: a book whose every number is computed from sources."
epub_identifier, epub_scheme, epub_uid = address(), "URL", "address"
epub_show_urls = "no"
epub_use_index = False
epub_language = "en-GB"
epub_tocscope = "includehidden"
