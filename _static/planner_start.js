// The planner's skeleton, its tools, and the case that an address or a file brings.
(function () {
  "use strict";
  const book = window.book, planner = book.planner;
  const { data, button } = planner, { element, Refusal, has, quantities } = book;
  const CERTAIN = [0.8, 0.9, 0.95, 0.99];

  function select(id, options, action) {
    const made = element("select", { id }, ...options.map(([value, text]) => element("option", { value }, text)));
    made.addEventListener("change", () => action(made.value));
    return made;
  }

  function skeleton({ place, view, questions, fresh, take, state }) {
    planner.view = view;
    view.chips = Object.values(questions).map(({ id, title }) => [id, button(title, () => {
      view.kept = null;
      take(fresh(id));
    }, { class: "planner-chip", "aria-pressed": "false" })]);
    view.answer = element("h2", { class: "planner-answer", tabindex: "-1" });
    view.band = element("p", { class: "planner-band" });
    view.impossible = element("p", { class: "planner-impossible" });
    view.message = element("p", { class: "planner-message", role: "status" });
    let waiting;
    view.say = (text, pause = 0) => {
      clearTimeout(waiting);
      waiting = setTimeout(() => view.message.textContent = text, pause);
    };
    view.known = element("section", { class: "planner-known", "aria-label": "What you know" });
    view.picture = element("svg:svg", { class: "planner-picture", role: "img" });
    view.body = element("tbody");
    const heads = ["result", "value", "nine in ten", "change", "hangs on", "A", ""];
    view.table = element("table", { class: "planner-results" },
      element("thead", {}, element("tr", {}, ...heads.map((one) => element(one ? "th" : "td", one ? { scope: "col" } : {}, one)))),
      view.body);
    view.would = element("table", { class: "planner-would" }, element("caption"),
      element("thead", {}, element("tr", {}, ...["input", "the book", "would have to be", "times"]
        .map((one) => element("th", { scope: "col" }, one)))), element("tbody"));
    view.gap = element("section", { class: "planner-difference", "aria-label": "What makes the difference" });
    view.found = element("section", { class: "planner-found", "aria-label": "What follows" },
      element("div", { class: "planner-scroll" }, view.picture), view.would,
      element("div", { class: "planner-scroll", tabindex: "0", role: "region", "aria-label": "Results" }, view.table), view.gap);
    view.cite = citing(view);
    view.claim = claim(view, take, state);
    view.tools = tools(view, { take, state, fresh });
    place.replaceChildren(
      element("div", { class: "planner-chips", role: "group", "aria-label": "What do you ask?" },
        ...view.chips.map(([, chip]) => chip)),
      view.claim, view.answer, view.band, view.impossible, view.tools, view.message,
      element("div", { class: "planner-body" }, view.known, view.found), view.cite,
      ...place.querySelectorAll(":scope > .planner-data"));
  }

  function tools(view, { take, state, fresh }) {
    const sure = select("planner-sure", [["", "by the values as they are"],
      ...CERTAIN.map((one) => [one, `with ${Math.round(100 * one)} % certainty`])], (value) => {
      if (!take({ ...state(), sure: value ? Number(value) : null })) sure.value = state().sure || "";
    });
    view.sure = sure;
    const keep = button("Keep as A, change B", () => {
      view.kept = view.kept ? null : { plan: planner.now(), sentence: view.answer.textContent };
      keep.textContent = view.kept ? "Forget A" : "Keep as A, change B";
      keep.setAttribute("aria-pressed", String(Boolean(view.kept)));
      take({ ...state() });
      view.say(view.kept ? "This case is kept as A. What you change now is B." : "A is forgotten.");
    }, { "aria-pressed": "false" });
    const file = element("input", { type: "file", accept: ".toml", id: "planner-file", class: "visually-hidden" });
    file.addEventListener("change", async () => {
      const text = await file.files[0].text();
      file.value = "";
      book.trying(() => planner.open(planner.readFile(text, planner.isQuestion)), view.say);
    });
    return element("div", { class: "planner-tools" },
      element("label", { for: "planner-sure" }, "Answer"), sure,
      keep,
      button("Cite this case", () => {
        view.cite.open = true;
        view.cite.querySelector("summary").focus();
        view.cite.scrollIntoView({ block: "nearest" });
      }),
      button("Copy link", async () => {
        const link = location.href.replace(/[?#].*$/, "") + (planner.address() ? "?" + planner.address() : "");
        try {
          await navigator.clipboard.writeText(link);
          view.say("The link is copied: it opens the planner with this case.");
        } catch {
          view.say(link);
        }
      }),
      button("Copy table", () => planner.copyTable(view)),
      button("Save file", () => {
        const link = element("a", { download: "case.toml", href: "data:text/plain;charset=utf-8," +
          encodeURIComponent(view.texts["Scenario file"]) });
        document.body.append(link);
        link.click();
        link.remove();
      }),
      file, element("label", { for: "planner-file", class: "planner-load" }, "Load file"),
      button("Print", () => print()),
      button("Reset", () => {
        view.kept = null;
        take(fresh(state().ask));
        view.say("Back to the book’s case.");
      }));
  }

  // Texts to take away, each with a button.
  function citing(view) {
    const names = ["Sentence", "BibTeX", "CSL-JSON", "JSON", "Scenario file"];
    return element("details", { class: "planner-cite" }, element("summary", {}, "Cite this case"),
      ...names.map((name) => {
        const text = element("pre", { tabindex: "0", "aria-label": name });
        return element("div", { class: "planner-text" }, element("h3", {}, name),
          button("Copy", async () => {
            try {
              await navigator.clipboard.writeText(text.textContent);
              view.say(`${name} is copied.`);
            } catch {
              getSelection().selectAllChildren(text);
              view.say("Marked, for you to copy.");
            }
          }, { "aria-label": `Copy: ${name}` }), text);
      }));
  }

  // The slot for a sentence that somebody claims; what reads it is in claim.js.
  function claim(view, take, state) {
    const input = element("textarea", { id: "planner-claim", rows: "2", maxlength: "600" });
    const said = element("p", { class: "planner-verdict" });
    const read = () => {
      if (!book.claim) return void (said.textContent = "Give the figure by hand: fix a result below.");
      return book.trying(() => {
        const found = book.claim(input.value);
        said.textContent = found.words || "";
        if (found.quantity && has(quantities, found.quantity)) {
          take({ ...state(), claim: input.value, given: { [found.quantity]: found.value }, sought: null });
        }
      }, (why) => said.textContent = why);
    };
    const made = element("form", { class: "planner-claim" },
      element("label", { for: "planner-claim" }, "Paste a sentence, such as “a prompt uses 2.9 Wh”"), input,
      element("button", { type: "submit" }, "Hold it against the book"), said);
    made.addEventListener("submit", (event) => {
      event.preventDefault();
      read();
    });
    view.claimText = input;
    view.claimSaid = said;
    return made;
  }

  // A case as an address or a file has it, taken into the question that it names or that knows all of it.
  function asked({ words, given, ranges, sought }, { questions, fresh, isResultOf }) {
    const { ask, sure, claim: sentence, scenario, ...choices } = words, old = /^[?&]?start=/.test(location.search.slice(1));
    const names = [...Object.keys(given), ...(sought ? [sought] : [])];
    const knows = (one) => names.every((name) => one.fields.includes(name) || one.results.includes(name) ||
      has(data.scenarios[one.scenario].inputs, name));
    const all = Object.values(questions);
    const one = ask ? questions[ask] : scenario ? all.find((each) => each.scenario === scenario && knows(each))
      : names.length && !knows(all[0]) ? all.find(knows) : all[0];
    if (!one || !knows(one)) {
      throw new Refusal("The address names something that the planner does not have; nothing was changed.");
    }
    if (old) return null;
    for (const [kind, id] of Object.entries(choices)) {
      if (!planner.entries[kind]?.has(id)) {
        throw new Refusal(`The address names a ${kind} that the planner does not have; nothing was changed.`);
      }
    }
    if (sought && !isResultOf(one, sought) && !one.fields.includes(sought) &&
      !has(data.scenarios[one.scenario].inputs, sought)) {
      throw new Refusal("The address does not say what to seek; nothing was changed.");
    }
    return { ...fresh(one.id), choices, given, ranges, sought: sought === one.seek ? null : sought,
      sure: sure ? Number(sure) : null, claim: sentence || "" };
  }

  planner.start = (context) => {
    const { view, questions, fresh, take, state, plan, address } = context;
    const isResultOf = (one, name) => one.results.includes(name) && !one.fields.includes(name);
    Object.assign(planner, {
      address, now: plan, isQuestion: (id) => has(questions, id || ""),
      open: (found) => {
        const next = asked(found, { questions, fresh, isResultOf });
        if (next && take(next)) {
          view.sure.value = state().sure || "";
          view.claimText.value = state().claim;
        }
      },
    });
    skeleton(context);
    take(fresh(Object.keys(questions)[0]));
    if (!book.hasState()) return;
    book.trying(() => planner.open(book.readCase(location.search)), book.complain);
  };
})();
