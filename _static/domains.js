// What a quantity may be, and what is said of one that would be something else.
(function () {
  "use strict";
  const book = window.book;
  const { quantities, style } = book;
  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);

  // Something that a reader has to know; never a fault of the program.
  class Refusal extends Error {}

  function inside(domain, value) {
    const [smallest, largest] = style.extent;
    const low = domain.open && domain.low === 0 ? smallest : domain.low;
    return value >= low && value <= (domain.high ?? largest) && !(domain.open && value === domain.low) &&
      (!domain.whole || Number.isInteger(value));
  }

  const isShare = (domain) => domain.low === 0 && domain.high === 1 && !domain.whole;

  // A computed number, put back on a bound that it left by rounding alone.
  function settled(domain, value) {
    for (const bound of [domain.low, domain.high]) {
      if (bound && Math.abs(value - bound) <= style.rounding * Math.max(Math.abs(value), Math.abs(bound))) {
        return Math.min(Math.max(value, domain.low), domain.high === null ? Infinity : domain.high);
      }
    }
    return value;
  }

  // The last bits of a computed number are rounding; printed, they would pass for digits.
  const snapped = (value) => Number(value.toPrecision(14));

  const words = (name) => name.split("_").map((word) => style.spelt[word] ?? word).join(" ");

  const capitalised = (text) => text.replace(/^./, (first) => first.toUpperCase());

  // A text of Python's with its {places} filled.
  const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

  function outside(name, value) {
    const shown = Number.isFinite(value) ? book.show(snapped(value), name).text : "no finite number";
    return `Then ${words(name)} would be ${shown}. Accepted: ${quantities[name].domain.words}.`;
  }

  Object.assign(book, { has, Refusal, inside, isShare, settled, snapped, words, capitalised, filled, outside });
})();
