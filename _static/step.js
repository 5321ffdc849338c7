// A derivation as a page has it: a formula, the values that its chain starts from, and what a reader's case makes of it.
(function () {
  "use strict";
  const book = window.book;
  const { has, quantities } = book;

  class Step {
    constructor(data) {
      this.formula = book.formulas[data.formula];
      this.result = this.formula.result;
      this.book = {};
      this.units = {};
      for (const [name, [value, unit]] of Object.entries(data.values)) {
        this.book[name] = value;
        this.units[name] = unit;
      }
      this.stated = { ...this.units };
      this.steps = book.style.steps;
      this.digits = data.digits || {};
      this.said = { bound: ["", []], models: "", sources: {}, ...data };
      this.picked = new Set();
      Object.assign(this, Step.asTheBook());
      this.names = book.needed(this.formula, this.book);
      for (const name of data.fixed || []) this.names.delete(name);
      this.bookValue = book.evaluation(this.book);
    }

    // A plan of nothing changed.
    static asTheBook(unfit = "") {
      return { over: {}, ranges: {}, laid: {}, told: {}, mine: [], bases: [], found: "", unknown: null, target: null, unfit };
    }

    // What is given, until another case is taken.
    get given() {
      if (this.of !== this.over) {
        const given = { ...this.book, ...this.over };
        if (!book.needed(this.formula, given).has(this.result)) delete given[this.result];
        Object.assign(this, { of: this.over, had: given, value: book.evaluation(given) });
      }
      return this.had;
    }

    get changed() {
      return Object.keys(this.over).length > 0 || this.unknown !== null;
    }

    // What a case comes to here: what is given, and what is found; a refusal where it cannot be.
    plan({ words: said, given, ranges, sought }, solves) {
      const over = {}, own = {}, laid = {}, told = {}, bases = book.laidOver(this, said);
      for (const [word, id, { values, drawn }] of bases) {
        for (const name of Object.keys(values).filter((one) => this.names.has(one) && one !== this.result)) {
          if (values[name] !== this.book[name]) over[name] = values[name];
          laid[name] = drawn[name] || null;
          if (word !== "scenario") told[name] = id;
        }
      }
      for (const [word, id, { values }] of bases.filter(([word]) => word === "scenario")) {
        const lacks = [...book.leavesOf(this.formula, { ...this.book, ...over, ...given })]
          .find((name) => !has(values, name) && !has(laid, name) && !has(given, name));
        if (lacks) throw new book.Refusal(book.filled(book.style.case.lacks, { word, id, name: book.words(lacks) }));
      }
      this.priced(said, given, over, bases);
      for (const [name, value] of Object.entries(given)) {
        if (value !== null && name !== this.result && this.names.has(name)) told[name] = "";
        const same = this.book[name] === value && !has(ranges, name);
        if (value === null || same || name === this.result || !this.names.has(name)) continue;
        over[name] = value;
        delete laid[name];
        if (has(ranges, name)) own[name] = ranges[name];
      }
      const found = solves ? book.solve(this.formula, sought, given[this.result], { ...this.book, ...over },
        this.units[this.result]) : { note: "" };
      if (solves) over[sought] = found.value;
      book.evaluation({ ...this.book, ...over })(this.result);
      const mine = Object.keys(over).filter((name) => has(given, name) || (solves && name === sought));
      return { over, ranges: own, laid, told, mine, bases: bases.map(([word, id]) => [word, id]), found: found.note, unknown: solves ? sought : null,
        target: solves ? given[this.result] : null, unfit: "" };
    }

    // What a GPU costs goes with the GPU: of one that is laid over, another's price is not taken.
    priced(said, given, over, bases) {
      for (const [word, id, { keeps }] of bases) {
        for (const [name, scenarios] of Object.entries(keeps || {})) {
          if (has(given, name) || said.price || scenarios.includes(said.scenario ?? this.said.scenario)) continue;
          if (!book.leavesOf(this.formula, { ...this.book, ...over, ...given }).has(name)) continue;
          throw new book.Refusal(book.filled(book.style.case.lacks, { word, id, name: book.words(name) }));
        }
      }
    }

    unitOf(name) {
      const about = quantities[name];
      const stated = this.units[name];
      if (stated && stated !== "1" && has(about.units, stated)) return stated;
      if (stated && has(about.units, stated) && this.picked.has(name)) return stated;
      return book.bestUnit(this.amount(name), name);
    }

    pick(name, unit) {
      this.units[name] = unit;
      this.picked.add(name);
    }

    amount(name) {
      const { given } = this, value = this.value(name);
      if (name === this.unknown) return Number(value.toPrecision(12)); // the rest is what the typed result was cut by
      return has(given, name) ? value : book.snapped(value);
    }

    // As the book prints it: what is given with its digits, what is derived with five or what its line needs, the
    // result with what is known.
    shown(name, digits = this.steps) {
      const value = this.amount(name);
      if (name === this.result) return book.show(value, name, this.units[name], this.known(name));
      if (has(this.given, name)) return book.showGiven(value, name, this.units[name] || this.unitOf(name));
      if (!this.picked.has(name)) return book.showStep(value, name, digits);
      return book.show(value, name, this.units[name], digits);
    }

    // How many digits of a result are known, with the reader's inputs.
    known(name) {
      if (!this.changed) return this.digits[name];
      this.free ??= book.drawsOf(this.said.scenario, book.leavesOf(this.formula, this.given), this.ranges, this.over,
        this.laid);
      this.parts ??= book.moves(this.formula, this.given, this.free);
      return book.digitsKnown(this.amount(name), this.parts, name);
    }

    // How many digits the derived inputs of the line want so that it holds as printed, and = or, where none will do, ≈;
    // calc/analysis/results.py has the same.
    line() {
      const { formula, result } = this, { steps, exact, signs } = book.style, [equals, about] = Object.keys(signs);
      const [right, place] = book.printed(this.shown(result), result);
      const holds = (digits) => {
        const made = formula.f(...formula.inputs.map((name) => book.printed(this.shown(name, digits), name)[0]));
        return Math.abs(made - right) <= (place / 2) * (1 + 1e-9);
      };
      for (let digits = steps; digits <= exact; digits += 1) if (holds(digits)) return [digits, equals];
      return [steps, about];
    }

    // A value of the reader's, with its range.
    changedText(name) {
      const value = this.shown(name);
      if (!has(this.ranges, name)) return value.text;
      const unit = this.unitOf(name), ends = this.ends(name, (end) => end);
      const range = book.showRange(...ends, name, unit === "1" ? null : unit, value);
      return book.filled(book.style.drawn, { value: value.text, range });
    }

    ends(name, shown) {
      return [this.ranges[name][0], this.ranges[name].at(-1)].map(shown);
    }

    endsShown(name) {
      return this.ends(name, (end) => book.showGiven(end, name, this.units[name] || this.unitOf(name)));
    }

    bookText(name) {
      const value = this.bookValue(name);
      if (has(this.book, name)) return book.showGiven(value, name, this.stated[name]).text;
      return book.show(book.snapped(value), name, null, this.digits[name]).text;
    }

    // What of the case plays a part here, as its address has it.
    state() {
      const { over, ranges, unknown, result, target, mine, bases } = this;
      const { [unknown]: found, ...given } = Object.fromEntries(mine.map((name) => [name, over[name]]));
      return book.writeCase({ words: Object.fromEntries(bases), ranges,
        given: unknown ? { ...given, [unknown]: null, [result]: target } : given });
    }
  }

  Object.assign(book, { Step });
})();
