// The percentiles of a card's result, from the draws of what it hangs on.
(function () {
  "use strict";
  const book = window.book;
  const { byResult, drawn, quantiles, style, has, Refusal, words } = book;

  // What was worked out last of a formula's draws, which other cards need too; a few, as scenarios have draws of their own.
  const kept = new Map(), FEW = 4;
  function columnOf(formula, args) {
    const had = kept.get(formula) || [], same = had.find((one) => one.args.every((arg, i) => arg === args[i]));
    if (same) return same.out;
    const out = drawn(formula, args);
    kept.set(formula, [{ args, out }, ...had].slice(0, FEW));
    return out;
  }

  // A result in every draw of some inputs, whatever it needs worked out once; a number where none plays a part.
  function sampled(result, given, free) {
    const known = Object.fromEntries(free);
    function value(name) {
      if (has(known, name)) return known[name];
      if (has(given, name)) return given[name];
      if (!byResult[name]) throw new Refusal(`${words(name)} is missing.`);
      known[name] = NaN; // a chain that comes back to itself yields nothing
      return (known[name] = whole(byResult[name]));
    }
    const whole = (formula) => columnOf(formula, formula.inputs.map(value));
    return whole(byResult[result]); // by its formula, as the chain of a PUE starts from a PUE
  }

  // The percentiles that the book prints, of a result's draws.
  const pointsOf = (found) => (typeof found === "number" ? style.shares.map(() => found) : quantiles(found, style.shares));
  const percentiles = (result, given, free) => pointsOf(sampled(result, given, free));

  Object.assign(book, { sampled, pointsOf, percentiles });
})();
