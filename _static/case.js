// A reader's case: one for all cards of a page, in its address, in its links, and in a banner that says so.
(function () {
  "use strict";
  const book = window.book;
  const { element, has, style, quantities, words, filled, Refusal } = book;
  const say = style.case, MOST = 100, MANY = 8, SLICE = 12; // steps to undo; cards shown at once; ms
  // A page of the book, from where this one is; not its search, which has words of its own in the address.
  const LEADS = /^(?!\w+:|\/\/|.*\bsearch\.html)((?:[^?#]*(?:\.html|\/))?)(?:\?([^#]*))?(#.*)?$/;
  let cards = new Map(), now = book.emptyCase(), solver = null, past = [], last = null, later, banner = null;

  const copyOf = ({ words: said, given, ranges, sought }) =>
    ({ words: { ...said }, given: { ...given }, ranges: { ...ranges }, sought });

  // Which card finds what is sought: the one that was asked, or the first that can.
  const solverOf = ({ given, sought }, ...asked) => (sought === null ? null : [...asked, ...cards.values()].find((card) =>
    card && has(given, card.result) && has(card.formula.inverses, sought)) || null);

  // Show a case on all cards. Refused by the card where it was changed, or by all, it changes nothing; another card that
  // it does not fit says so, and keeps the book's values.
  function show(next, card, asked = solver) {
    const solves = solverOf(next, asked, card), plans = new Map();
    const found = solves && solves.plan(next, true);
    const known = found ? { ...next, sought: null, given: { ...next.given, [next.sought]: found.over[next.sought] } } : next;
    const unfit = [];
    for (const one of cards.values()) {
      book.trying(() => plans.set(one, one === solves ? found : one.plan(known)), (why) => {
        if (one === card) throw new Refusal(why);
        unfit.push(why);
        plans.set(one, book.Step.asTheBook(filled(say.unfit, { why })));
      });
    }
    if (cards.size && unfit.length === cards.size) throw new Refusal(unfit[0]);
    now = next;
    solver = solves;
    const typing = document.activeElement;
    const others = [...plans].filter(([one, plan]) => one !== card && differs(one, plan));
    if (card) card.take(plans.get(card), typing);
    for (const [one, plan] of others) others.length > MANY ? one.hold(plan) : one.take(plan, typing);
    waiting = new Set([...waiting, ...(others.length > MANY ? others.map(([one]) => one) : [])].filter((one) => one !== card));
    soon();
    draw();
    carry();
    charts(known);
  }

  // On a page of many cards those that nobody is typing into are shown after it, a few at a time.
  let waiting = new Set(), due = 0;
  function soon() {
    clearTimeout(due);
    if (waiting.size) due = setTimeout(() => {
      const start = performance.now();
      for (const one of waiting) {
        waiting.delete(one);
        one.render(document.activeElement);
        if (performance.now() - start > SLICE) break;
      }
      soon();
    });
  }

  // The charts of the page follow, by a script that is loaded once there is a case.
  const drawings = document.querySelectorAll(".chart-tools");
  function charts(known) {
    const { [solver?.result]: target, ...given } = known.given;
    const follow = () => book.followCharts({ ...known, given: solver ? given : known.given });
    if (book.followCharts) follow();
    else if (drawings.length) book.fetched("chart").then(follow);
  }
  for (const tools of drawings) {
    tools.hidden = false;
    tools.addEventListener("click", ({ target }) =>
      target.dataset.take && book.fetched("take").then(() => book.takeChart(target)));
  }

  // The links of the page take the case along, with what was found in the place of what is sought; one with inputs of
  // its own keeps these.
  function carry() {
    const { [solver?.result]: target, ...given } = now.given;
    for (const card of cards.values()) usedBy(card);
    const text = book.writeCase(solver ? { ...now, given: { ...given, [now.sought]: solver.over[now.sought] } } : now);
    for (const link of document.querySelectorAll("a[href]")) {
      const base = (link.dataset.base ??= link.getAttribute("href"));
      const [, path, asked, hash] = LEADS.exec(base) || [];
      const own = link.dataset.own || asked;
      if (path === undefined || (!path && !own)) continue;
      const names = new Set((own || "").split("&").map((part) => part.split("=")[0]));
      const parts = text.split("&").filter((part) => part && !names.has(part.split("=")[0]));
      const all = [...(own ? [own] : []), ...parts].join("&");
      link.setAttribute("href", all.length > style.longest ? base : path + (all && "?" + all) + (hash || ""));
    }
  }

  // To what uses a card's result its links take the result too: there it may stand in the place of what made it here.
  function usedBy(card) {
    for (const link of card.article.querySelectorAll(".fold-chain p a[href]")) {
      const input = card.formula.inputs.some((name) => book.byResult[name]?.id === link.hash.slice(1));
      link.dataset.own = card.changed && !input ? `${card.result}=${card.amount(card.result)}` : "";
    }
  }

  const differs = (card, plan) => Object.entries(plan).some(([key, value]) =>
    JSON.stringify(card[key] ?? null) !== JSON.stringify(value ?? null));

  // A step that can be undone; letters typed one after the other into one field are one.
  function step(next, card, name, asked) {
    const before = now;
    show(next, card, asked);
    if (name === null || name !== last) past = [...past, before].slice(-MOST);
    last = name;
    if (card) book.announce(card);
    address(card?.article.id);
  }

  function address(fragment = location.hash.slice(1)) {
    clearTimeout(later);
    later = setTimeout(() => book.putInAddress(book.writeCase(now), fragment), 300);
  }

  function drop({ given, ranges }, name) {
    delete given[name];
    delete ranges[name];
  }

  // What is sought, and what is to come out, stand last in an address.
  function atTheEnd({ given, sought }) {
    for (const name of [sought, solver?.result]) {
      if (!has(given, name)) continue;
      const value = given[name];
      delete given[name];
      given[name] = value;
    }
  }

  book.changeCase = (card, name, value, ends) => {
    const next = copyOf(now), holders = [...cards.values()].filter((one) => one.names.has(name) && name !== one.result);
    const same = name !== card.result && !ends && holders.every((one) => one.book[name] === value);
    if (next.sought === name) {
      next.sought = null;
      delete next.given[solver.result];
    }
    // Results that a link brought along follow from their inputs again when one of these is changed.
    for (const { result, names, unknown } of cards.values()) if (names.has(name) && !unknown) drop(next, result);
    if (value === null || same) drop(next, name);
    else {
      next.given[name] = value;
      if (ends) next.ranges[name] = ends;
      else delete next.ranges[name];
    }
    if (next.sought && name !== card.result) atTheEnd(next);
    step(next, card, `${card.article.id} ${name}`);
  };

  // Let a card find an input, or again its result; what was found before stays as it was found.
  book.seek = (card, name, value) => {
    const next = copyOf(now);
    if (solver) {
      next.given[next.sought] = solver.over[next.sought];
      delete next.given[solver.result];
    }
    next.sought = name === card.result ? null : name;
    if (next.sought) {
      drop(next, name);
      drop(next, card.result);
      Object.assign(next.given, { [name]: null, [card.result]: value });
    }
    step(next, card, null, card);
  };

  book.resetCase = (card) => {
    step(book.emptyCase(), card, null, null);
    clearTimeout(later);
    book.putInAddress("", card ? card.article.id : location.hash.slice(1));
  };

  book.shareCase = (fragment, tools) => {
    clearTimeout(later);
    book.fetched("share").then(() => book.shareLink(book.writeCase(now), fragment, tools));
  };

  // A case's lines: what was changed, to what, and what the book has there.
  function lines() {
    const of = (name) => [...cards.values()].find((card) => has(card.over, name)) ||
      [...cards.values()].find((card) => card.names.has(name) && name !== card.result);
    const said = Object.entries(now.words).map(([word, value]) => [word, value, say.word]);
    for (const name of Object.keys(now.given)) {
      const card = of(name), own = solver?.result === name;
      const shown = own ? solver.shown(name).text : card && has(card.over, name) ? card.changedText(name)
        : now.given[name] === null ? say.sought : has(quantities, name) ? book.show(now.given[name], name).text
          : String(now.given[name]);
      const theirs = own ? solver.bookText(name) : card?.bookText(name);
      const note = theirs ? filled(say.book, { value: theirs }) : has(quantities, name) ? say.fixed : say.elsewhere;
      said.push([quantities[name]?.meaning ?? words(name), shown, note]);
    }
    return said;
  }

  function make() {
    const button = (text, action) => {
      const made = element("button", { type: "button" }, text);
      made.addEventListener("click", action);
      return made;
    };
    const list = element("ul"), title = element("strong"), count = element("small");
    const message = element("p", { class: "calc-message", role: "status" });
    const tell = (text) => message.replaceChildren(text);
    const undo = button(say.undo, () => {
      const before = past.pop();
      last = null;
      show(before, null, null);
      address();
      tell(filled(say.shown, { changes: summary() }));
      stay(undo);
    });
    const reset = button(say.reset, () => {
      for (const card of cards.values()) card.units = { ...card.stated };
      book.resetCase(null);
      tell(say.cleared);
      stay(undo);
    });
    const copy = button(say.copy, () =>
      book.shareCase(location.hash.slice(1), { message, say: tell }));
    const box = element("section", { class: "case", "aria-label": say.label },
      element("details", { open: innerWidth > 576 }, element("summary", {}, title, " ", count), list,
        element("small", {}, say.text)),
      element("div", { class: "case-tools" }, undo, " ", reset, " ", copy), message);
    document.querySelector(".bd-article").prepend(box);
    return { box, list, title, count, undo, reset };
  }

  const summary = () => lines().map(([name, value]) => `${name} ${value}`).join(", ") || say.cleared;

  // The keyboard's place stays in the banner while there is one, and goes to the page's text with it.
  function stay(button) {
    if (!banner.box.hidden && !button.disabled) return button.focus();
    const heading = banner.box.hidden ? document.querySelector(".bd-article h1") : banner.reset;
    if (banner.box.hidden) heading.tabIndex = -1;
    return heading.focus();
  }

  function draw() {
    if (!banner && book.isEmpty(now)) return;
    banner ??= make();
    const said = lines();
    banner.box.hidden = book.isEmpty(now) && !past.length;
    banner.title.textContent = said.length ? say.title : say.cleared;
    banner.count.textContent = said.length && filled(said.length === 1 ? say.one : say.many, { count: said.length });
    banner.undo.disabled = !past.length;
    banner.list.replaceChildren(...said.map(([name, value, theirs]) =>
      element("li", {}, `${name}: `, element("b", {}, value), " ", element("small", {}, theirs))));
    document.documentElement.classList.toggle("has-case", !book.isEmpty(now));
  }

  // What a case starts from beside the page's own: the inputs of a scenario and of entries of the catalogue, each in a
  // file that is loaded when an address names it.
  const laid = ({ words: said }) => Object.entries(said).filter(([word]) => say.laid.includes(word));

  // The same for one card, in whose scenario nothing of it may be known already.
  book.laidOver = (card, said) => laid({ words: said }).filter(([word, id]) => word !== "scenario" || id !== card.said.scenario)
    .map(([word, id]) => [word, id, book.bases[`${word}-${id}`]]);

  // Begin with the case of the address, if it has one.
  book.startCase = (all) => {
    cards = all;
    for (const card of cards.values()) card.render();
    if (!book.hasState()) return;
    // On the page of one derivation there is no other.
    const named = cards.get(location.hash.slice(1)) || cards.get("card");
    let next;
    const open = () => book.trying(() => {
      if (next.sought && named && !solverOf(next)) {
        const known = Object.keys(next.given).some((name) => [...cards.values()].some((card) => card.names.has(name)));
        if (Object.keys(next.given).length === 1 || !known) throw new Refusal(say.unknown);
      }
      show(next, named, named);
      if (!named) return;
      if (Object.keys(named.over).length) named.inputs.open = true;
      book.announce(named);
    }, book.complain);
    if (!book.trying(() => (next = book.readCase(location.search)), book.complain)) return;
    const wanted = [...cards.values()].flatMap((card) => laid(next).filter(([word, id]) =>
      word !== "scenario" || id !== card.said.scenario).map((parts) => parts.join("-")));
    const files = [...new Set(wanted)].map((name) => book.loaded(`formulas/case-${name}.js`));
    if (!files.length) open();
    else Promise.all(files).then(open, (problem) => book.complain(problem.message));
    book.fetched("cite").then(() => cards.forEach(book.cite));
  };

  book.bases = {};
  Object.assign(book, { theCase: () => now, openCase: show });
})();
