// What is said of values that a reader typed and may not have meant, and of those that are still the book's; the rules
// and all words are Python's: calc/analysis/warnings.py, calc/model/another_run.py, calc/render/taken.py.
(function () {
  "use strict";
  const book = window.book;
  const { has, filled, style, traps } = book;
  const { words, far, near, fits, read, run, named, own, typical, taken, theirs, whose } = style.warnings;
  const isNear = (value, other, share) => Math.abs(value / other - 1) <= share * (1 + 1e-9);

  function trap(name, value, parts, shown) {
    const met = ({ equals, within, above, below, needs }) => needs.every((one) => parts.has(one)) && (equals.length
      ? equals.some((one) => isNear(value, one, within))
      : (above === null || value > above) && (below === null || value < below));
    const found = (traps.traps[name] || []).find(met);
    return found && filled(found.line, { meant: found.meant ? shown(value * found.meant) : "" });
  }

  function sparse(name, value, shown) {
    const dense = name === "peak_flops" ? traps.dense : [];
    if (dense.some(([, peak]) => isNear(value, peak, near))) return "";
    const met = dense.filter(([, peak]) => isNear(value, 2 * peak, near));
    if (!met.length) return "";
    const [[title, peak]] = met;
    return filled(words.sparse,
      { chip: met.length > 1 ? filled(words.others, { chip: title }) : title, dense: shown(peak) });
  }

  function tooFar(name, value, shown) {
    const span = traps.spans[name];
    if (!span) return "";
    if (value * far < span.low) return filled(words.below, { end: shown(span.low), of: span.low_of });
    if (value > far * span.high) return filled(words.above, { end: shown(span.high), of: span.high_of });
    return "";
  }

  const plain = (number) => Number(number.toPrecision(6)).toLocaleString("en-GB");

  function* together(given, parts, over, kind) {
    const all = (names) => names.every((name) => parts.has(name)), any = (names) => names.some((name) => has(over, name));
    const { servers, gpus, gpus_per_server: each } = given;
    if (each && all(["servers", "gpus"]) && any(["servers", "gpus"])) {
      const spare = servers * each - gpus, days = !has(over, "gpus") && !parts.has("training_time") ? words.days : "";
      if (!(spare >= 0 && spare < each)) {
        yield filled(words.servers + days, { servers: plain(servers), held: plain(servers * each), gpus: plain(gpus) });
      }
    }
    if (read.includes(kind) && parts.has("server_power") && !has(over, "server_power") &&
      has(over, "server_load") && parts.has("server_load") && given.server_load < 1) {
      yield filled(words.derated, { kind });
    }
    if (all(run) && any(run)) {
      const ratio = given.gpus * given.peak_flops * given.training_time * given.flop_utilisation * 86400e12 /
        given.training_flop;
      if (Math.abs(ratio - 1) > fits) yield filled(words.run, { ratio: String(Number(ratio.toPrecision(3))) });
    }
  }

  // Lines about what is given: all values by name, those of the reader, and the units in which they are shown.
  function warnings(given, parts, over, unitOf, kind) {
    const lines = [];
    for (const name of Object.keys(over)) {
      if (!parts.has(name)) continue;
      const shown = (value) => book.showGiven(book.snapped(value), name, unitOf(name)).text;
      const value = over[name], line = trap(name, value, parts, shown) || sparse(name, value, shown) ||
        tooFar(name, value, shown);
      if (line) {
        lines.push(filled(words.said, { name, value: shown(value), line: line.startsWith("is ") ? line : `is ${line}` }));
      }
    }
    return [...new Set([...lines, ...together(given, parts, over, kind)])];
  }

  // That a reader describes another run, and what of it is still somebody else's.
  function anotherRun(parts, over, from) {
    const kept = own.filter((name) => parts.has(name) && !has(over, name));
    const another = kept.length && named.some((name) => has(over, name) && parts.has(name));
    return another ? [filled(theirs, { inputs: kept.join(", "), whose: from })] : [];
  }

  // The same of a scenario, and all that is still the scenario's.
  function stillTheirs(parts, over, scenario, shown) {
    const kept = [...parts].filter((name) => !has(over, name)), from = filled(whose, { scenario });
    const inputs = kept.map((name) => `${name} ${shown(name)}`).join(", ");
    return [
      ...(scenario === typical ? [] : anotherRun(parts, over, from)),
      ...(kept.length ? [filled(taken, { whose: from, inputs })] : []),
    ];
  }

  Object.assign(book, { warnings, anotherRun, stillTheirs });
})();
