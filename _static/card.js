// Makes a calculator of every derivation card. Without it the card reads the same.
(function () {
  "use strict";
  const book = window.book;
  const { element, has, quantities } = book;

  class Card extends book.Step {
    constructor(article) {
      super(JSON.parse(article.querySelector(":scope > .card-data").textContent));
      this.article = article;
      this.rows = {};
      const table = article.querySelector(".fold-inputs tbody");
      this.formula.inputs.forEach((name, i) => this.enhance(name, table.rows[i]));
      table.append(this.resultRow());
      this.tools(table.closest("table"));
      const fold = article.querySelector(".fold-cite"), cite = () => book.fetched("cite").then(() => book.cite(this));
      if (fold?.open) cite(); // as on the page of one derivation
      fold?.addEventListener("toggle", cite, { once: true });
      this.inputs = table.closest("details");
      this.inputs.firstElementChild.replaceChildren(element("span", { class: "on-screen" }, "Change "), "inputs");
    }

    // The value's cell becomes a field with a unit; its range stays.
    enhance(name, row) {
      const cell = row.cells[2];
      const field = this.field(name);
      const first = cell.querySelector("p");
      if (first) first.replaceWith(field.box);
      else cell.replaceChildren(field.box);
      field.row = row;
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
      (table.closest(".pst-scrollable-table-container") || table).after(tools.box, tools.message);
      // In view whether or not the inputs are unfolded.
      this.lines = element("ul", { class: "calc-lines" });
      const above = [".result-range", ".math-block"].map((kind) => this.article.querySelector(`:scope > ${kind}`));
      above.find(Boolean).after(this.lines);
    }

    typed(field) {
      const unit = this.unitOf(field.name);
      if (field.unit.value) this.pick(field.name, unit); // while someone types, the unit must not move
      book.trying(() => {
        const { value, ends } = field.name === this.result ? { value: book.readField(field, unit) }
          : book.readEntry(field, unit);
        this.put(field.name, value, ends, field);
      }, (why) => this.refuse(field, why));
    }

    // Take a value, perhaps with the ends of its range, or with null the book's again; refused, all stays as it was.
    put(name, value, ends = null, field = this.rows[name]) {
      return book.trying(() => book.changeCase(this, name, value, ends), (why) => this.refuse(field, why));
    }

    // Take what was planned.
    take(plan, typing) {
      this.hold(plan);
      this.render(typing); // what someone is typing stays as typed
    }

    // The same, to be shown later.
    hold(plan) {
      Object.assign(this, plan, { free: null, parts: null });
      Object.values(this.rows).forEach(book.accept);
    }

    refuse(field, message) {
      if (field) book.refuse(field, message);
      this.say(message, 700);
    }

    choose(name) {
      const value = book.snapped(book.evaluation(this.given)(this.result));
      if (!book.trying(() => book.seek(this, name, value), (why) => this.refuse(this.rows[name], why))) {
        this.choice.value = this.unknown || this.result;
      }
    }

    reset() {
      this.units = { ...this.stated };
      this.picked.clear();
      book.resetCase(this);
      this.say(book.style.case.cleared);
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
            : has(this.ranges, name) ? this.rangeText(name, unit)
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
      }
      this.choice.value = this.unknown || this.result;
      this.clear.disabled = !this.changed && Object.values(this.rows).every((field) => !field.refused) &&
        !this.picked.size;
      this.article.classList.toggle("calc-what-if", this.changed);
      book.redraw(this);
      book.cite?.(this);
    }

    // A range as it can be typed.
    rangeText(name, unit) {
      const [low, ...more] = this.ranges[name].map((end) => book.fieldText(end, name, unit, 12));
      const { to } = book.style.interval;
      return more.length === 1 ? `${low} ${to} ${more[0]}` : `${more[0]} (${low} ${to} ${more[1]})`;
    }

    copy(tools) {
      book.shareCase(this.article.id, tools);
    }
  }

  function start() {
    const cards = new Map();
    for (const article of document.querySelectorAll("article.derivation")) {
      if (article.querySelector(":scope > .card-data")) cards.set(article.id, new Card(article));
    }
    book.cards = cards;
    book.remember();
    book.startCase(cards);
    if (document.querySelector(".problem-field")) book.fetched("problem");
    // Texts to take away get their buttons once one of them is in view.
    const copy = () => book.fetched("copy"), texts = [...document.querySelectorAll("div.highlight pre")];
    if (texts.some((one) => !one.closest("details:not([open])"))) copy();
    else document.addEventListener("toggle", copy, { once: true, capture: true });
  }

  start();
})();
