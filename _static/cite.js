// What a reader takes away from a card whose inputs were changed says so, and carries them.
(function () {
  "use strict";
  const { book } = window;
  const { style, filled, has } = book;
  const WORDS = new RegExp(style.unitWord, "g");
  const plain = (text) => text.replaceAll("\u00a0", " ");
  const listed = (parts) => new Intl.ListFormat("en-GB").format(parts);
  const put = (text, what) => text.replace("@", () => what);

  function texUnit(unit) {
    const spelt = unit.replace(WORDS, (word) => put(style.tex.word, word));
    return Object.entries(style.tex.signs).reduce((text, [sign, said]) => text.replaceAll(sign, said), spelt);
  }

  const tex = ({ mantissa, exponent, unit }) => mantissa.replaceAll(",", style.tex.comma) +
    (exponent ? put(style.tex.power, exponent) : "") + (unit && style.tex.gap + texUnit(unit));

  // As calc/render/short_key.py has it.
  function shortKey(text) {
    let found = 0x811c9dc5;
    for (const byte of new TextEncoder().encode(text)) found = Math.imul(found ^ byte, 0x01000193) >>> 0;
    return found.toString(16).padStart(8, "0");
  }

  // The equation as it stands in the card, with a row for what was changed.
  function mathml(card, changes) {
    const math = card.article.querySelector(":scope > .math-block math").cloneNode(true);
    const table = math.querySelector("mtable"), last = table.lastChild.cloneNode(true);
    const note = document.createElementNS(math.namespaceURI, "mtext");
    note.append(changes);
    last.lastChild.replaceChildren(note);
    table.append(last);
    table.setAttribute("columnalign", style.columns);
    for (const mark of math.querySelectorAll("[data-quantity]")) mark.removeAttribute("data-quantity");
    math.replaceChildren(table);
    return new XMLSerializer().serializeToString(math);
  }

  book.cite = (card) => {
    const set = card.article.querySelector(".cite-set");
    if (!set) return;
    const names = card.mine, { formula } = card;
    const inBook = (name) => (name in card.book ? card.bookText(name)
      : book.show(book.snapped(card.bookValue(name)), name, book.quantities[name].unit, style.exact).text);
    const { band } = card;
    const started = card.bases.map((parts) => parts.join(" = "));
    const ranged = names.filter((name) => name in card.ranges);
    const rests = band && ranged.length ? filled(style.rests, { names: listed(ranged) }) : "";
    const clauses = (text, own) => [text, own, [card.outside, card.said.models].filter(Boolean).join("; ")].filter(Boolean).map((one) => `, ${one}`).join("");
    const texName = (text) => text.replaceAll("_", "\\_");
    const texChange = (name) => {
      const change = filled(style.tex.change, { name: texName(name), value: tex(card.shown(name)) });
      const [low, high] = name in card.ranges ? card.endsShown(name).map(tex) : [];
      return low ? filled(style.tex.drawn, { change, low, high }) : change;
    };
    const bound = book.bound(card), { sources, values } = card.said, source = {};
    for (const [key, inputs] of Object.entries(sources)) inputs.split(" ").forEach((name) => { source[name] = key; });
    const sourced = Object.keys(values).filter((name) => has(source, name));
    const keys = [...new Set(book.untouched(card, sourced).map((name) => source[name]))];
    const say = {
      bound: () => bound && bound + " ",
      band: () => clauses(band && filled(style.band, band), rests),
      "tex:band": () => clauses(
        band && filled(style.band, { range: book.alike(band.low, band.high) ? `${style.interval.about} $${tex(band.high)}$`
          : filled(style.tex.band, { low: tex(band.low), high: tex(band.high) }) }),
        texName(rests)),
      sources: () => keys.length ? filled(style.sources, { keys: listed(keys) }) : "",
      key: () => shortKey(`${card.said.scenario}?${card.state().split("&").sort().join("&")}`),
      changes: () => listed([...started, ...names.map((name) =>
        filled(style.change, { name, value: card.changedText(name), theirs: inBook(name) }))]),
      "tex:changes": () => listed([...started.map(texName), ...names.map(texChange)]),
      sign: () => card.sign,
      "tex:sign": () => style.signs[card.sign],
      link: () => `${set.dataset.place}?${card.state()}#${formula.id}`,
    };
    const written = (text) => text.replace(/@((tex:)?(\w+))@/g, (_, all, latex, name) =>
      all in say ? say[all]() : latex ? tex(card.shown(name)) : card.shown(name).text);
    for (const one of set.querySelectorAll("[data-what-if]")) {
      const pre = one.querySelector("pre"), { whatIf } = one.dataset;
      one.book ??= pre.textContent;
      const now = () => (whatIf === "mathml" ? mathml(card, written(style.own)) : written(whatIf));
      pre.textContent = card.changed ? plain(now()) : one.book;
    }
    // The last text is the report; the link to a new issue, where there is one, has it in its address.
    const report = set.parentElement.querySelector("a.report[href*='&body=']");
    if (report) report.href = report.href.replace(/&body=.*/, () =>
      `&body=${encodeURIComponent([...set.querySelectorAll("[data-what-if] pre")].at(-1).textContent)}`);
  };
})();
