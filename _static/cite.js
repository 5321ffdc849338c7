// What a reader takes away from a card whose inputs were changed says so, and carries them.
(function () {
  "use strict";
  const { book } = window;
  const plain = (text) => text.replaceAll("\u00a0", " ");
  const listed = (parts) => parts.join(", ").replace(/, (?=[^,]*$)/, " and ");

  // As unit_latex in calc/base/unit_words.py and Shown.latex in calc/base/decimals.py have it.
  const tex = ({ mantissa, exponent, unit }) => mantissa.replaceAll(",", "{,}") +
    (exponent ? ` \\times 10^{${exponent}}` : "") +
    (unit && "\\," + unit.replace(/[A-Za-zµ]+/g, "\\mathrm{$&}").replace("%", "\\%").replaceAll("*", "\\cdot"));

  // The equation as it stands in the card, with a row for what was changed.
  function mathml(card, changes) {
    const math = card.article.querySelector(":scope > .math-block math").cloneNode(true);
    const table = math.querySelector("mtable"), last = table.lastChild.cloneNode(true);
    const note = document.createElementNS(math.namespaceURI, "mtext");
    note.append(changes);
    last.lastChild.replaceChildren(note);
    table.append(last);
    table.setAttribute("columnalign", "right left");
    for (const mark of math.querySelectorAll("[data-quantity]")) mark.removeAttribute("data-quantity");
    math.replaceChildren(table);
    return new XMLSerializer().serializeToString(math);
  }

  book.cite = (card) => {
    const set = card.article.querySelector(".cite-set");
    if (!set) return;
    const names = Object.keys(card.over), { formula } = card;
    const inBook = (name) => (name in card.book ? card.bookText(name)
      : book.show(book.snapped(card.bookValue(name)), name, book.quantities[name].unit, book.style.exact).text);
    const changes = () => listed(names.map((name) => `${name} = ${card.shown(name).text} (in the book ${inBook(name)})`));
    const say = {
      changes,
      "tex:changes": () => listed(names.map((name) => `${name.replaceAll("_", "\\_")} $= ${tex(card.shown(name))}$`)),
      sign: () => card.sign,
      "tex:sign": () => (card.sign === "=" ? "=" : "\\approx"),
      link: () => `${set.dataset.place}?${card.state()}#${formula.id}`,
    };
    const own = `Own calculation, not a figure of the book: ${changes()}.`;
    for (const one of set.querySelectorAll("[data-what-if]")) {
      const pre = one.querySelector("pre"), { whatIf } = one.dataset;
      one.book ??= pre.textContent;
      pre.textContent = !card.changed ? one.book : plain(whatIf === "mathml" ? mathml(card, own)
        : whatIf.replace(/@((tex:)?(\w+))@/g, (_, all, latex, name) =>
          all in say ? say[all]() : latex ? tex(card.shown(name)) : card.shown(name).text));
    }
  };
})();
