// Fields: what is typed is read, refused where it must be, and has tools beside it.
(function () {
  "use strict";
  const book = window.book;
  const { quantities, style, filled, Refusal, inside } = book;
  const AROUND = /±|\+\/?[-−]/, TO = /\s*(?:\.{2,3}|…|–|—)\s*|\s+(?:to|and|-|−)\s+|(?<=\d)-(?=[\d.])/;
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
      type: "text", autocomplete: "off", class: "calc-field", "aria-describedby": `${id}-note`,
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
    const plain = book.typed(input.value), { domain } = quantities[name];
    const value = plain === null ? NaN : book.fromUnit(plain, name, unit);
    if (inside(domain, value)) return value;
    const own = unit === quantities[name].unit ? "" : `, here in ${unitWord(unit)}`;
    const said = shortened(input.value);
    // No template within a template: what trims the scripts takes the inner one's spaces for code's.
    const first = said ? `Given: “${said}”. ` : "";
    throw new Refusal(`${first}Accepted: ${domain.words}${own}.`);
  }

  function shortened(typed) {
    const text = typed.trim();
    return text.length > 24 ? text.slice(0, 24) + "…" : text;
  }

  // A range as people type it, in the own unit: 3 to 6.5, 6 ± 10 %, 5 (3 to 6.5); null where one value is typed.
  function rangeOf(text, name, unit) {
    const { domain } = quantities[name], say = (line) =>
      new Refusal(filled(style.case[line], { text: shortened(text) }) + ".");
    const [, inner, around] = /^([^()]*)\(([^()]*)\)$/.exec(text.trim()) || [];
    const parts = (around ?? text).split(around === undefined && AROUND.test(text) ? AROUND : TO);
    if (parts.length !== 2 || text.length > 120) return null;
    const share = /%\s*$/.test(parts[1]);
    const read = (part, by) => {
      const plain = book.typed(part.replace(/^\s*(from|between)\s/, ""));
      if (plain === null) throw say("range");
      return by ? Number(plain) : book.fromUnit(plain, name, unit);
    };
    let ends;
    if (around === undefined && AROUND.test(text)) {
      if (share && book.isShare(domain)) throw say("points");
      const value = read(parts[0]), width = share ? (value * read(parts[1].replace("%", ""), true)) / 100 : read(parts[1]);
      ends = [value - width, value, value + width].map(book.snapped).sort((a, b) => a - b);
      if (domain.whole) ends = [Math.ceil(ends[0]), value, Math.floor(ends[2])];
    } else {
      ends = [parts[0], ...(around === undefined ? [] : [inner]), parts[1]].map((part) => read(part));
    }
    if (!book.isRange(ends)) throw say("range");
    const bad = ends.find((end) => !inside(domain, end));
    if (bad !== undefined) readField({ name, input: { value: String(bad) } }, quantities[name].unit);
    return { value: ends.length === 3 ? ends[1] : book.middle(name, ...ends), ends };
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

  // A script of ours that is loaded when it is asked for: by its place beside this one, or by what it is for.
  const { src } = document.currentScript, asked = {};
  const loaded = (file) => (asked[file] ??= new Promise((done, failed) => {
    const script = element("script", { src: new URL(file, src) });
    script.addEventListener("load", done);
    script.addEventListener("error", () => failed(new Refusal(style.case.unknown)));
    document.head.append(script);
  }));
  const fetched = (name) => loaded(book.files[name]);

  Object.assign(book, { loaded, fetched, element, field, readField, rangeOf, refuse, accept, trying });
})();
