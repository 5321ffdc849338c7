// What a card of serving shows once a reader has changed it: how far it lies from what was measured, in a line and where the
// assumptions stand, and beyond it a bound in place of the value. Loaded with coverage.js.
(function () {
  "use strict";
  const { book } = window;
  const { coverage: its, filled, element } = book, [inside] = its.levels;

  book.cover = (card, draw) => {
    const aside = [...card.article.querySelectorAll(".fold-assumptions p")].find((one) => one.textContent.startsWith(start));
    if (aside) aside.book ??= aside.textContent;
    if (!card.changed) return aside && (aside.textContent = aside.book);
    let found = null;
    book.trying(() => (found = book.coverageOf(card)), () => {});
    if (!found || card.lines.querySelector(".calc-coverage")) return;
    if (aside) aside.textContent = filled(its.words.here, { covered: found.text[0].toLowerCase() + found.text.slice(1) });
    if (found.limit && card.unknown === null) bounded(card, found, draw);
    if (found.level !== inside) card.warnings.push(found.text);
    card.lines.prepend(element("li", { class: `calc-coverage${found.level === inside ? "" : " calc-warning"}` }, found.text));
    book.cite?.(card);
  };

  function bounded(card, found, draw) {
    card.far = found;
    draw(card);
    card.sign = its.signs[found.side];
    const { article, result } = card, line = article.querySelector(":scope > .result-range");
    const sign = [...article.querySelectorAll(":scope > .math-block mtr")].at(-1)?.querySelector("mo");
    if (sign) sign.textContent = card.sign;
    if (line) line.hidden = true;
    card.band = card.percentiles = null;
    book.budgetTable?.(card);
    card.rows[result].input.value = `${card.sign} ${found.limit.number}`;
    const node = article.querySelector(`svg.chain .node[data-name="${result}"]:not(.given) .value`);
    if (node) node.textContent = `${card.sign} ${found.limit.text}`;
  }

  const start = its.words.here.split("{")[0], { shown } = book.Step.prototype, { bound, announce } = book;
  Object.assign(book.style.signs, its.tex);
  book.Step.prototype.shown = function (name, digits) {
    return this.far && name === this.result ? this.far.limit : shown.call(this, name, digits);
  };
  book.bound = (card) => (card.far ? its.words[`${card.far.side} word`] : bound(card));
  book.announce = (card) => (card.far ? card.say(card.far.text, 500) : announce(card));
})();
