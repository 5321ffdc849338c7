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

  // The value at a place in a list; between two, on the line from one to the next.
  function valueAt(list, at) {
    const i = Math.floor(at);
    return list[i] + (list[i + 1] - list[i]) * (at - i);
  }

  // Sobol' points of one dimension as SciPy has them, above 0 and below 1.
  function shares([first, ...steps]) {
    const points = [first];
    for (const step of steps) for (let i = points.length; i--;) points.push(points[i] ^ step);
    return points.map((point) => (point + 0.5) / 2 ** style.bits);
  }

  // The normal distribution, and its inverse by Newton's steps; both to better than a share of a millionth.
  const density = (z) => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  function normal(z) {
    const t = 1 / (1 + 0.2316419 * Math.abs(z)); // Abramowitz and Stegun, 26.2.17
    const tail = density(z) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 +
      t * (-1.821255978 + t * 1.330274429))));
    return z < 0 ? tail : 1 - tail;
  }
  function ofNormal(share) {
    const low = Math.min(share, 1 - share), t = Math.sqrt(-2 * Math.log(low)); // the same, 26.2.23
    let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
    for (let i = 0; i < 2; i += 1) z -= (normal(z) - low) / density(z);
    return share < 0.5 ? z : -z;
  }

  // Shares of an input that goes together with others: a Gaussian copula of the points of all of them.
  function together(parts) {
    const all = parts.map(([weight, steps]) => shares(steps).map((share) => weight * ofNormal(share)));
    return all[0].map((_, i) => normal(all.reduce((sum, one) => sum + one[i], 0)));
  }

  // Draws of an input from its points and its quantiles; Python makes the same.
  function draws({ s, z, q, v }, whole) {
    return (z ? together(z) : shares(s)).map((share) => {
      if (v) return v[Math.floor(share * v.length)];
      const value = valueAt(q, (Math.acos(1 - 2 * share) / Math.PI) * (q.length - 1));
      return whole ? Math.round(value) : value;
    });
  }

  // The percentiles of a result that the book prints, with these inputs drawn.
  function percentiles(result, given, free) {
    const now = { ...given }, formula = byResult[result], { domain } = quantities[result];
    for (const [name, from] of free) from.draws ??= draws(from, quantities[name].domain.whole);
    const found = Float64Array.from(free[0][1].draws, (_, i) => {
      for (const [name, from] of free) now[name] = from.draws[i];
      // By its formula, as the chain of a PUE starts from a PUE.
      const value = settled(domain, formula.f(...formula.inputs.map(evaluation(now))));
      if (!inside(domain, value)) throw new Refusal(outside(result, value));
      return value;
    }).sort();
    return style.shares.map((share) => valueAt(found, share * found.length - 0.5));
  }

  Object.assign(book, { byResult, needed, evaluation, percentiles });
})();
