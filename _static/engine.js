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

  // A formula's result in every draw of its inputs; of numbers a number.
  function drawn(formula, args) {
    const { domain } = quantities[formula.result], { f } = formula, row = [...args];
    const places = [...args.keys()].filter((i) => typeof args[i] !== "number");
    const checked = (found) => {
      const value = settled(domain, found);
      if (!inside(domain, value)) throw new Refusal(outside(formula.result, value));
      return value;
    };
    if (!places.length) return checked(f(...row));
    const lists = places.map((i) => args[i]), out = new Float64Array(lists[0].length);
    for (let i = 0; i < out.length; i += 1) {
      for (let k = 0; k < places.length; k += 1) row[places[k]] = lists[k][i];
      out[i] = f(...row);
    }
    let low = Infinity, high = -Infinity, bad = false;
    for (const one of out) {
      if (one < low) low = one;
      if (one > high) high = one;
      bad ||= one !== one;
    }
    const fine = !bad && !domain.whole && inside(domain, low) && inside(domain, high);
    if (!fine) for (let i = 0; i < out.length; i += 1) out[i] = checked(out[i]);
    return out;
  }

  // The percentiles of draws, as halfway between two where one falls on an edge; found without sorting all of them.
  function quantiles(list, shares) {
    const row = Float64Array.from(list);
    let from = 0;
    return shares.map((share) => {
      const at = share * row.length - 0.5, k = Math.floor(at);
      place(row, k, from);
      from = k;
      let next = row[k];
      if (at > k) for (let i = k + 1, least = Infinity; i < row.length; i += 1) if (row[i] < least) next = least = row[i];
      return row[k] + (next - row[k]) * (at - k);
    });
  }
  function place(row, k, from) {
    for (let low = from, high = row.length - 1; low < high;) {
      const pivot = row[(low + high) >> 1];
      let i = low, j = high;
      while (i <= j) {
        while (row[i] < pivot) i += 1;
        while (row[j] > pivot) j -= 1;
        if (i <= j) [row[i++], row[j--]] = [row[j], row[i]];
      }
      if (k <= j) high = j;
      else if (k >= i) low = i;
      else return;
    }
  }

  Object.assign(book, { byResult, needed, leavesOf, evaluation, drawn, quantiles });
})();
