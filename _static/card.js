// Makes a calculator of every derivation card. Without it the card reads the same.
(function () {
  "use strict";
  const book = window.book;
  const { element, has, Refusal, quantities } = book;

  class Card {
    constructor(article) {
      const data = JSON.parse(article.querySelector(":scope > .card-data").textContent);
      this.article = article;
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
      this.spreads = book.spreads.of[data.scenario] || {};
      this.picked = new Set();
      this.over = {};
      this.unknown = null;
      this.target = null;
      this.rows = {};
      this.names = book.needed(this.formula, this.book);
      this.bookValue = book.evaluation(this.book);
      const table = article.querySelector("table.inputs tbody");
      this.formula.inputs.forEach((name, i) => this.enhance(name, table.rows[i]));
      table.append(this.resultRow());
      this.tools(table.closest("table"));
      const summary = article.querySelector(".fold-inputs > summary");
      if (summary) summary.append(element("span", { class: "on-screen" }, ": change them here"));
      this.render();
    }

    // The value's cell becomes a field with a unit; its range stays.
    enhance(name, row) {
      const cell = row.cells[2];
      const field = this.field(name);
      const first = cell.querySelector("p");
      if (first) first.replaceWith(field.box);
      else cell.replaceChildren(field.box);
      field.row = row;
      field.link = byHref(row, book.byResult[name]);
      field.again = element("button", { type: "button", class: "calc-again", hidden: true }, "Derive it again");
      field.again.addEventListener("click", () => {
        this.put(name, null);
        field.input.focus();
      });
      row.cells[3].append(field.again);
    }

    field(name) {
      const { meaning } = quantities[name];
      const label = name === this.result ? `${meaning}, the result` : meaning;
      const field = book.field(`${this.article.id}-${name}`, name, label, { "aria-label": label });
      field.box = element("div", { class: "calc-box" }, field.pair, field.note);
      this.rows[name] = field;
      field.input.addEventListener("input", () => this.typed(field));
      field.input.addEventListener("change", () => field.refused || this.render());
      field.unit.addEventListener("change", () => {
        this.pick(name, field.unit.value);
        book.accept(field);
        this.render();
      });
      return field;
    }

    resultRow() {
      const field = this.field(this.result);
      const symbol = this.article.querySelector(`math [data-quantity="${this.result}"]`);
      const math = element("math:math");
      if (symbol) math.append(symbol.cloneNode(true));
      field.row = element("tr", { class: "calc-result" },
        element("td", {}, math), element("td", {}, quantities[this.result].meaning),
        element("td", {}, field.box), element("td"));
      field.says = field.row.cells[3];
      return field.row;
    }

    tools(table) {
      const options = [this.result, ...this.formula.inputs.filter((name) => has(this.formula.inverses, name))];
      const tools = book.tools(`${this.article.id}-unknown`, "Solve for",
        options.map((name) => [name, quantities[name].meaning]),
        (name) => this.choose(name), () => this.copy(tools), () => this.reset());
      Object.assign(this, { choice: tools.choice, clear: tools.clear, say: tools.say });
      this.lines = element("ul", { class: "calc-lines" });
      (table.closest(".pst-scrollable-table-container") || table).after(tools.box, tools.message, this.lines);
    }

    get given() {
      const given = { ...this.book, ...this.over };
      if (!book.needed(this.formula, given).has(this.result)) delete given[this.result];
      return given;
    }

    get changed() {
      return Object.keys(this.over).length > 0 || this.unknown !== null;
    }

    typed(field) {
      const unit = this.unitOf(field.name);
      if (field.unit.value) this.pick(field.name, unit); // while someone types, the unit must not move
      book.trying(() => this.put(field.name, book.readField(field, unit), field), (why) => this.refuse(field, why));
    }

    // Take a value, or with null the book's again; refused, everything stays as it was.
    put(name, value, field = this.rows[name]) {
      const over = { ...this.over };
      let target = this.target;
      if (name === this.result) target = value;
      else if (value === null) delete over[name];
      else over[name] = value;
      this.settle(over, this.unknown, target, field);
    }

    settle(over, unknown, target, field) {
      let note = "";
      const good = book.trying(() => {
        if (unknown) {
          const found = book.solve(this.formula, unknown, target, { ...this.book, ...over }, this.units[this.result]);
          over[unknown] = found.value;
          note = found.note;
        }
        for (const name of Object.keys(over)) if (over[name] === this.book[name]) delete over[name];
        book.evaluation({ ...this.book, ...over })(this.result);
      }, (why) => this.refuse(field, why));
      if (!good) return false;
      Object.assign(this, { over, unknown, target, found: note });
      Object.values(this.rows).forEach(book.accept);
      this.render(document.activeElement); // what someone is typing stays as typed
      book.announce(this);
      this.address();
      return true;
    }

    refuse(field, message) {
      book.refuse(field, message);
      this.say(message, 700);
    }

    choose(name) {
      const value = book.snapped(book.evaluation(this.given)(this.result));
      if (name === this.result) this.settle({ ...this.over }, null, null, this.rows[name]);
      else if (!this.settle({ ...this.over }, name, value, this.rows[name])) {
        this.choice.value = this.unknown || this.result;
      }
    }

    reset() {
      this.units = { ...this.stated };
      this.picked.clear();
      this.settle({}, null, null, null);
      this.say("Back to the book’s values.");
      book.putInAddress("", this.article.id);
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
      const value = book.evaluation(this.given)(name);
      if (name === this.unknown) return Number(value.toPrecision(12)); // the rest is what the typed result was cut by
      return has(this.given, name) ? value : book.snapped(value);
    }

    // As the book prints it: what is given with its digits, what is derived with five or what its line needs, the
    // result with what is known.
    shown(name, digits = this.steps) {
      const value = this.amount(name);
      if (name === this.result) return book.show(value, name, this.units[name], this.digits[name]);
      if (has(this.given, name)) return book.showGiven(value, name, this.units[name] || this.unitOf(name));
      if (!this.picked.has(name)) return book.showStep(value, name, digits);
      return book.show(value, name, this.units[name], digits);
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

    render(typing) {
      for (const [name, field] of Object.entries(this.rows)) {
        const unit = this.unitOf(name), isResult = name === this.result;
        const solved = isResult ? this.unknown === null : this.unknown === name;
        if (field.unit.tagName === "SELECT") field.unit.value = unit;
        field.input.readOnly = solved;
        if (field.input !== typing && !field.refused) {
          const value = isResult && this.target !== null ? this.target : this.amount(name);
          field.input.value = solved && isResult ? book.show(value, name, unit, 7).number
            : book.fieldText(value, name, unit, has(this.given, name) ? 12 : 7);
        }
        const own = has(this.over, name), derived = !isResult && !has(this.book, name);
        field.row.classList.toggle("calc-changed", own || (isResult && this.changed));
        if (!field.refused) {
          const before = `book: ${this.bookText(name)}`;
          const other = (own && this.shown(name).text !== this.bookText(name)) || (isResult && this.changed);
          field.note.textContent = [solved && !isResult && this.found, other && before].filter(Boolean).join(" ");
        }
        if (field.again) field.again.hidden = !(own && derived && this.unknown !== name);
        if (field.says) field.says.textContent = solved ? "the result" : "given: what should come out";
        if (field.link) field.link.href = book.onward(this, field.link, name);
      }
      this.choice.value = this.unknown || this.result;
      this.clear.disabled = !this.changed && Object.values(this.rows).every((field) => !field.refused) &&
        !this.picked.size;
      this.article.classList.toggle("calc-what-if", this.changed);
      book.redraw(this);
      book.cite(this);
    }

    bookText(name) {
      const value = this.bookValue(name);
      if (has(this.book, name)) return book.showGiven(value, name, this.stated[name]).text;
      return book.show(book.snapped(value), name, null, this.digits[name]).text;
    }

    state() {
      const given = { ...this.over };
      if (this.unknown) {
        delete given[this.unknown];
        given[this.unknown] = "";
        given[this.result] = this.target;
      }
      return book.query(given);
    }

    address() {
      clearTimeout(this.later);
      this.later = setTimeout(() => book.putInAddress(this.state(), this.article.id), 300);
    }

    copy(tools) {
      clearTimeout(this.later);
      book.shareLink(this.state(), this.article.id, tools);
    }

    // Open with the numbers of an address.
    open(search) {
      const accepted = new Set([...this.names, this.result]);
      const { given, unknown } = book.readAddress(search, accepted);
      const target = has(given, this.result) ? given[this.result] : null;
      delete given[this.result];
      if ((unknown === null) !== (target === null) || (unknown !== null && !has(this.formula.inverses, unknown))) {
        throw new Refusal("The address does not say what to solve for; nothing was changed.");
      }
      this.settle(given, unknown, target, this.rows[unknown || this.formula.inputs[0]]);
    }
  }

  function byHref(row, formula) {
    const links = [...row.querySelectorAll("a[href]")];
    return formula && links.find((link) => link.getAttribute("href").endsWith("#" + formula.id));
  }

  function start() {
    const cards = new Map();
    for (const article of document.querySelectorAll("article.derivation")) {
      if (article.querySelector(":scope > .card-data")) cards.set(article.id, new Card(article));
    }
    book.cards = cards;
    if (!book.hasState()) return;
    // On the page of one derivation there is no other.
    const card = cards.get(location.hash.slice(1)) || cards.get("card");
    book.trying(() => {
      if (!card) throw new Refusal("The address names no calculator of this page; nothing was changed.");
      card.open(location.search);
    }, book.complain);
  }

  start();
})();
