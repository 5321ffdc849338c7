// The chain behind a formula, computed: what it needs, its values, and the percentiles of its draws.
(function () {
  "use strict";
  const book = window.book;
  const { quantities, style, has, Refusal, inside, settled, words, outside } = book;
  const byResult = {};
  for (const [id, formula] of Object.entries(book.formulas)) {
    formula.id = id;
    byResult[formula.result] = formula;
  }

  // Every quantity behind a formula, with the formula's own inputs; given ones end the walk.
  function needed(formula, given, seen = new Set()) {
    for (const name of formula.inputs) {
      if (seen.has(name)) continue;
      seen.add(name);
      if (!has(given, name) && byResult[name]) needed(byResult[name], given, seen);
    }
    return seen;
  }

  // A function from names to values, computing whatever is not given.
  function evaluation(given, formulas = byResult) {
    const known = {};
    return function value(name) {
      if (has(given, name)) return given[name];
      if (!has(known, name)) {
        const formula = formulas[name];
        const domain = quantities[name].domain;
        if (!formula) throw new Refusal(`${words(name)} is missing.`);
        known[name] = NaN; // a chain that comes back to itself yields nothing
        known[name] = settled(domain, formula.f(...formula.inputs.map(value)));
        if (!inside(domain, known[name])) throw new Refusal(outside(name, known[name]));
      }
      return known[name];
    };
  }

  // What a chain takes as given, in Python's order: that of the steps, what is used before what uses it.
  function leavesOf(formula, given) {
    const steps = new Set(), leaves = new Set();
    const walk = (one) => {
      for (const name of one.inputs) if (!has(given, name) && byResult[name] && !steps.has(byResult[name])) walk(byResult[name]);
      steps.add(one);
    };
    walk(formula);
    for (const one of steps) for (const name of one.inputs) if (has(given, name)) leaves.add(name);
    return leaves;
  }

  // The value at a place in a list; between two, on the line from one to the next.
  function valueAt(list, at) {
    const i = Math.floor(at);
    return list[i] + (list[i + 1] - list[i]) * (at - i);
  }

  // A function of a row, without the row being taken apart each time where it is short.
  const caller = (f, count) => [
    null, (row) => f(row[0]), (row) => f(row[0], row[1]), (row) => f(row[0], row[1], row[2]),
    (row) => f(row[0], row[1], row[2], row[3]),
  ][count] ?? ((row) => f(...row));

  // A result in every draw of some inputs, whatever it needs worked out once; a number where none plays a part.
  function sampled(result, given, free) {
    const known = Object.fromEntries(free);
    function value(name) {
      if (has(known, name)) return known[name];
      if (has(given, name)) return given[name];
      if (!byResult[name]) throw new Refusal(`${words(name)} is missing.`);
      known[name] = NaN; // a chain that comes back to itself yields nothing
      return (known[name] = drawn(byResult[name]));
    }
    function drawn(formula) {
      const args = formula.inputs.map(value), row = [...args], { domain } = quantities[formula.result];
      const places = [...args.keys()].filter((i) => typeof args[i] !== "number");
      const call = caller(formula.f, row.length), far = 1e-11, { low, high } = domain;
      const [least, most] = [Math.max(low, style.extent[0]), high ?? style.extent[1]];
      const near = (value) => domain.whole || !(value > least && value < most) ||
        (low && Math.abs(value / low - 1) < far) || (high && Math.abs(value / high - 1) < far);
      const one = () => {
        const value = call(row);
        if (!near(value)) return value; // most by far: well inside
        const found = settled(domain, value);
        if (!inside(domain, found)) throw new Refusal(outside(formula.result, found));
        return found;
      };
      if (!places.length) return one();
      const all = new Float64Array(args[places[0]].length);
      for (let i = 0; i < all.length; i += 1) {
        for (const at of places) row[at] = args[at][i];
        all[i] = one();
      }
      return all;
    }
    return drawn(byResult[result]); // by its formula, as the chain of a PUE starts from a PUE
  }

  // The percentiles that the book prints, of a result's draws.
  function pointsOf(found) {
    if (typeof found === "number") return style.shares.map(() => found);
    const sorted = found.slice().sort();
    return style.shares.map((share) => valueAt(sorted, share * sorted.length - 0.5));
  }
  const percentiles = (result, given, free) => pointsOf(sampled(result, given, free));

  Object.assign(book, { byResult, needed, leavesOf, evaluation, sampled, pointsOf, percentiles });
})();
