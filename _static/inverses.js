// What one input must be for a formula to yield a result, and what else would do.
(function () {
  "use strict";
  const book = window.book;
  const { quantities, style, byResult, has, Refusal, inside, settled, snapped, words, filled, outside } = book;
  const WHOLE = 1e-13;
  const isWhole = (x) => Math.abs(x - Math.round(x)) <= WHOLE * Math.max(1, Math.abs(x));

  function solve(formula, unknown, target, given, unit) {
    const inverse = formula.inverses[unknown], domain = quantities[unknown].domain;
    const others = { ...given };
    delete others[unknown];
    const ties = formula.inputs.filter((name) =>
      name !== unknown && !has(others, name) && byResult[name] && book.needed(byResult[name], others).has(unknown));
    if (ties.length) throw new Refusal(`${words(ties[0])} follows from ${words(unknown)}; give it a value first.`);
    const value = book.evaluation({ ...others, [unknown]: NaN });
    const at = formula.inputs.indexOf(unknown);
    const args = formula.inputs.map((name) => (name === unknown ? NaN : value(name)));
    if (inverse.n) return interval(inverse, unknown, target, args, given[unknown]);
    const found = settled(domain, inverse.x(target, ...args));
    const near = Math.round(found);
    if (domain.whole && inside(domain, near)) {
      const again = formula.f(...args.map((arg, i) => (i === at ? near : arg)));
      if (Math.abs(again - target) <= style.rounding * Math.abs(target)) return checked(unknown, near);
    }
    if (domain.whole && inside({ ...domain, whole: false }, found)) {
      throw new Refusal(between(formula, unknown, found, args, unit));
    }
    return checked(unknown, found);
  }

  function checked(unknown, value, note = "") {
    if (!inside(quantities[unknown].domain, value)) throw new Refusal(outside(unknown, value));
    return { value, note };
  }

  // No whole number will do: the number that would, and what its neighbours yield.
  function between(formula, unknown, found, args, unit) {
    const at = formula.inputs.indexOf(unknown);
    const sides = [Math.floor(found), Math.floor(found) + 1].filter((n) => inside(quantities[unknown].domain, n));
    const yields = sides.map((side) => {
      const result = formula.f(...args.map((arg, i) => (i === at ? side : arg)));
      return `${book.show(side, unknown).number} gives ${book.show(snapped(result), formula.result, unit, 5).text}`;
    });
    const needed = book.showGiven(found, unknown, quantities[unknown].unit).number;
    return `${filled(style.notWhole, { what: words(unknown), needed })}: ${yields.join(", ")}.`;
  }

  // ⌈⌉ and ⌊⌋ yield one result over a whole interval.
  function interval(inverse, unknown, target, args, present) {
    const { domain, unit } = quantities[unknown], ends = within(domain, preimage(inverse, target, args));
    const { low, high, lowOpen, highOpen } = ends;
    if (low > high) throw new Refusal(`No ${words(unknown)} yields that. Accepted: ${domain.words}.`);
    const fits = (x) => x >= low && x <= high && !(lowOpen && x === low) && !(highOpen && x === high);
    const beyond = Number.isFinite(high) ? (low + high) / 2 : low * 2;
    const end = Number.isFinite(high) && !highOpen ? high : lowOpen ? beyond : low;
    const shown = (x) => book.showGiven(snapped(x), unknown, unit);
    const note = low === high ? "" : `${span(domain, ends, shown)} gives this.`;
    return checked(unknown, fits(present) ? present : end, note);
  }

  // Where what is rounded comes to the whole number that the result needs, whatever the domain.
  function preimage(inverse, target, args) {
    const needs = inverse.n(target, ...args), whole = Math.round(needs), up = inverse.rounds === "ceiling";
    if (!isWhole(needs)) {
      const said = { sign: up ? "⌈⌉" : "⌊⌋", needed: Number(needs.toPrecision(6)) };
      throw new Refusal(filled(style.neverWhole, said) + ".");
    }
    // What is rounded lies in (n−1, n] for ⌈⌉, in [n, n+1) for ⌊⌋.
    const ends = (up ? [whole - 1, whole] : [whole, whole + 1]).map((end) => inverse.x(end, ...args));
    const [low, high] = inverse.rises ? ends : ends.reverse();
    return { low, high, lowOpen: up === inverse.rises, highOpen: up !== inverse.rises };
  }

  // What of an interval a domain has.
  function within(domain, { low, high, lowOpen, highOpen }) {
    const near = (x) => (isWhole(x) ? Math.round(x) : x);
    if (domain.whole) {
      [low, high] = [near(low), near(high)];
      if (low === high) lowOpen = highOpen = false; // so narrow that both ends are taken for the one number in it
      low = lowOpen ? Math.floor(low) + 1 : Math.ceil(low);
      if (Number.isFinite(high)) high = highOpen ? Math.ceil(high) - 1 : Math.floor(high);
      lowOpen = highOpen = false;
    }
    if (domain.low > low || (domain.low === low && domain.open)) [low, lowOpen] = [domain.low, domain.open];
    if (domain.high !== null && domain.high < high) [high, highOpen] = [domain.high, false];
    return { low, high, lowOpen, highOpen };
  }

  function span(domain, { low, high, lowOpen, highOpen }, shown) {
    const say = style.interval, from = lowOpen ? say.above : say.from;
    const what = book.capitalised(domain.whole ? say.whole : say.any);
    if (!Number.isFinite(high)) return `${what} ${from} ${shown(low).text}`;
    return `${what} ${from} ${shown(low).number} ${highOpen ? say.below : say.to} ${shown(high).text}`;
  }

  Object.assign(book, { solve });
})();
