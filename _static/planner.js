// The planner: questions, what is known, what is sought; each edit works the chain out again.
(function () {
  "use strict";
  const book = window.book, its = book.planner;
  const { data, meaning, text, tried, planned, bandOf } = its, { quantities, element, has } = book;
  const place = document.querySelector(".planner");
  const questions = Object.fromEntries(data.questions.map((one) => [one.id, one]));
  const fresh = (ask) => ({ ask, choices: {}, given: {}, ranges: {}, sought: null, sure: null, claim: "" });
  let state = fresh(data.questions[0].id), plan, usual, fields = {}, choosers = {}, later, slow;
  const question = () => questions[state.ask];
  const inputs = () => data.scenarios[question().scenario].inputs;
  const isResult = (name) => question().results.includes(name) && !question().fields.includes(name);

  // Take a state, or leave all as it was and say why.
  function take(next, field, typing) {
    let now;
    const good = book.trying(() => now = planned(questions[next.ask], next, Boolean(next.sure)), (why) => {
      if (field) book.refuse(field, why);
      view.say(why, 500);
    });
    if (!good) return false;
    const other = next.ask !== state.ask;
    state = next;
    plan = now;
    if (other || !usual) {
      usual = planned(question(), fresh(state.ask));
      build();
    }
    Object.values(fields).forEach((one) => one !== field && book.accept(one));
    if (field) book.accept(field);
    render(typing);
    clearTimeout(later);
    later = setTimeout(() => book.putInAddress(address()), 300);
    return true;
  }

  const aCase = (more = {}) => {
    const own = Object.keys(questions)[0] === state.ask ? "" : state.ask;
    const choices = Object.fromEntries(Object.entries(state.choices).filter(([, id]) => id));
    return {
      words: { ...choices, ...(own && { ask: own }), ...(state.sure && { sure: String(state.sure) }),
        ...(state.claim && { claim: state.claim }), ...more },
      given: { ...state.given, ...(state.sought && { [state.sought]: null }) }, ranges: { ...state.ranges },
    };
  };
  const address = () => book.writeCase(aCase());

  // The case as a card of the book takes it: from its scenario, with what was sought put in.
  function onward(name) {
    const { words: { ask, sure, claim, ...choices }, given, ranges } = aCase();
    const kept = Object.fromEntries(Object.entries(given).filter(([one, value]) => value !== null && !isResult(one)));
    if (plan.back && has(plan, "answer")) kept[plan.sought] = plan.answer;
    const search = book.writeCase({
      words: { scenario: question().scenario, ...choices }, given: kept, ranges,
    });
    return `../d/${book.byResult[name].id}/index.html?${search}`;
  }

  // A field with its unit, a button that seeks it, and its source one step away.
  function field(name) {
    const id = `planner-${name}`, one = book.field(id, name, meaning(name), { id });
    one.input.removeAttribute("inputmode"); // words such as "to" are typed too
    one.shown = inputs()[name]?.[1];
    one.input.addEventListener("input", () => typed(one));
    one.input.addEventListener("change", () => one.refused || render());
    one.unit.addEventListener("change", () => {
      one.shown = one.unit.value;
      render();
    });
    const seek = element("button", { type: "button", class: "planner-seek" }, "seek this");
    seek.setAttribute("aria-label", `seek this instead: ${meaning(name)}`);
    seek.addEventListener("click", () => seekThis(name));
    const about = element("details", { class: "planner-about" },
      element("summary", { "aria-label": `source and range of ${meaning(name)}` }, "source"), element("span"));
    one.seek = seek;
    one.about = about.lastChild;
    one.row = element("div", { class: "planner-field" },
      element("label", { for: id }, book.capitalised(meaning(name))), one.pair,
      element("div", { class: "planner-beside" }, seek, about), one.note);
    fields[name] = one;
    return one.row;
  }

  function typed(one) {
    const { name } = one, next = { ...state, given: { ...state.given }, ranges: { ...state.ranges } };
    delete next.given[name];
    delete next.ranges[name];
    if (name === plan.sought) return;
    const good = book.trying(() => {
      if (!one.input.value.trim()) return;
      const unit = unitOf(name), range = book.rangeOf(one.input.value, name, unit);
      next.given[name] = range ? range.value : book.readField(one, unit);
      if (range && !isResult(name)) next.ranges[name] = range.ends;
      one.shown = unit;
    }, (why) => book.refuse(one, why));
    if (good) take(next, one, one.input);
  }

  function seekThis(name) {
    const next = { ...state, given: { ...state.given }, ranges: { ...state.ranges } };
    if (isResult(name)) {
      for (const one of Object.keys(next.given)) if (isResult(one)) delete next.given[one];
    } else {
      delete next.given[name];
      delete next.ranges[name];
      // What was found until now becomes what is fixed.
      if (!plan.back) next.given[plan.goal] = Number(plan.answer.toPrecision(3));
      else next.given[plan.goal] = plan.target;
      if (plan.back && plan.sought !== name) next.given[plan.sought] = plan.answer;
    }
    next.sought = name === question().seek ? null : name;
    if (take(next)) (fields[name]?.input || view.answer).focus?.();
  }

  function fix(name) {
    const next = { ...state, given: { ...state.given } };
    for (const one of Object.keys(next.given)) if (isResult(one)) delete next.given[one];
    next.given[name] = Number(plan.made.value(name).toPrecision(3));
    const { seek, fields: first } = question();
    next.sought = isResult(plan.sought) ? (isResult(seek) ? first.find((one) => plan.made.needed(name).has(one)) : seek)
      : plan.sought;
    if (next.sought === seek) next.sought = null;
    if (take(next)) fields[name]?.input.focus();
  }

  function chooser(kind) {
    const id = `planner-choice-${kind}`, all = [...its.entries[kind].values()];
    const select = element("select", { id }, ...all.map((one) => element("option", { value: one.id }, one.title)));
    select.addEventListener("change", () => {
      const next = { ...state, choices: { ...state.choices, [kind]: select.value } };
      const partner = { accelerator: "server", server: "accelerator" }[kind];
      if (partner) delete next.choices[partner];
      if (!take(next, choosers[kind])) select.value = plan.now[kind];
    });
    const note = element("span", { class: "calc-note" });
    choosers[kind] = { input: select, note };
    return element("div", { class: "planner-field" },
      element("label", { for: id }, book.capitalised(data.titles[kind])), select, note);
  }

  const unitOf = (name) => {
    const { shown } = fields[name] || {};
    if (shown && has(quantities[name].units, shown)) return shown;
    const value = has(plan.values, name) ? plan.values[name] : plan.target;
    return book.bestUnit(its.known(value) ? value : 1, name);
  };

  const view = {};
  // The page's parts for a question, once it is asked.
  function build() {
    fields = {};
    choosers = {};
    const one = question(), first = one.fields.filter((name) => quantities[name]);
    const leaves = new Set(one.results.flatMap((name) => {
      return tried(() => [...usual.made.needed(name)], []);
    }));
    const rest = Object.keys(inputs()).filter((name) => leaves.has(name) && !first.includes(name));
    view.choosers.replaceChildren(...one.choose.map(chooser));
    view.target.replaceChildren();
    view.first.replaceChildren(...first.map(field));
    view.rest.replaceChildren(...rest.map(field));
    for (const chip of view.chips) chip.setAttribute("aria-pressed", String(chip.dataset.ask === one.id));
    view.claim.hidden = !one.claim;
    its.rows(view.body, one.results, { seekThis, fix });
  }

  function targetRow() {
    const name = plan.goal;
    if (!plan.back) return view.target.replaceChildren();
    if (view.target.firstChild && fields[name]?.row.parentNode === view.target) return null;
    return view.target.replaceChildren(field(name));
  }

  function render(typing = null) {
    targetRow();
    for (const [name, one] of Object.entries(fields)) {
      const sought = plan.back && name === plan.sought, unit = unitOf(name);
      const value = sought ? plan.answer : name === plan.goal && plan.back ? plan.target : plan.values[name];
      one.input.readOnly = sought;
      one.row.classList.toggle("planner-sought", sought);
      one.row.classList.toggle("calc-changed", has(state.given, name));
      one.seek.hidden = sought || name === plan.goal;
      if (one.unit.tagName === "SELECT") one.unit.value = unit;
      if (one.input !== typing && !one.refused) one.input.value = fieldText(name, value, unit);
      aboutText(one, name);
    }
    for (const [kind, { input }] of Object.entries(choosers)) input.value = plan.now[kind];
    show();
  }

  function fieldText(name, value, unit) {
    if (!its.known(value)) return "";
    const plain = (number) => book.fieldText(number, name, unit, has(state.given, name) ? 12 : 6);
    const range = state.ranges[name];
    if (!range) return plain(value);
    if (range.length === 2) return `${plain(range[0])} to ${plain(range[1])}`;
    return `${plain(value)} (${plain(range[0])} to ${plain(range[2])})`;
  }

  function aboutText(one, name) {
    const own = inputs()[name], from = plan.found[name], unit = unitOf(name);
    const plain = (value) => its.givenText(value, name, unit);
    const parts = [];
    const source = (at) => {
      const [key, label, url] = data.sources[at] || [];
      return key ? [", ", url ? element("a", { href: url }, label || key) : label || key] : [];
    };
    if (has(state.given, name)) parts.push("Yours. ");
    if (from && !from.own) {
      parts.push(`${from.entry.title}: ${plain(from.value)}`, ...source(from.entry.sources[name]));
      if (from.range) parts.push(`; ${plain(from.range[0])} to ${plain(from.range[2])}`);
    } else if (own) {
      const [value, , , kind, at, locator, bound, range] = own;
      parts.push(`The book: ${bound ? (bound === "upper" ? "at most " : "at least ") : ""}${plain(value)}, ${kind}`,
        ...source(at), locator ? ` (${locator})` : "");
      if (range) parts.push(`; range ${plain(range[0])} to ${plain(range[1])}`);
    } else parts.push("Follows from the others until you give it a value");
    one.about.replaceChildren(...parts, ".");
  }

  function show() {
    clearTimeout(slow);
    view.answer.setAttribute("aria-busy", "false");
    const shown = (name) => {
      if (name !== plan.sought) {
        const value = name === plan.goal && plan.back ? plan.target : valueOf(name);
        return has(plan.values, name) && fields[name] ? its.givenText(value, name, unitOf(name)) : its.spoken(value, name);
      }
      const said = its.banded(plan.answer, plan.banded, name).said;
      const { least, most } = data.words, more = plan.back ? plan.more : data.least.includes(name);
      return state.sure ? book.filled(more ? least : most, { value: said }) : said;
    };
    const valueOf = (name) => {
      return has(plan.values, name) ? plan.values[name] : tried(() => plan.made.value(name));
    };
    view.impossible.replaceChildren(...plan.lines);
    view.impossible.hidden = !plan.lines.length;
    view.live.classList.toggle("planner-cannot", plan.lines.length > 0);
    view.sure.value = state.sure || "";
    if (plan.lines.length) {
      view.answer.textContent = plan.made ? "No answer" : "That cannot be";
      view.band.textContent = "";
      return view.say(plan.lines[0], 500, true);
    }
    const rough = plan.back && !plan.banded;
    plan.banded ??= plan.band(rough);
    const headline = () => {
      its.sentence(view.answer, question(), plan, shown);
      const sure = state.sure && book.percent(state.sure).replace("+", "");
      if (sure) view.answer.prepend(`${book.filled(data.words.sure, { sure })}: `);
      const { span } = its.banded(plan.answer, plan.banded, plan.sought);
      view.band.textContent = span && book.filled(book.style.band, { range: span });
    };
    headline();
    its.picture(view.picture, question().chain, valueOf, (name) => (has(usual.values, name) ? usual.values[name]
      : usual.made.value(name)), (value, name) => its.spoken(value, name, fields[name] && unitOf(name)));
    its.table(view.body, question().results, plan, usual, { bandOf, onward, kept: view.kept });
    const taken = () => its.taken({ state, plan, question: question(), valueOf });
    taken();
    const spoken = view.answer.textContent;
    // What takes longer than a frame follows: all draws after the first of them, and what results hang on.
    view.answer.setAttribute("aria-busy", "true");
    slow = setTimeout(() => {
      view.answer.setAttribute("aria-busy", "false");
      if (plan.few && plan.back) {
        const made = book.trying(() => plan = planned(question(), state), view.say);
        if (made) plan.banded = plan.band();
        return made && render(document.activeElement);
      }
      if (rough) {
        plan.banded = plan.band();
        headline();
        taken();
      }
      its.hanging(view.body, question().results, plan);
      its.claimRows(view, plan, questions[state.ask], planned, state);
      view.say(`${spoken}. ${view.band.textContent}`, 400, true);
      return null;
    }, rough ? 120 : 30);
    return null;
  }

  its.start({ place, view, questions, fresh, take, state: () => state, plan: () => plan, planned, isResult, aCase, address });
})();
