// What is said of values that a reader typed and may not have meant, and of those that are still the book's; the rules
// and all words are Python's: calc/analysis/warnings.py, calc/model/another_run.py, calc/render/taken.py.
(function () {
  "use strict";
  const book = window.book;
  const { has, filled, style, traps } = book;
  const { words, far, near, named, own, run, taken } = style.warnings;
  const like = (value, other, share) => Math.abs(value / other - 1) <= share;
  const plain = (number) => number.toLocaleString("en");

  // A known mistake, some chip's sparse peak, or a value far from all sources.
  function said(name, value, parts, shown) {
    const trap = (traps.traps[name] || []).find(({ equals, within, above, below, needs }) =>
      needs.every((one) => parts.has(one)) && (equals.length ? equals.some((one) => like(value, one, within))
        : value > (above ?? -Infinity) && value < (below ?? Infinity)));
    if (trap) return filled(trap.line, { meant: trap.meant && shown(value * trap.meant) });
    const dense = name === "peak_flops" ? traps.dense : [];
    const met = dense.find(([, peak]) => like(value, 2 * peak, near));
    if (met && !dense.some(([, peak]) => like(value, peak, near))) {
      return filled(words.sparse, { chip: met[0], dense: shown(met[1]) });
    }
    const { low, high, low_of, high_of } = traps.spans[name] || {};
    if (value * far < low) return filled(words.below, { end: shown(low), of: low_of });
    return value > far * high && filled(words.above, { end: shown(high), of: high_of });
  }

  // Lines about what is given: all values by name, which of them play a part and are the reader's, in which units.
  function warnings(given, parts, over, unitOf, kind) {
    const lines = [], mine = (name) => has(over, name) && parts.has(name);
    for (const [name, value] of Object.entries(over)) {
      const shown = (number) => book.showGiven(book.snapped(number), name, unitOf(name)).text;
      const line = parts.has(name) && said(name, value, parts, shown);
      if (line) lines.push(filled(words.said, { name, value: shown(value), line }));
    }
    const { servers, gpus, gpus_per_server: each } = given;
    const tied = parts.has("servers") && parts.has("gpus") && (mine("servers") || mine("gpus"));
    if (tied && each && servers !== Math.ceil(gpus / each)) {
      const days = mine("gpus") || parts.has("training_time") ? "" : words.days;
      lines.push(filled(words.servers + days, { servers: plain(servers), held: plain(servers * each), gpus: plain(gpus) }));
    }
    if (kind && !mine("server_power") && mine("server_load") && given.server_load < 1) {
      lines.push(filled(words.derated, { kind }));
    }
    return lines;
  }

  // That a reader describes another run, of which something is still another's.
  function another(parts, { told, bases, said, unknown }) {
    const kept = [...parts].filter((name) => own.includes(name) && !has(told, name) && name !== unknown);
    if (!named.some((name) => has(told, name) && parts.has(name)) || !kept.some((name) => run.includes(name))) return [];
    const [, base] = bases.find(([word]) => word === "scenario") || [, said.scenario];
    return [filled(style.warnings.theirs, { whose: said.whose.replace(said.scenario, base), inputs: kept.join(", ") })];
  }

  // All that plays a part and that the reader did not give.
  function still(parts, { told, bases, said, unknown }, shown) {
    const names = [...parts].filter((name) => told[name] !== "" && name !== unknown);
    const from = [(bases.find(([word]) => word === "scenario") || [, said.scenario])[1],
      ...bases.filter(([word]) => word !== "scenario").map(([, id]) => id)];
    const whose = said.whose.replace(said.scenario, from.join(" + "));
    const inputs = names.map((name) => `${name} ${shown(name).text}${told[name] ? ` (${told[name]})` : ""}`).join(", ");
    return inputs ? [filled(taken, { whose, inputs })] : [];
  }

  // Show some lines as warnings, and others.
  function list(place, found, others) {
    const line = (kind) => (text) => book.element("li", { class: kind }, text);
    place.replaceChildren(...found.map(line("calc-warning")), ...others.map(line("")));
  }

  Object.assign(book, { warnings, another, still, list });
})();
