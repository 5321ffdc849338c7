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

  function tools(view, { take, state, fresh, questions, address }) {
    const link = () => location.href.replace(/[?#].*$/, "") + (address() && "?" + address());
    const { sure, file } = view, forget = () => {
      view.kept = null;
      view.keep.textContent = view.keepText;
      view.keep.setAttribute("aria-pressed", "false");
    };
    on(sure, "change", () => take({ ...state(), sure: Number(sure.value) || null }));
    on(file, "change", async () => {
      const text = await file.files[0].text();
      file.value = "";
      book.trying(() => its.open(its.readFile(text)), view.say);
    });
    const actions = {
      keep() {
        if (view.kept) forget();
        else {
          view.kept = { plan: its.now(), sentence: view.answer.textContent };
          view.keep.textContent = "Forget A";
          view.keep.setAttribute("aria-pressed", "true");
        }
        take({ ...state() });
        view.say(view.kept ? "This case is kept as A. What you change now is B." : "A is forgotten.");
      },
      cite() {
        view.cite.open = true;
        view.cite.firstElementChild.focus();
      },
      link: () => copied(link(), view, "The link is copied."),
      table: () => copied(its.tableText(view), view, "The table is copied."),
      save() {
        const href = "data:text/plain;charset=utf-8," + encodeURIComponent(view.texts["Scenario file"]);
        element("a", { download: "case.toml", href }).click();
      },
      print: () => print(),
      reset() {
        forget();
        take(fresh(state().ask));
        view.say("Back to the book’s case.");
      },
    };
    on(view.live, "click", ({ target }) => {
      const { ask, do: what, copy } = target.dataset;
      if (has(questions, ask)) forget(), take(fresh(ask));
      else if (has(actions, what)) actions[what]();
      else if (copy) copied(view.texts[copy], view, `${copy} is copied.`);
    });
  }

  // The slot for a sentence that somebody claims; what reads it is in claim.js.
  function claims(view, take, state) {
    const said = view.verdict;
    on(view.claim, "submit", (event) => {
      event.preventDefault();
      const text = view.claimText.value;
      if (!book.claim) return void (said.textContent = "Give the figure by hand: press “fix” at a result.");
      return book.trying(() => {
        const found = book.claim(text);
        said.textContent = found.words || "";
        if (has(book.quantities, found.quantity)) {
          take({ ...state(), claim: text, given: { [found.quantity]: found.value }, ranges: {}, sought: null });
        }
      }, (why) => said.textContent = why);
    });
  }

  // A case as an address or a file has it, taken into the question that it names, or the first that knows all of it.
  function asked({ words, given, ranges, sought }, { questions, fresh }) {
    // What was "Build your own" leads here with its values, and its starts are scenarios.
    const was = location.hash === data.was.hash, start = was && data.was.values[words.scenario];
    const { ask = was ? data.was.ask : "", sure, claim, scenario, ...choices } = words, all = Object.values(questions);
    given = { ...start, ...given };
    const names = Object.keys(given);
    const knows = (one) => (!scenario || start || one.scenario === scenario) && names.every((name) => one.fields.includes(name) ||
      one.results.includes(name) || has(data.scenarios[one.scenario].inputs, name));
    const one = ask ? questions[ask] : all.find(knows);
    if (!one || !knows(one)) {
      throw new Refusal("The address names something that the planner does not have; nothing was changed.");
    }
    for (const [kind, id] of Object.entries(choices)) {
      if (!one.choose.includes(kind) || !its.entries[kind].has(id)) {
        throw new Refusal(`The address names a ${kind} that this question does not have; nothing was changed.`);
      }
    }
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
    claims(view, take, state);
    take(fresh(Object.keys(questions)[0]));
    place.replaceChildren(view.live);
    view.live.hidden = false;
    const search = location.search.replace(/\bstart=(\w)/, (all, at) => data.was.starts[at] ?? all);
    if (book.hasState()) book.trying(() => its.open(book.readCase(search)), book.complain);
  };
})();
