"""``claim``: a sentence that somebody says, held against the book."""

from __future__ import annotations

import click

from calc.base.errors import CalcError
from calc.cli.options import form
from calc.cli.output import as_json, paint, write

__all__ = ["claim_command"]


@click.command(
    "claim",
    epilog="""\b
examples:
  t2t claim "100,000 H100 draw 150 MW at the site"
  t2t claim "a prompt uses 0.34 Wh" --as site-energy-per-prompt
  t2t claim "ChatGPT uses 500 MWh a day" --format json

\b
exit code 1: the claim does not hold, or the book has nothing on it. 2: it is not read, or may mean several things,
which are shown: say which in the sentence, or choose with --as.
""",
)
@click.argument("words", metavar="SENTENCE", nargs=-1)
@click.option("--as", "chosen", metavar="ID", default="", help="What it is a claim of, where several things fit.")
@form("text", "markdown", "json")
def claim_command(words: tuple[str, ...], chosen: str, form: str) -> int:
    """What somebody says, held against the book: figure, band, verdict, and what would have to be true.

    SENTENCE has a number with its unit, and says of what: a prompt, a run, a GPU, a server, a site, a country.
    """
    from calc.book.sentence_verdict import AGREE, judge, overall
    from calc.book.sentences import read_sentence
    from calc.render import claim

    if not "".join(words).strip():
        raise CalcError("claim takes a SENTENCE, such as 'a prompt uses 2.9 Wh at the site'")
    sentence = read_sentence(" ".join(words), chosen)
    judged = tuple(judge(one) for one in sentence.claims)
    if form == "json":
        write(as_json(claim.data(sentence, judged)))
    else:
        said = (claim.text if form == "text" else claim.markdown)(sentence, judged)
        write(paint(said) if form == "text" else said)
    if len({one.verdict for one in judged}) > 1:
        raise CalcError(claim.question(sentence))
    return 0 if overall(judged) in AGREE else 1
