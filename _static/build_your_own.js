// The whole chain at once: fields, results, what has changed since the start, and the figure of break-even.
(function () {
  "use strict";
  const book = window.book;
  const { element, has, Refusal, accept } = book;
  const place = document.querySelector(".own");
  const data = JSON.parse(place.querySelector(".own-data").textContent);
  const names = data.fields.flatMap(([, group]) => group);

  // Formulas run backwards.
  const formulas = { ...book.byResult };
  for (const [name, id] of Object.entries(data.links)) {
    const { result, inputs, inverses } = book.formulas[id];
    formulas[name] = { inputs: [result, ...inputs], f: inverses[name].x };
  }

  const fields = {}, rows = {}, choosers = [];
  let start = 0, over = {}, picked = {}, later;

  const numbers = (values) => Object.fromEntries(Object.entries(values).map(([name, [value]]) => [name, value]));
  const base = () => numbers(data.starts[start].values);

  // Every result, and every field's value: a field that no start fixes follows from the others.
  function results(given) {
    const value = book.evaluation(given, formulas);
    return Object.fromEntries([...names, ...data.results].map((name) => [name, value(name)]));
  }

  // A list from which a whole group of fields is filled.
  function chooser(group) {
    const options = data.choices[group];
    if (!options) return [];
    const id = `own-choice-${group}`;
    const select = element("select", { id, class: "calc-unit" },
      ...[["your own numbers"], ...options].map(([title], i) => element("option", { value: i }, title)));
    select.addEventListener("change", () => {
      const [, values] = picked[group] = options[select.value - 1] || [0, {}];
      for (const [name, [, unit]] of Object.entries(values)) fields[name].shown = unit;
      change({ ...over, ...numbers(values) }, fields[names[0]]);
    });
    choosers.push((now) => {
      const isNow = ([, values]) => Object.entries(values).every(([name, [value]]) => now[name] === value);
      // Of those that are alike in these fields, the one that the reader chose.
      const found = options.filter(isNow);
      select.value = 1 + options.indexOf(found.includes(picked[group]) ? picked[group] : found[0]);
    });
    return [element("div", { class: "own-field" }, element("label", { for: id }, "choose"), select)];
  }

  function field(name) {
    const { meaning } = book.quantities[name], id = `own-${name}`;
    const one = fields[name] = book.field(id, name, meaning, { id });
    one.input.addEventListener("input", () => typed(one));
    one.input.addEventListener("change", () => one.refused || render());
    one.unit.addEventListener("change", () => {
      one.shown = one.unit.value;
      accept(one);
      render();
    });
    return element("div", { class: "own-field" }, element("label", { for: id }, meaning), one.pair, one.note);
  }

  function unitOf(name) {
    const one = fields[name], about = book.quantities[name];
    const stated = one.shown || (data.starts[start].values[name] || [])[1];
    if (has(about.units, stated) && (stated !== "1" || one.shown)) return stated;
    return book.bestUnit(results(given())[name], name);
  }

  const given = () => ({ ...base(), ...over });

  function typed(one) {
    const { [one.name]: old, ...others } = over;
    if (!one.input.value.trim() && !has(base(), one.name)) return change(others, one);
    one.shown = unitOf(one.name);
    const take = () => change({ ...over, [one.name]: book.readField(one, one.shown) }, one);
    return book.trying(take, (why) => refuse(one, why));
  }

  function change(next, one) {
    const first = base();
    for (const name of Object.keys(next)) if (next[name] === first[name]) delete next[name];
    if (!book.trying(() => results({ ...first, ...next }), (why) => refuse(one, why))) return;
    over = next;
    Object.values(fields).forEach(accept);
    render(document.activeElement);
    clearTimeout(later);
    later = setTimeout(() => book.putInAddress(state()), 300);
  }

  function refuse(one, message) {
    book.refuse(one, message);
    say(message, 700);
  }

  const state = () => [...(start ? [`start=${start}`] : []), book.writeCase({ words: {}, ranges: {}, given: over })].filter(Boolean).join("&");

  function render(typing) {
    const first = base(), now = results(given()), before = results(first);
    for (const name of names) {
      const one = fields[name], unit = unitOf(name);
      if (one.unit.tagName === "SELECT") one.unit.value = unit;
      if (one.input !== typing && !one.refused) {
        one.input.value = book.fieldText(now[name], name, unit, 6);
      }
      one.input.closest(".own-field").classList.toggle("calc-changed", has(over, name));
    }
    for (const name of data.results) {
      const row = rows[name], by = Number((now[name] / before[name] - 1).toPrecision(12));
      row.value.textContent = text(now, name);
      row.change.textContent = now[name] === before[name] ? "" : `${book.percent(by)} from ${text(before, name)}`;
    }
    draw(now, before);
    const parts = new Set(Object.keys(given()));
    const said = [...book.warnings(given(), parts, over, unitOf),
      ...book.still(parts, over, data.starts[start].title)];
    book.list(lines, said, []);
    choosers.forEach((show) => show(now));
    choice.value = String(start);
    clear.disabled = !Object.keys(over).length;
    say(`Training takes ${text(now, "training_energy")}, the site draws ${text(now, "facility_power")}, ` +
      `break-even comes after ${text(now, "breakeven_time")}.`, 500);
  }

  const text = (values, name) => book.show(book.snapped(values[name]), name).text;

  // Serving adds up along a line through the origin; training is a level; they cross at break-even.
  function draw(now, before) {
    const width = 640, left = 16, bottom = 234, top = 46;
    const most = (name) => Math.max(now[name], before[name]) * 1.45;
    const x = (days) => left + (days / most("breakeven_time")) * (width - left - 16);
    const y = (energy) => bottom - (energy / most("training_energy")) * (bottom - top);
    const parts = [["line", { class: "axis", x1: left, x2: width - 16, y1: bottom, y2: bottom }]];
    for (const [kind, values] of [["was", before], ["now", now]]) {
      const across = x(values.breakeven_time), level = y(values.training_energy);
      const reach = Math.min((width - 16 - left) / (across - left), (bottom - top) / (bottom - level));
      const end = left + reach * (across - left), height = bottom - reach * (bottom - level);
      parts.push(
        ["line", { class: `${kind} training`, x1: left, x2: width - 16, y1: level, y2: level }],
        ["line", { class: `${kind} serving`, x1: left, y1: bottom, x2: end, y2: height }],
        ["circle", { class: kind, cx: across, cy: level, r: 6 }]);
      if (kind === "was") continue;
      parts.push(
        // Above its line's end, and on the side that the line leaves free.
        ["text", { x: end, y: height - 12, "text-anchor": end > 320 ? "end" : "start" },
          `serving: ${text(values, "daily_serving_energy")}`],
        ["line", { class: "drop", x1: across, x2: across, y1: level, y2: bottom }],
        ["text", across > 320 ? { x: left, y: level - 8 } : { x: width - 16, y: level - 8, "text-anchor": "end" },
          `training: ${text(values, "training_energy")}`],
        ["text", { x: Math.max(80, Math.min(across, width - 80)), y: bottom + 27, "text-anchor": "middle" },
          text(values, "breakeven_time")]);
    }
    figure.replaceChildren(...parts.map(([tag, ...rest]) => element(`svg:${tag}`, ...rest)));
    figure.setAttribute("aria-label", `Serving has used as much as training after ${text(now, "breakeven_time")}`);
  }

  const again = () => {
    for (const one of Object.values(fields)) one.shown = null;
    picked = {};
    change({}, fields[names[0]]);
  };
  const titles = data.starts.map(({ title }, i) => [String(i), title]);
  const tools = book.tools("own-start", "Start from", titles, (chosen) => {
    start = Number(chosen);
    again();
  }, () => book.shareLink(state(), "", tools), again);
  const { choice, clear, say } = tools;
  const lines = element("ul", { class: "calc-lines" });
  const figure = element("svg:svg", { viewBox: "0 0 640 276", role: "img", class: "own-figure" });
  const table = place.querySelector("table");
  table.tHead.rows[0].append(element("th", { class: "head" }, "change"));
  const columns = table.querySelector("colgroup");
  const widths = [14, 37, 23, 26].map((share) => element("col", { style: `width: ${share}%` }));
  if (columns) columns.replaceChildren(...widths);
  data.results.forEach((name, i) => {
    const row = table.tBodies[0].rows[i];
    const change = element("td", { class: "own-change" });
    row.append(change);
    rows[name] = { value: row.cells[2].querySelector("p") || row.cells[2], change };
  });
  place.prepend(
    tools.box, tools.message, lines,
    element("div", { class: "own-fields" }, ...data.fields.map(([title, group]) =>
      element("fieldset", {}, element("legend", {}, title), ...chooser(title), ...group.map(field)))),
    figure,
    element("p", { class: "own-caption" },
      "The run’s energy is spent once, serving’s adds up day by day; they cross at break-even. " +
      "Dashed: where you started."));
  render();
  if (!book.hasState()) return;
  book.trying(() => {
    const wanted = /[?&]start=(\d)(?=&|$)/.exec(location.search);
    if (wanted && !data.starts[wanted[1]]) throw new Refusal("The address names no start; nothing was changed.");
    const { given: found, sought, ranges } = book.readCase(location.search.replace(/start=\d(&|$)/, ""));
    if (Object.keys(ranges).length || !Object.keys(found).every((name) => names.includes(name))) {
      throw new Refusal(book.style.case.unknown);
    }
    if (sought) throw new Refusal("The address leaves a value out; nothing was changed.");
    const { values } = data.starts[wanted ? wanted[1] : 0];
    results({ ...numbers(values), ...found });
    start = wanted ? Number(wanted[1]) : 0;
    change(found, fields[names[0]]);
  }, book.complain);
})();
