// What a result hangs on, with a reader's inputs: the table of "How sure", worked out again. Loaded when a card changes.
(function () {
  "use strict";
  const { book } = window;
  const { element, has, style, quantities, filled } = book;
  const say = style.budget;

  // A fold for a result that has no range in the book.
  function made(card) {
    const fold = element("details", { class: "fold fold-budget calc-added" }, element("summary", {}, say.title));
    card.article.querySelector(":scope > .fold-assumptions, :scope > .fold-chain").before(fold);
    return fold;
  }

  const drawnFrom = (card, name, [kind, ...numbers]) => [
    filled(say.kinds[kind] || kind, { count: numbers.length }), has(card.ranges, name) && say.yours,
  ].filter(Boolean).join(", ");

  // A number in the unit that another one is shown in, with two digits.
  const near = (value, name, unit) =>
    book.show(Math.abs(value), name, unit, style.fewest, quantities[name].domain.whole).text;

  function row(card, { name, u, by }, [, , { d: from }], share) {
    const { result } = card, value = card.amount(name), slope = Number((by[result] / u).toPrecision(9)), { unit } = quantities[result];
    const shown = card.shown(name), below = quantities[name].unit, symbol = card.article
      .querySelector(`.fold-inputs [data-quantity="${name}"], math [data-quantity="${name}"]`)?.closest("math");
    const above = unit === "1" ? "" : " " + book.unitText(book.plural(unit, slope === 1));
    const cell = (...lines) => element("td", {}, ...lines.filter(Boolean).map((line) => element("p", {}, ...[line].flat())));
    return element("tr", {},
      cell([...(symbol && card.formula.inputs.includes(name) ? [symbol.cloneNode(true), " "] : []), quantities[name].meaning]),
      cell(shown.text, ["u = " + near(u, name, shown.shownIn)], drawnFrom(card, name, from)),
      cell(`${book.bare(slope, style.digits)}${above} per ${below === "1" ? "1" : book.unitText(below)}`,
        filled(say.elasticity, { value: book.bare(Number(((slope * value) / card.amount(result)).toPrecision(9)), style.digits) })),
      cell(near(by[result], result, card.shown(result).shownIn)), cell(book.percentage(share)));
  }

  function fill(card, place) {
    const { result, free, parts } = card, squares = book.firstOrder(parts, result), shown = card.shown(result);
    const shares = book.sharesAlone(card.draws, free, parts) || parts.map(({ by }) => by[result] ** 2 / squares);
    const rows = parts.map((part, i) => [part, i]).sort(([a], [b]) => Math.abs(b.by[result]) - Math.abs(a.by[result]));
    place.replaceChildren(element("div", { class: "pst-scrollable-table-container", tabindex: 0 },
      element("table", { class: "budget table" },
        element("thead", {}, element("tr", {}, ...say.head.map((text) => element("th", { class: "head" }, element("p", {}, text))))),
        element("tbody", {}, ...rows.map(([part, i]) => row(card, part, free[i], shares[i]))))),
    element("p", {}, filled(say.combined, { uncertainty: near(Math.sqrt(squares), result, shown.shownIn), value: shown.text })));
  }

  book.budgetTable = (card) => {
    const draws = card.changed && card.percentiles && typeof card.draws !== "number" && card.draws;
    let fold = card.article.querySelector(":scope > .fold-budget");
    if (!fold && draws) fold = made(card);
    if (!fold) return;
    let place = fold.querySelector(".calc-budget");
    if (!place) {
      fold.append(place = element("div", { class: "calc-budget" }));
      fold.addEventListener("toggle", () => book.budgetTable(card));
    }
    fold.hidden = !draws && (card.changed || fold.classList.contains("calc-added"));
    place.hidden = !draws;
    if (draws && fold.open) fill(card, place);
  };
})();
