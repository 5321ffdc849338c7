// What a card shows beside its fields, with the numbers that it has now: equation, percentiles, the chain's picture.
(function () {
  "use strict";
  const book = window.book;
  const { element, has, style, words } = book;
  const WORD = new RegExp(`^${style.unitWord}$`), PIECES = new RegExp(`${style.unitWord}|\\d+|.`, "g");

  // Those of some inputs that play a part and are the book's still.
  book.untouched = (card, names) => {
    const needed = book.needed(card.formula, card.given);
    return names.filter((name) => needed.has(name) && !(name in card.over));
  };

  // The word before a result that is a bound, while an input that makes it one is the book's still.
  book.bound = (card) => (book.untouched(card, card.said.bound[1]).length ? card.said.bound[0] : "");

  // The percentiles follow, with the book's own draws of what was not changed, and those of a reader's ranges.
  function percentiles(card) {
    const line = card.article.querySelector(":scope > .result-range") || (Object.keys(card.ranges).length && added(card));
    card.band = card.percentiles = card.draws = null;
    card.outside = "";
    if (!line) return;
    card.range ??= line.innerHTML;
    line.innerHTML = card.range;
    line.hidden = line.classList.contains("calc-added");
    if (!card.changed) return;
    if (!line.querySelector(".range-hangs")) line.append(element("span", { class: "range-hangs" }));
    card.known(card.result); // which draws
    line.hidden = !card.free.length || !book.trying(() => {
      const found = card.draws = book.sampled(card.result, card.given, card.free);
      card.percentiles = book.pointsOf(found);
      const [low, , high] = card.percentiles;
      if (high - low <= style.rounding * Math.abs(high)) throw new book.Refusal(""); // nothing that is drawn moves it
      range(card, line, card.percentiles);
      card.outside = outside(card, low, high);
      line.querySelector(".range-hangs").textContent = " " + book.hangs(found, card.free, card.parts, card.result);
    }, () => {});
    const said = [book.bound(card), card.outside, card.said.models].filter(Boolean).join("; ");
    line.querySelector(".range-said").textContent = said && said + "; ";
  }

  // That a value lies outside its own band, as where an input stands at an end of its range.
  function outside(card, low, high) {
    const value = card.amount(card.result), near = style.near * Math.abs(value);
    return !book.bound(card) && (value < low - near || value > high + near) ? style.outside : "";
  }

  // A line for the band of what has none in the book.
  function added(card) {
    const line = element("p", { class: "result-range calc-added" },
      element("span", { class: "range-said" }), element("span", { class: "range-text" }), ".",
      element("span", { class: "range-hangs" }));
    card.article.querySelector(":scope > .math-block").after(line);
    return line;
  }

  // Two percentiles as the book prints them, and each of them.
  book.bandText = (found, name, unit, value) => {
    const [low, , high] = book.showSpread(found.map(book.snapped), name, unit, value);
    return [book.between(low, high), low, high];
  };

  function range(card, line, found) {
    const value = card.amount(card.result);
    const [text, low, high] = book.bandText(found, card.result, card.unitOf(card.result), value);
    line.querySelector(".range-text").textContent = book.filled(style.band, { range: text });
    card.band = { range: text, low, high };
    if (!line.querySelector(".range-bar")) return;
    const scale = style.bar / Math.max(found[2], value);
    const ends = { span: [found[0], found[2]], middle: [found[1], found[1]], mark: [value, value] };
    for (const [kind, [from, to]] of Object.entries(ends)) {
      const bar = line.querySelector("." + kind);
      bar.setAttribute("x", from * scale);
      bar.setAttribute("width", Math.max((to - from) * scale, 1));
    }
  }

  function equation(card) {
    [card.steps, card.sign] = card.line();
    const lines = [...card.article.querySelectorAll(":scope > .math-block mtr")];
    if (lines.length < 3) return;
    lines.at(-1).querySelector("mo").textContent = card.sign;
    for (const [line, names] of [[lines.at(-2), card.formula.inputs], [lines.at(-1), [card.result]]]) {
      for (const name of names) {
        for (const mark of line.querySelectorAll(`[data-quantity="${name}"]`)) {
          mark.replaceChildren(...mathOf(card.shown(name)));
        }
      }
    }
    const tag = card.article.querySelector(".derivation-title .scenario");
    if (tag) tag.textContent = (card.scenario ??= tag.textContent) + (card.changed ? ", changed" : "");
  }

  // A number and its unit as MathML, as the book's own converter makes it.
  function mathOf(shown) {
    const make = (tag, text, attributes) => element(`math:${tag}`, attributes, ...[text].flat());
    const parts = [], minus = () => make("mo", "−");
    if (shown.mantissa.startsWith("-")) parts.push(minus());
    parts.push(make("mn", shown.mantissa.replace("-", "")));
    if (shown.exponent) {
      const power = make("mn", String(Math.abs(shown.exponent)));
      parts.push(make("mo", "×"),
        make("msup", [make("mn", "10"), make("mrow", shown.exponent < 0 ? [minus(), power] : power)]));
    }
    if (shown.unit) parts.push(make("mspace", "", { width: "0.16666667em" }));
    for (const piece of shown.unit.match(PIECES) || []) {
      if (/\d/.test(piece)) parts.push(make("mn", piece));
      else if (WORD.test(piece)) parts.push(make("mi", piece, piece.length === 1 ? { mathvariant: "normal" } : {}));
      else if (piece === "%") parts.push(make("mi", "%"));
      else parts.push(make("mo", piece === "*" ? "⋅" : piece, { lspace: "0", rspace: "0", stretchy: "false" }));
    }
    return parts;
  }

  function chain(card) {
    const svg = card.article.querySelector("svg.chain"), said = [];
    if (!svg) return;
    const { given } = card, parts = book.needed(card.formula, given).add(card.result);
    // What is given comes of nothing: what stood behind it is cut off.
    for (const edge of svg.querySelectorAll("[data-from]")) {
      const { from, to } = edge.dataset;
      edge.classList.toggle("cut", !parts.has(from) || !parts.has(to) || (to !== card.result && has(given, to)));
    }
    for (const node of svg.querySelectorAll(".node")) {
      const name = node.dataset.name;
      node.classList.toggle("cut", !parts.has(name));
      if (!parts.has(name) || (name === card.result && node.matches(".given"))) continue;
      const text = node.querySelector(".value"), value = card.amount(name), unit = card.units[name];
      text.textContent = has(card.given, name) && unit
        ? book.showGiven(value, name, unit).text : book.show(value, name, null, card.known(name)).text;
      said.push(`${words(name)} ${text.textContent}`);
    }
    card.pictured ??= svg.getAttribute("aria-label");
    svg.setAttribute("aria-label", card.changed ? `Changed: ${said.join(", ")}` : card.pictured);
  }

  book.announce = (card) => {
    const hidden = Object.keys(card.over).filter((name) => !has(card.rows, name));
    const shown = (name) => book.showGiven(card.over[name], name, card.units[name]);
    const more = hidden.map((name) => `${words(name)} ${shown(name).text}`);
    const name = card.unknown || card.result;
    const said = [`${book.capitalised(words(name))}: ${card.shown(name).text}`];
    if (card.found) said.push(card.found);
    if (more.length) said.push(`Also changed: ${more.join(", ")}`);
    card.say([...said, ...card.warnings].join(". "), 500);
  };

  // Warnings about what was typed, and which inputs are still the scenario's.
  function lines(card) {
    const { over, given, said } = card;
    const parts = new Set([...book.needed(card.formula, given)].filter((name) => has(given, name)));
    card.warnings = [...book.another(parts, card), ...book.warnings(given, parts, over, (name) => card.unitOf(name), said.power)];
    if (card.unfit) card.warnings.push(card.unfit);
    book.list(card.lines, card.warnings, card.changed
      ? book.still(parts, card, (name) => card.shown(name)) : []);
  }

  book.redraw = (card) => {
    equation(card);
    chain(card);
    lines(card);
    percentiles(card);
    if (book.budgetTable) book.budgetTable(card);
    else if (card.changed && card.percentiles) book.fetched("budget").then(() => book.budgetTable(card));
  };
})();
