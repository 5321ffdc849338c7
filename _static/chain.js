// A formula with the chain behind it: values, domains, inverses, and the state in an address.
(function () {
  "use strict";
  const book = window.book;
  const { quantities } = book;
  const byResult = {};
  for (const [id, formula] of Object.entries(book.formulas)) {
    formula.id = id;
    byResult[formula.result] = formula;
  }
  const has = (object, key) => Object.prototype.hasOwnProperty.call(object, key);
  const CLOSE = 1e-12, WHOLE = 1e-13;

  // Something that a reader has to know; never a fault of the program.
  class Refusal extends Error {}

  function inside(domain, value) {
    const high = domain.high === null ? Number.MAX_VALUE : domain.high;
    return Number.isFinite(value) && value >= domain.low && value <= high && !(domain.open && value === domain.low) &&
      (!domain.whole || Number.isInteger(value));
  }

  // A computed number, put back on a bound that it left by rounding alone.
  function settled(domain, value) {
    for (const bound of [domain.low, domain.high]) {
      if (bound && Math.abs(value - bound) <= CLOSE * Math.max(Math.abs(value), Math.abs(bound))) {
        return Math.min(Math.max(value, domain.low), domain.high === null ? Infinity : domain.high);
      }
    }
    return value;
  }

  // The last bits of a computed number are rounding; printed, they would pass for digits.
  const snapped = (value) => Number(value.toPrecision(14));

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

  // Draws of an input from SciPy's Sobol' points and its quantiles; calc/analysis/sampling.py makes the same.
  function draws({ s: [first, ...steps], q, v }, whole) {
    const points = [first];
    for (const step of steps) for (let i = points.length; i--;) points.push(points[i] ^ step);
    return points.map((point) => {
      const share = (point + 0.5) / 2 ** 30;
      if (v) return v[Math.floor(share * v.length)];
      const value = valueAt(q, (Math.acos(1 - 2 * share) / Math.PI) * (q.length - 1));
      return whole ? Math.round(value) : value;
    });
  }

  // The 5, 50 and 95 % points of a result, with these inputs drawn.
  function percentiles(result, given, free) {
    const now = { ...given }, formula = byResult[result], { domain } = quantities[result];
    for (const [name, from] of free) from.draws ??= draws(from, book.quantities[name].domain.whole);
    const found = Float64Array.from(free[0][1].draws, (_, i) => {
      for (const [name, from] of free) now[name] = from.draws[i];
      // By its formula, as the chain of a PUE starts from a PUE.
      const value = settled(domain, formula.f(...formula.inputs.map(evaluation(now))));
      if (!inside(domain, value)) throw new Refusal(outside(result, value));
      return value;
    }).sort();
    return [0.05, 0.5, 0.95].map((share) => valueAt(found, share * found.length - 0.5));
  }

  const CAPITALS = /\b(?:flops?|gpu|it|kv|nvlink|pue|tdp|wue)(?=s?\b)/g;
  const words = (name) => name.replaceAll("_", " ").replace(CAPITALS,
    (word) => word === "nvlink" ? "NVLink" : word === "flops" ? "FLOP/s" : word.toUpperCase());

  function outside(name, value) {
    const shown = Number.isFinite(value) ? book.show(snapped(value), name).text : "no finite number";
    return `Then ${words(name)} would be ${shown}. Accepted: ${quantities[name].domain.words}.`;
  }

  // What one input must be for the formula to yield a result: its value, and what else would do.
  function solve(formula, unknown, target, given, unit) {
    const inverse = formula.inverses[unknown], domain = quantities[unknown].domain;
    const others = { ...given };
    delete others[unknown];
    const ties = formula.inputs.filter((name) =>
      name !== unknown && !has(others, name) && byResult[name] && needed(byResult[name], others).has(unknown));
    if (ties.length) throw new Refusal(`${words(ties[0])} follows from ${words(unknown)}; give it a value first.`);
    const value = evaluation({ ...others, [unknown]: NaN });
    const at = formula.inputs.indexOf(unknown);
    const args = formula.inputs.map((name) => (name === unknown ? NaN : value(name)));
    if (inverse.n) return interval(formula, inverse, unknown, target, args, given[unknown]);
    const found = settled(domain, inverse.x(target, ...args));
    const near = Math.round(found);
    if (domain.whole && inside(domain, near)) {
      const again = formula.f(...args.map((arg, i) => (i === at ? near : arg)));
      if (Math.abs(again - target) <= CLOSE * Math.abs(target)) return checked(unknown, near);
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
    const exactly = Number(found.toPrecision(7)).toLocaleString("en-GB", { maximumFractionDigits: 6 });
    return `${words(unknown)} would have to be ${exactly}, and must be whole: ${yields.join(", ")}.`;
  }

  // ⌈⌉ and ⌊⌋ yield one result over a whole interval.
  function interval(formula, inverse, unknown, target, args, present) {
    const domain = quantities[unknown].domain;
    const needs = inverse.n(target, ...args), whole = Math.round(needs);
    const up = inverse.rounds === "ceiling";
    if (Math.abs(needs - whole) > WHOLE * Math.max(1, Math.abs(needs))) {
      throw new Refusal(`${up ? "⌈⌉" : "⌊⌋"} would have to be ${Number(needs.toPrecision(6))}; it is always whole.`);
    }
    // What is rounded lies in (n−1, n] for ⌈⌉, in [n, n+1) for ⌊⌋.
    const ends = (up ? [whole - 1, whole] : [whole, whole + 1]).map((end) => inverse.x(end, ...args));
    let [low, high] = inverse.rises ? ends : ends.reverse();
    let lowOpen = up === inverse.rises, highOpen = !lowOpen;
    const near = (x) => (Math.abs(x - Math.round(x)) <= WHOLE * Math.max(1, Math.abs(x)) ? Math.round(x) : x);
    if (domain.whole) {
      [low, high] = [near(low), near(high)];
      low = lowOpen ? Math.floor(low) + 1 : Math.ceil(low);
      if (Number.isFinite(high)) high = highOpen ? Math.ceil(high) - 1 : Math.floor(high);
      lowOpen = highOpen = false;
    }
    if (domain.low > low || (domain.low === low && domain.open)) [low, lowOpen] = [domain.low, domain.open];
    if (domain.high !== null && domain.high < high) [high, highOpen] = [domain.high, false];
    if (low > high) throw new Refusal(`No ${words(unknown)} yields that. Accepted: ${domain.words}.`);
    const fits = (x) => x >= low && x <= high && !(lowOpen && x === low) && !(highOpen && x === high);
    const end = Number.isFinite(high) && !highOpen ? high : lowOpen ? (Number.isFinite(high) ? (low + high) / 2 : low * 2) : low;
    const one = (x) => book.showGiven(snapped(x), unknown, quantities[unknown].unit);
    const what = domain.whole ? "Any whole number" : "Any value";
    const span = Number.isFinite(high)
      ? `${lowOpen ? "above" : "from"} ${one(low).number} to ${highOpen ? "below " : ""}${one(high).text}`
      : `${lowOpen ? "above" : "from"} ${one(low).text}`;
    return checked(unknown, fits(present) ? present : end, low === high ? "" : `${what} ${span} gives this.`);
  }

  // The numbers in an address, {name: number}, and the unknown, which stands there without a number. All of it or
  // nothing: what is not a known name with a number of its domain is refused, and never shown.
  function readAddress(search, accepted) {
    const given = {};
    let unknown = null;
    if (search.length > 2000) throw new Refusal("The address is too long to be a what-if; nothing was changed.");
    for (const part of search.replace(/^\?/, "").split("&").filter(Boolean)) {
      const [, name, value] = /^([a-z][a-z0-9_]{0,40})=([0-9.eE+-]{0,30})$/.exec(part) || [];
      if (!name || !accepted.has(name) || has(given, name)) {
        throw new Refusal("The address names something that this calculator does not have; nothing was changed.");
      }
      if (value === "") {
        unknown = name;
        continue;
      }
      const plain = book.typed(value), number = plain === null ? NaN : Number(plain);
      if (!inside(quantities[name].domain, number)) {
        throw new Refusal(`The address gives ${words(name)} a value that it cannot have; nothing was changed. ` +
          `Accepted: ${quantities[name].domain.words}.`);
      }
      given[name] = number;
    }
    return { given, unknown };
  }

  const query = (given) => Object.entries(given).map(([name, value]) => `${name}=${value}`).join("&");

  function putInAddress(text, fragment) {
    try {
      history.replaceState(null, "", location.pathname + (text ? "?" + text : "") + (fragment ? "#" + fragment : ""));
    } catch {
      // Some browsers refuse it on pages opened as files; the link can still be copied.
    }
  }

  const link = (text, fragment) =>
    location.href.replace(/[?#].*$/, "") + (text ? "?" + text : "") + (fragment ? "#" + fragment : "");

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }

  const SPACES = { math: "1998/Math/MathML", svg: "2000/svg" };

  // An element with its attributes and children; "svg:line" is one of SVG's.
  function element(tag, attributes = {}, ...children) {
    const [name, space] = tag.split(":").reverse();
    const made = document.createElementNS("http://www.w3.org/" + (SPACES[space] || "1999/xhtml"), name);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in made && typeof value === "boolean") made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children);
    return made;
  }

  const unitWord = (unit) => (unit === "1" ? "as a number" : book.unitText(unit));

  // A field for a quantity with its unit, and room for a word beside it.
  function field(id, name, label, attributes) {
    const about = quantities[name], units = Object.keys(about.units);
    const input = element("input", {
      type: "text", inputmode: "decimal", autocomplete: "off", class: "calc-field", "aria-describedby": `${id}-note`,
      ...attributes,
    });
    const unit = units.length > 1
      ? element("select", { class: "calc-unit", "aria-label": `unit of ${label}` },
        ...units.map((one) => element("option", { value: one }, unitWord(one))))
      : element("span", { class: "calc-unit" }, about.unit === "1" ? "" : unitWord(about.unit));
    const note = element("span", { id: `${id}-note`, class: "calc-note" });
    return { name, input, unit, note, pair: element("div", { class: "calc-pair" }, input, unit) };
  }

  // The typed number in the own unit, or a refusal.
  function readField({ name, input }, unit) {
    const text = input.value.trim(), plain = book.typed(input.value), { domain } = quantities[name];
    const value = plain === null ? NaN : book.fromUnit(plain, name, unit);
    if (inside(domain, value)) return value;
    const own = unit === quantities[name].unit ? "" : `, here in ${unitWord(unit)}`;
    const said = text.length > 24 ? text.slice(0, 24) + "…" : text;
    // No template within a template: what trims the scripts takes the inner one's spaces for code's.
    const first = said ? `Given: “${said}”. ` : "";
    throw new Refusal(`${first}Accepted: ${domain.words}${own}.`);
  }

  function refuse(one, message) {
    one.refused = true;
    one.input.setAttribute("aria-invalid", "true");
    one.note.textContent = message;
    one.note.classList.add("calc-error");
  }

  function accept(one) {
    one.refused = false;
    one.input.removeAttribute("aria-invalid");
    if (one.note.classList.contains("calc-error")) one.note.textContent = "";
    one.note.classList.remove("calc-error");
  }

  // Do something; where it is refused, say so, and return false.
  function trying(action, onRefusal) {
    try {
      action();
      return true;
    } catch (problem) {
      if (!(problem instanceof Refusal)) throw problem;
      onRefusal(problem.message);
      return false;
    }
  }

  // The tools above or below a table: what to choose, share, reset.
  function tools(id, label, options, onChoice, onShare, onReset) {
    const choice = element("select", { id }, ...options.map(([value, text]) => element("option", { value }, text)));
    const share = element("button", { type: "button", class: "calc-share" }, "Copy link to this what-if");
    const clear = element("button", { type: "button", class: "calc-reset" }, "Reset");
    choice.addEventListener("change", () => onChoice(choice.value));
    share.addEventListener("click", onShare);
    clear.addEventListener("click", () => {
      onReset();
      if (clear.disabled) choice.focus(); // one that is disabled would take the keyboard's place with it
    });
    const message = element("p", { class: "calc-message", role: "status" });
    const box = element("div", { class: "calc-tools" }, element("label", { for: id }, label), choice, share, clear);
    let waiting;
    // Spoken by screen readers; while someone types, only once they pause.
    const say = (text, pause = 0) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => message.replaceChildren(text), pause);
    };
    return { box, choice, clear, message, say };
  }

  // Copy a link, or show it where the browser does not allow that.
  async function shareLink(text, fragment, { message, say }) {
    const address = link(text, fragment);
    putInAddress(text, fragment);
    if (await copy(address)) return say("The link is copied: it opens the calculator with these values.");
    const shown = element("input", { class: "calc-link", readonly: "", "aria-label": "link to this what-if", value: address });
    message.replaceChildren("Copy it from here: ", shown);
    return shown.select();
  }

  const hasState = () => location.search && !/^\?highlight=[^&]*$/.test(location.search);
  const complain = (text) => {
    const note = element("p", { class: "calc-page", role: "status" });
    document.querySelector(".bd-article").prepend(note);
    note.textContent = text;
  };

  Object.assign(book, {
    unitWord, field, readField, refuse, accept, trying, tools, shareLink, hasState, complain, Refusal, byResult, has, inside, settled, snapped, needed, evaluation, percentiles, solve, words, readAddress, query,
    putInAddress, element,
  });
})();
