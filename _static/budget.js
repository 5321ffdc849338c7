// What the uncertainty of a result is made of: to first order, as calc/analysis/budget.py has it, and from the draws.
(function () {
  "use strict";
  const book = window.book;
  const { style, byResult, quantities } = book;
  const SLICES = 128, NUDGE = 1e-5;

  // The standard uncertainty of a distribution; calc/model/distributions.py has the same.
  function deviation([kind, ...numbers]) {
    const [a, m, b, spread] = numbers;
    const sigma = Math.log(b / a) / (2 * style.z95);
    if (kind === "values") return Math.sqrt(variance(numbers));
    return {
      uniform: () => (b - a) / Math.sqrt(12),
      triangular: () => Math.sqrt(((m - a) ** 2 + (b - m) ** 2 + (b - a) ** 2) / 36),
      pert: () => Math.sqrt(((4 * (m - a) + b - a) * (4 * (b - m) + b - a)) / 252),
      lognormal: () => Math.sqrt(a * b) * Math.exp(sigma ** 2 / 2) * Math.sqrt(Math.expm1(sigma ** 2)),
    }[kind]?.() ?? spread;
  }

  function variance(numbers) {
    let mean = 0, squares = 0;
    for (const one of numbers) mean += one / numbers.length;
    for (const one of numbers) squares += (one - mean) ** 2;
    return squares / numbers.length;
  }

  // How much each drawn input moves a result and all that stands behind it. ⌈⌉ and ⌊⌋, which have no slope, are taken as
  // what they round.
  function moves(formula, given, free) {
    const at = (over) => {
      const known = { ...given, ...over };
      const value = (name) => {
        if (!(name in known)) {
          known[name] = NaN; // a chain that comes back to itself yields nothing
          known[name] = byResult[name].f(...byResult[name].inputs.map(value));
        }
        return known[name];
      };
      known[formula.result] = formula.f(...formula.inputs.map(value));
      return known;
    };
    const { ceil, floor } = Math;
    try {
      Math.ceil = Math.floor = (x) => x;
      return free.map(([name, , { d, z }]) => {
        const by = Math.abs(given[name]) * NUDGE || NUDGE, whole = deviation(d), u = whole / (2 * by);
        const [less, more] = [-by, by].map((one) => at({ [name]: given[name] + one }));
        return { name, z, u: whole, by: Object.fromEntries(Object.keys(more).map((key) => [key, (more[key] - less[key]) * u])) };
      });
    } finally {
      Object.assign(Math, { ceil, floor });
    }
  }

  const correlation = (one, other) => (!one.z || !other.z ? 0 : one.z.reduce((sum, [weight, dimension]) =>
    sum + weight * (other.z.find(([, at]) => at === dimension)?.[0] ?? 0), 0));

  // A result's variance to first order.
  const firstOrder = (parts, name) => parts.reduce((sum, one) => sum + parts.reduce((all, other) =>
    all + (one.by[name] ?? 0) * (other.by[name] ?? 0) * (one === other ? 1 : correlation(one, other)), 0), 0);

  // How many digits of a value are known: calc/base/numbers.py, digits_known.
  function digitsKnown(value, parts, name) {
    const squares = firstOrder(parts, name);
    const place = (number) => Math.floor(Math.log10(Math.abs(number)));
    if (!value || !(squares > 0)) return style.digits;
    return Math.min(style.digits, Math.max(style.fewest, place(value) - place(Math.sqrt(squares)) + 2));
  }

  const sliced = new WeakMap();
  function slicesOf(at) {
    if (!sliced.has(at)) sliced.set(at, Uint8Array.from(at, (share) => share * SLICES));
    return sliced.get(at);
  }

  // The share of a result's variance that each input has by itself: that of its mean over slices of the input.
  function shares(found, free) {
    const all = variance(found), size = found.length / SLICES;
    return free.map(([, , from]) => {
      const at = slicesOf(book.sharesOf(from)), means = new Float64Array(SLICES);
      for (let i = 0; i < found.length; i += 1) means[at[i]] += found[i] / size; // as many of Sobol' points fall into each
      const part = variance(means) / all;
      return Math.max(0, (part * size - 1) / (size - 1)); // without what the slices' own scatter adds
    });
  }

  // The same, of inputs that do not go together; null of others, of which none has a share of its own.
  const sharesAlone = (found, free, parts) => (parts.some((one) => parts.some((other) =>
    one !== other && correlation(one, other))) ? null : free.length === 1 ? [1] : shares(found, free));

  const percentage = (share) => (share >= 0.005 || !share ? (100 * share).toFixed(0) : style.hangs.little) + "\u00a0%";

  // The sentence of calc/render/hangs.py on what a result hangs on most.
  function hangs(found, free, parts, result) {
    const say = style.hangs, alone = sharesAlone(found, free, parts);
    const main = alone || parts.map(({ by }) => by[result] ** 2);
    const most = Math.max(...main), first = free[main.indexOf(most)][0], { meaning } = quantities[first];
    const share = alone ? most : most / firstOrder(parts, result);
    const word = say.words[main.length === 1 ? 0 : share >= 0.5 ? 1 : 2];
    const what = say.bare.includes(meaning.split(" ")[0]) ? meaning : `${say.the} ${meaning}`;
    return word + " " + what + (alone ? ` (${percentage(share)}).` : ".");
  }

  Object.assign(book, { deviation, firstOrder, sharesAlone, percentage, moves, digitsKnown, hangs });
})();
