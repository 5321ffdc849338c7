// The planner's tools, and the case that an address or a file brings. The page's parts are in its template.
(function () {
  "use strict";
  const book = window.book, its = book.planner;
  const { data } = its, { element, Refusal, has } = book;

  const on = (one, type, action) => one.addEventListener(type, action);

  async function copied(text, view, said) {
    try {
      await navigator.clipboard.writeText(text);
      view.say(said);
    } catch {
      view.say(text);
    }
  }

  function tools(view, { take, state, fresh, questions }) {
    const { sure, file } = view, forget = () => {
      view.kept = null;
      view.keep.textContent = view.keepText;
      view.keep.setAttribute("aria-pressed", "false");
    };
    on(sure, "change", () => take({ ...state(), sure: Number(sure.value) || null }));
    on(file, "change", async () => {
      const [chosen] = file.files;
      if (!chosen) return;
      if (chosen.size > book.style.file) return void view.say(book.style.case.file);
      const text = await chosen.text().catch(() => "");
      file.value = "";
      book.trying(() => its.open(its.readFile(text)), view.say);
    });
    const actions = {
      keep() {
        if (view.kept) forget();
        else if (its.now().made) {
          view.kept = { plan: its.now(), sentence: view.answer.textContent };
          view.keep.textContent = "Forget A";
          view.keep.setAttribute("aria-pressed", "true");
        }
        take({ ...state() });
        view.say(view.kept ? "Kept as A. What you change now is B." : "A is forgotten.");
      },
      cite() {
        view.cite.open = true;
        view.cite.firstElementChild.focus();
      },
      print: () => print(),
      link: () => copied(its.link(), view, "The link is copied."),
      table: () => copied(its.tableText(view), view, "Copied."),
      save() {
        const href = "data:text/plain;charset=utf-8," + encodeURIComponent(view.texts["Scenario file"]);
        element("a", { download: "case.toml", href }).click();
      },
      reset() {
        forget();
        take(fresh(state().ask));
        view.say(book.style.case.cleared);
      },
    };
    on(view.live, "click", ({ target }) => {
      const { ask, do: what, copy } = target.dataset;
      if (has(questions, ask)) forget(), take(fresh(ask));
      else if (has(actions, what)) actions[what]();
      else if (copy) copied(view.texts[copy], view, `${copy} is copied.`);
    });
  }

  // The slot for a sentence that somebody claims: what reads it, book.claim, is in claim.js. What it claims is fixed, in
  // the first question that has it, and what the claim needs is sought.
  function claims(view, { take, questions, fresh }) {
    on(view.claim, "submit", async (event) => {
      event.preventDefault();
      const text = view.claimText.value, script = element("script", { src: "../_static/book-claims.js" });
      await new Promise((done) => document.head.append(Object.assign(script, { onload: done, onerror: done })));
      read(text);
    });
    // A sentence that fits more than one is not guessed: its readings are asked for, and the one that is meant is taken.
    function read(text, id) {
      const { claims = [], ask = [], error, words } = book.claim?.(text, id) || {};
      if (ask.length > 1) {
        const asked = book.filled(book.sentence.g.asked, { count: ask.length, options: "" }).trim();
        view.verdict.replaceChildren(asked, ...ask.flatMap(({ id, say }) => {
          const choice = element("button", { type: "button" }, say || id);
          on(choice, "click", () => {
            read(text, id);
            view.claimText.focus();
          });
          return [" ", choice];
        }));
        return;
      }
      const all = [questions.claim, ...Object.values(questions)], [found] = claims;
      const name = data.same[found?.result] || found?.result, one = found && all.find(({ results }) => results.includes(name));
      view.verdict.textContent = [found?.say, error || words].filter(Boolean).join(". ");
      if (!one) return;
      const made = its.chain(one.scenario, its.laidOver(one, fresh(one.id)).values);
      take({ ...fresh(one.id), claim: text, given: { [name]: found.value },
        sought: one.claim ? null : one.fields.find((field) => made.needed(name).has(field)) });
    }
  }

  // A case as an address or a file has it, taken into the question that it names, or the first that knows all of it.
  function asked(found, { questions, fresh }) {
    const { ask, sure, claim, scenario, ...choices } = found.words, { sought, ranges } = found;
    // What was "Build your own" leads here with its values, and its starts are scenarios.
    const old = location.hash === data.was.hash ? data.was : { values: {} },
      start = has(old.values, scenario) ? old.values[scenario] : null;
    const given = { ...start, ...found.given }, names = Object.keys(given), wanted = ask || old.ask;
    const knows = (one) => (!scenario || start || one.scenario === scenario) && names.every((name) => one.fields.includes(name) ||
      one.results.includes(name) || has(data.scenarios[one.scenario].inputs, name));
    const one = wanted ? has(questions, wanted) && questions[wanted] : Object.values(questions).find(knows);
    const fits = ([kind, id]) => one.choose.includes(kind) && its.entries[kind].has(id);
    if (!one || !knows(one) || !Object.entries(choices).every(fits)) throw new Refusal(book.style.case.unknown);
    if (sought) delete given[sought]; // stands there without a value
    return { ...fresh(one.id), choices, given, ranges, sought: sought === one.seek ? null : sought,
      sure: Number(sure) || null, claim: claim || "" };
  }

  its.start = (context) => {
    const { place, view, questions, fresh, take, state, plan, address } = context;
    const part = (name) => place.querySelector(`.planner-${name}`);
    for (const name of ["live", "answer", "band", "impossible", "message", "target", "choosers", "first", "more", "rest",
      "picture", "lines", "would", "difference", "a", "b", "cite", "claim", "verdict"]) view[name] = part(name);
    Object.assign(view, {
      chips: [...place.querySelectorAll(".planner-chip")], body: part("results").tBodies[0], table: part("results"),
      gap: part("gap").tBodies[0], sure: place.querySelector("#planner-sure"), file: place.querySelector("#planner-file"),
      claimText: place.querySelector("#planner-claim"), keep: place.querySelector("[data-do=keep]"),
      pres: [...place.querySelectorAll(".planner-cite pre")],
    });
    view.keepText = view.keep.textContent;
    let waiting;
    // What stands on the page already is spoken only.
    view.say = (text, pause = 0, spoken = false) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        view.message.textContent = text;
        view.message.classList.toggle("visually-hidden", spoken);
      }, pause);
    };
    Object.assign(its, {
      view, address, now: plan,
      open: (found) => {
        take(asked(found, context));
        view.claimText.value = state().claim;
      },
    });
    tools(view, context);
    claims(view, context);
    take(fresh(Object.keys(questions)[0]));
    place.replaceChildren(view.live);
    view.live.hidden = false;
    const search = location.search.replace(/\bstart=(\w)/, (all, at) => data.was.starts[at] ?? all);
    if (book.hasState()) book.trying(() => its.open(book.readCase(search)), book.complain);
  };
})();
