// What a chart is drawn from: the values of its marks, with the book's inputs and with a reader's. Loaded with it.
(function () {
  "use strict";
  const { book } = window;
  const { has, style } = book;
  const WORK = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b };

  // The values of one chart: those of the book, and those of a case.
  class Values {
    constructor({ cards, values, hows }) {
      this.cards = cards;
      this.asked = values;
      this.hows = hows;
      this.steps = new Map();
    }

    // The step that a value is of, with what makes it this one and no other; what that follows from is worked out first.
    step({ c, s, x }) {
      const key = JSON.stringify([c, s, x]), kept = this.steps.get(key);
      if (kept) return kept;
      const card = this.cards[c], values = { ...card.values };
      for (const [name, how] of Object.entries(s)) {
        if (values[name]) values[name] = [this.at(how), values[name][1]];
      }
      const step = new book.Step({ ...card, values, fixed: Object.keys(s) });
      step.points = {};
      // As far as the case fits.
      const given = x ? { ...this.case.given, [step.result]: this.at(s[step.result]) } : this.case.given;
      book.trying(() => Object.assign(step, step.plan({ ...this.case, given, sought: x ?? null }, Boolean(x))), () => {});
      step.free = null;
      step.drawn = () => (step.free ??= book.drawsOf(step.said.scenario, book.leavesOf(step.formula, step.given),
        step.ranges, { ...s, ...step.over }, step.laid));
      this.moved ||= Object.keys(step.over).some((name) => name !== x);
      this.steps.set(key, step);
      return step;
    }

    follow(aCase) {
      this.case = aCase;
      this.steps.clear();
      this.moved = false;
      this.found = [];
      this.swept = [];
    }

    // What a number is, or a place in the list of values, or what is worked out of others; x is where on an axis it is.
    at(how, x) {
      if (typeof how === "number") return how;
      const [sign, one, other] = how;
      if (typeof sign === "number") return (this.found[sign] ??= this.value(this.asked[sign]));
      if (sign === "x") return x;
      if (sign === "w") {
        const known = (this.swept[one] ??= new Map());
        if (!known.has(x)) known.set(x, this.value(this.asked[one], x));
        return known.get(x);
      }
      if (sign === "h") return this.at(this.hows[one], x);
      if (sign === "c" || sign === "r") {
        const count = this.at(one, x), columns = Math.ceil(Math.sqrt(count * 1.2));
        return sign === "c" ? columns : Math.ceil(count / columns);
      }
      return WORK[sign](this.at(one, x), this.at(other, x));
    }

    value(asked, x) {
      let found = NaN;
      book.trying(() => {
        found = asked.n ? this.input(asked) : asked.x ? this.step(asked).over[asked.x] : this.result(asked, x);
      }, () => {});
      return found;
    }

    // All draws of the step that a number is of.
    draws([place]) {
      const step = this.step(this.asked[place]);
      return book.sampled(step.result, step.given, step.drawn());
    }

    input({ n: name, e: end, b: theirs, f: alone, ...of }) {
      const step = has(of, "c") ? this.step(of) : null, ranges = step ? step.ranges : this.case.ranges;
      const given = step ? step.given : this.case.given;
      const own = step ? has(step.over, name) : alone && has(given, name) && given[name] !== null;
      if (!own) return theirs;
      this.moved = true;
      return end && has(ranges, name) ? (end === "low" ? ranges[name][0] : ranges[name].at(-1)) : given[name];
    }

    result(asked, x) {
      const step = this.step(asked), { o: name } = asked;
      if (name) {
        const own = x * asked.k, value = book.quantities[name].domain.whole ? Math.round(own) : own;
        return book.evaluation({ ...step.given, [name]: value })(step.result);
      }
      if (has(asked, "p")) return (step.points.all ??= book.percentiles(step.result, step.given, step.drawn()))[asked.p];
      return book.evaluation(step.given)(step.result);
    }

    // One part of a text: as the book has it while its number is the book's.
    text([how, kind, unit, digits, theirs, cut]) {
      const value = this.at(how);
      if (!Number.isFinite(value)) return "–";
      if (value === this.theirs.at(how)) return theirs;
      const asked = typeof how[0] === "number" && this.asked[how[0]];
      const shown = () => {
        if (kind === "whole") return Math.floor(value + 0.5).toLocaleString("en").replace("-", "−");
        if (kind === "bare") return book.bare(value, digits ?? style.digits);
        if (kind === "times") return "×\u00a0" + book.bare(value, style.digits);
        if (kind === "percentage") return book.percentage(value);
        const step = has(asked, "c") ? this.step(asked) : null, name = asked.n || asked.x || step.result;
        if (kind === "spread") return book.bandText(step.points.all, name, unit || step.unitOf(name),
          book.evaluation(step.given)(name))[0];
        if (step) step.drawn();
        const known = asked.n ? style.exact : digits ?? (asked.x ? style.digits : step.known(name));
        const made = book.show(book.snapped(value), name, unit, known);
        return made[kind];
      };
      return cut ? shown().replace(cut, "") : shown();
    }

    written(parts) {
      return parts.map((part) => (typeof part === "string" ? part : this.text(part))).join("");
    }
  }

  book.ChartValues = Values;
})();
