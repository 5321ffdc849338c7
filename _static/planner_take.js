// What one takes away from the planner: the table, two cases side by side, citations, files; and its skeleton.
(function () {
  "use strict";
  const book = window.book, its = book.planner;
  const { data, meaning, text, tried, known } = its, { element, has, filled, style } = book;
  const cell = (name, ...parts) => element("td", name ? { class: name } : {}, ...parts);
  const head = (name) => element("th", { scope: "row" }, book.capitalised(meaning(name)));

  // The table's rows for a question; their numbers follow.
  its.rows = (body, names, { seekThis, fix }) => {
    body.replaceChildren(...names.map((name) => {
      const act = (label, what) => {
        const made = element("button", { type: "button", class: "planner-seek", "aria-label": `${label}: ${meaning(name)}` }, label);
        made.addEventListener("click", () => what(name));
        return made;
      };
      return element("tr", { "data-name": name },
        element("th", { scope: "row" }, element("a", {}, book.capitalised(meaning(name)))),
        cell("number"), cell("number"), cell("planner-change"), cell("planner-hangs"), cell("planner-kept"),
        cell("planner-act", act("seek", seekThis), act("fix", fix)));
    }));
  };

  its.table = (body, names, plan, usual, { bandOf, onward, kept }) => {
    for (const row of body.rows) {
      const { name } = row.dataset, [first, value, band, change, hangs, other] = row.cells;
      let now = NaN, missing = "";
      const why = (problem) => missing = problem;
      book.trying(() => now = plan.made.value(name), why);
      const far = known(now) && its.beyond(plan.made, name);
      if (far) [now, missing] = [NaN, far];
      const is = known(now), said = is ? its.banded(now, bandOf(plan, name), name) : null;
      value.textContent = is ? said.value : far ? "beyond what was measured" : /Accepted/.test(missing) ? "cannot be" : "not known";
      value.title = missing;
      band.textContent = is ? said.band || "–" : "";
      if (is) value.prepend(bound(plan, name));
      const before = tried(() => usual.made.value(name));
      const by = Number((now / before - 1).toPrecision(12));
      change.textContent = is && by && known(by) ? `${book.percent(by)} from ${text(before, name)}` : "";
      if (!is) hangs.textContent = "";
      first.firstChild.href = onward(name);
      row.classList.toggle("planner-sought", name === plan.sought);
      row.classList.toggle("planner-fixed", plan.back && name === plan.goal);
      other.textContent = "";
      if (kept && is) {
        const theirs = tried(() => kept.plan.made.value(name));
        other.textContent = known(theirs) ? `${text(theirs, name)} ×${times(now / theirs)}` : "not known";
      }
    }
  };
  // The word before a result that is a bound: every input that is one, and the book's still, pushes it the same way.
  function bound(plan, name) {
    const ways = new Set(), now = plan.made.value(name);
    for (const leaf of plan.made.needed(name)) {
      const side = plan.found[leaf]?.own && plan.found[leaf].bound;
      if (!side || has(plan.given, leaf)) continue;
      const by = book.evaluation({ ...plan.values, [leaf]: plan.values[leaf] * 1.001 })(name) - now;
      if (by) ways.add((side === "upper") === (by > 0));
    }
    return ways.size === 1 ? data.words[ways.has(true) ? "most" : "least"].replace("{value}", "") : "";
  }
  const times = (by) => Number(by.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });

  its.hanging = (body, names, plan) => {
    for (const row of body.rows) {
      const { name } = row.dataset;
      const most = tried(() => known(plan.made.value(name)) && its.hangs(plan.made, name), null);
      row.cells[4].textContent = most ? `${meaning(most.name)} (${Math.round(100 * most.share)}\u00a0%)` : "";
    }
  };

  // What each input would have to be, alone, for the claim to hold.
  its.claimRows = (view, plan, question, planned, state) => {
    view.would.hidden = !question.claim || !plan.back;
    if (view.would.hidden) return;
    const { goal, target } = plan, rows = [];
    for (const name of question.fields) {
      const given = { ...state.given, [goal]: target };
      delete given[name];
      let found = NaN, holds = false;
      book.trying(() => {
        const other = planned(question, { ...state, given, sought: name, sure: null });
        if (!other.lines.length) found = other.answer, holds = Math.abs(other.made.value(goal) / target - 1) < 0.05;
      }, () => {});
      const own = its.laidOver(question, state).values[name];
      rows.push(element("tr", {}, head(name), cell("number", known(own) ? text(own, name) : "–"),
        cell("number", holds ? text(found, name) : "no value would do"),
        cell("number", holds && own ? `×${times(found / own)}` : "")));
    }
    view.would.tBodies[0].replaceChildren(...rows);
    view.would.caption.textContent = filled(data.words.would, {
      result: meaning(goal), target: text(target, goal),
    });
  };

  // Two cases side by side: the gap in the result at the chain's end, split into factors.
  function compared(view, plan) {
    const { kept, difference } = view;
    difference.hidden = !kept;
    view.table.classList.toggle("planner-compares", Boolean(kept));
    if (!kept) return;
    const goal = plan.goal, a = kept.plan.made, b = plan.made;
    const whole = tried(() => Math.log(b.value(goal) / a.value(goal)));
    const found = known(whole) ? its.factors(goal, a, b) : [];
    view.a.textContent = `A: ${kept.sentence}`;
    view.b.textContent = `B: ${view.answer.textContent}`;
    const row = (name, by) => element("tr", name === goal && by === whole ? { class: "planner-sum" } : {}, head(name),
      cell("number", text(a.value(name), name)), cell("number", text(b.value(name), name)),
      cell("number", `×${times(Math.exp(by))}`), cell("number", whole ? `${Math.round(100 * by / whole)} %` : ""));
    view.gap.replaceChildren(...found.filter(({ name }) => name !== goal).map(({ name, by }) => row(name, by)),
      ...(known(whole) ? [row(goal, whole)] : []));
  }

  its.link = () => location.href.replace(/[?#].*$/, "") + (its.address() && "?" + its.address());

  // Citations of the case; the words are Python's.
  function texts({ state, plan, question, valueOf }, view) {
    const link = its.link();
    const changes = [
      ...Object.entries(state.choices).map(([kind]) => `${kind} ${plan.titles[kind]}`),
      ...Object.entries(state.given).map(([name, value]) => {
        const range = state.ranges[name];
        const ends = range ? `${its.text(range[0], name)} to ${its.text(range.at(-1), name)}` : "";
        return range ? filled(style.drawn, {
          value: `${name} = ${its.text(value, name)}`, range: ends,
        }) : `${name} = ${its.text(value, name)}`;
      })];
    const keys = new Set();
    for (const name of Object.keys(plan.values)) {
      if (has(state.given, name)) continue;
      const from = plan.found[name], own = data.scenarios[question.scenario].inputs[name];
      const at = from && !from.own ? from.entry.sources[name] : own && own[4];
      if (at >= 0 && data.sources[at]) keys.add(data.sources[at][0]);
    }
    const say = {
      answer: view.answer.textContent, band: view.band.textContent ? `, ${view.band.textContent}` : "",
      changes: changes.length ? new Intl.ListFormat("en-GB").format(changes) : data.cite.unchanged, link,
      scenario: question.scenario, keys: [...keys].join(", "),
      key: question.id + its.address().replace(/\W/g, "").slice(0, 40),
    };
    const put = (form) => form.replace(/@(\w+)@/g, (_, name) => say[name]).replaceAll("\u00a0", " ");
    const results = Object.fromEntries(question.results.map((name) => [name, valueOf(name)])
      .filter(([, value]) => known(value))
      .map(([name, value]) => [name, { value, unit: book.quantities[name].unit }]));
    const record = {
      case: its.address(), question: question.id, sought: plan.sought,
      value: plan.answer, unit: book.quantities[plan.sought].unit, band: plan.banded, sure: state.sure,
      choices: plan.now, given: state.given, ranges: state.ranges, results, link,
    };
    return {
      Sentence: put(data.cite.sentence), BibTeX: put(data.cite.bibtex),
      "CSL-JSON": put(data.cite.csl), JSON: JSON.stringify(record, null, 2), "Scenario file": toml(state, plan, question),
    };
  }
  // The case as a scenario's file, as calc/model/case_file.py writes and reads it.
  function toml(state, plan, question) {
    const lines = [...data.cite.file, "", `title = "A case after ${question.scenario}"`, `extends = "${question.scenario}"`];
    for (const [kind, id] of Object.entries(state.choices)) lines.push(`${kind} = "${id}"`);
    lines.push("", "[case]", `sought = "${plan.sought}"`, `ask = "${question.id}"`);
    if (state.sure) lines.push(`sure = ${state.sure}`);
    for (const [name, value] of Object.entries(state.given)) {
      const range = state.ranges[name], { unit } = book.quantities[name];
      lines.push("", `[inputs.${name}]`, `value = ${value}`);
      if (range) lines.push(`low = ${range[0]}`, `high = ${range.at(-1)}`);
      if (range && range.length === 2) {
        const wide = range[0] > 0 && range[1] >= 10 * range[0] && book.quantities[name].domain.high !== 1;
        lines.push(`distribution = "${wide ? "lognormal" : "uniform"}"`);
      }
      if (unit !== "1") lines.push(`unit = "${unit}"`);
      lines.push('kind = "assumption"', `note = "${data.cite.note}"`);
    }
    return lines.join("\n") + "\n";
  }

  // A file of that kind as the case that it is: what this page writes, and what `t2t` writes of a case.
  its.readFile = (text) => {
    const tables = { top: {} };
    let at = tables.top;
    for (const line of text.split("\n")) {
      const [, head] = /^\s*\[(?:inputs\.)?(\w+)\]/.exec(line) || [];
      const [, key, value] = /^\s*(\w+)\s*=\s*"?(.*?)"?\s*$/.exec(line) || [];
      if (head) at = tables[head] = {};
      else if (key) at[key] = value;
    }
    const { top: { title, about, extends: scenario, ...choices }, case: { sought, ...asked } = {}, ...inputs } = tables;
    const numbers = Object.entries(inputs).map(([name, { value, low, high, distribution, unit }]) => [name,
      (low ? [low, ...(distribution ? [] : [value]), high] : [value])
        .map((number) => (has(book.quantities, name) && unit ? book.fromUnit(number, name, unit) : number)).join("~")]);
    const words = Object.entries({ ...(!asked.ask && { scenario }), ...choices, ...asked });
    return book.readCase("?" + [...words, ...numbers, ...(sought ? [[sought, ""]] : [])].map((one) => one.join("=")).join("&"));
  };

  its.taken = (context) => {
    const { view } = its;
    compared(view, context.plan);
    view.texts = texts(context, view);
    Object.values(view.texts).forEach((one, i) => view.pres[i].textContent = one);
  };

  its.tableText = (view) => [view.answer.textContent, view.band.textContent, "", ...[...view.table.rows].map((row) =>
    [...row.cells].slice(0, 5).map((one) => one.textContent).join("\t"))].join("\n").replaceAll("\u00a0", " ");
})();
