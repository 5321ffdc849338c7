// What the planner works out: a chain with one end fixed and the other sought, by values or with a certainty.
(function () {
  "use strict";
  const book = window.book, its = book.planner;
  const { data, meaning, text, tried } = its, { quantities, has, Refusal } = book;

  const ROUGH = 1e-3; // how close is close enough at first

  // What is sought, what is fixed at the other end, and the values of everything between; at first, where draws are solved, of
  // a few of them.
  function planned(one, of, few = false) {
    const known = its.laidOver(one, of), sought = of.sought || one.seek;
    const results = (name) => one.results.includes(name) && !one.fields.includes(name);
    const fixed = Object.keys(of.given).filter((name) => results(name));
    const goal = results(sought) ? sought : fixed.at(-1) || Object.keys(one.given)[0];
    if (!goal) throw new Refusal(`To seek ${meaning(sought)}, fix one result: press its “fix”.`);
    const back = goal !== sought, target = back ? of.given[goal] ?? one.given[goal] : null;
    const values = { ...known.values };
    for (const name of fixed) delete values[name];
    delete values[goal];
    if (back) delete values[sought];
    const lines = its.impossible(of.given, values);
    const found = { ...known, values, sought, goal, target, back, lines, sure: of.sure, few };
    found.titles = Object.fromEntries(Object.entries(known.now).map(([kind, id]) =>
      [kind, its.entries[kind]?.get(id)?.title || id]));
    if (lines.length) return found;
    solve(one, found);
    const far = its.beyond(found.made, goal);
    if (far) lines.push(book.filled(data.words.beyond, { far }));
    return found;
  }

  function solve(one, found) {
    const { values, ranges, other, sought, goal, target, back, sure, few } = found;
    const least = data.least.includes(goal), share = sure && (least ? 1 - sure : sure);
    const over = { ...other };
    if (back) {
      delete ranges[sought];
      const { domain } = quantities[sought];
      const start = has(found.found, sought) ? found.found[sought].value
        : domain.high !== null && domain.high <= 1 ? 0.5 : Math.max(domain.low, 1);
      values[sought] = over[sought] = start;
      const whole = its.chain(one.scenario, values, ranges, over), part = its.chain(one.scenario, values, ranges, over, true);
      const point = (x) => tried(() => book.evaluation({ ...values, [sought]: x })(goal));
      const inDraws = (at, some = few) => (x) => tried(() => {
        values[sought] = x;
        const list = (some ? part : whole).inDraws(goal);
        return typeof list === "number" ? list : its.quantiles(list, [at])[0];
      });
      const of = (result, from = start, close) => its.edge(result, target, least, from, domain, close);
      // With a certainty the search begins where the values themselves, and a part of the draws' slope, lead.
      const begun = share && of(point), near = begun && !domain.whole && its.met(inDraws(share), target, begun.value, domain);
      const edge = share ? (near && its.edgeAt(inDraws(share), target, least, near, domain)) ||
        of(inDraws(share), begun ? begun.value : start, few ? ROUGH : undefined) : of(point);
      if (!edge) {
        throw new Refusal(`No ${meaning(sought)} is found with which ${meaning(goal)} is ${text(target, goal)}.`);
      }
      const { value, more } = edge;
      found.answer = value;
      found.more = more;
      found.band = (some = false) => {
        const ends = its.shares.map((at) => {
          const result = inDraws(least ? 1 - at : at, some);
          return its.met(result, target, value, domain) ?? of(result, value, some ? ROUGH : 1e-5)?.value;
        }).sort((a, b) => a - b);
        values[sought] = value;
        return ends.includes(undefined) ? null : ends;
      };
      values[sought] = over[sought] = value;
    }
    found.made = its.chain(one.scenario, values, ranges, over);
    if (back) return;
    found.point = found.made.value(goal);
    found.answer = share ? its.quantiles(list(found, goal), [share])[0] : found.point;
    found.band = () => bandOf(found, goal);
  }
  const list = (found, name) => {
    const drawn = found.made.inDraws(name);
    return typeof drawn === "number" ? [drawn, drawn] : drawn;
  };
  function bandOf(found, name) {
    return tried(() => {
      const drawn = found.made.inDraws(name);
      return typeof drawn === "number" ? null : its.quantiles(drawn, its.shares);
    }, null);
  }

  Object.assign(its, { planned, bandOf });
})();
