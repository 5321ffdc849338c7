// What a sentence claims, found as calc/book/sentence_fits.py and sentences.py find it. book.claim(text, id) yields
// {text, claims, unread, ask, error, words}, and of a single claim what it says, in own units: formula, result (quantity), value,
// low, high, unit, bound, given, choices, scenario, asOf, say.
(function () {
  "use strict";
  const book = window.book;
  if (!book || !book.sentence) return;
  const { g, units, plain, scan, parts, line, filled, Refused } = book.sentence, AMOUNT = 4, TAG = 2, BOUNDARY = 3;
  const bounds = new Set(g.bounds), scenarios = new Set(g.scenarios), groups = ["gpu", "server"], single = [...groups, "energy", "gputime"];
  const meant = { gpu: ["gpu", "accelerator"], server: ["server", "rack"], household: ["home"] };
  const names = ["model", "accelerator", "server", "place", "price", "run", "service", "owner", "site"];
  const lists = ["per", "per_too", "all", "not_of", "uses", "boundary", "choices", "needs"];
  const readings = g.readings.map((row) => {
    const one = Object.fromEntries(g.fields.map((field, place) => [field, row[place] || ""]));
    for (const key of lists) one[key] = parts(one[key]);
    return { ...one, result: one.result || one.id.replaceAll("-", "_"), given: one.given || {}, default: one.default || {} };
  });

  // ---- what it claims
  function named(found) {
    const tags = new Set(), by = {};
    let every = "", verb = -1;
    for (const word of found.words)
      for (const [kind, said] of word.said) {
        if (kind === "tag") tags.add(said);
        else if (names.includes(kind)) { by[kind] = by[kind] || said; tags.add(kind === "site" ? "named_site" : kind); }
        else if (kind === "every") every = said;
        else if (kind === "verb" && verb < 0) verb = word.start;
      }
    if (by.place) tags.add(by.place);
    if (found.unread.some((word) => /[A-Z0-9]/.test(word))) tags.add("name");
    return { tags, by, every, verb };
  }
  const either = (wanted) => wanted.split("/");

  function fit(r, amount, found, n) {
    if (!r.all.every((wanted) => either(wanted).some((one) => n.tags.has(one)))) return null;
    const year = found.years.length ? Math.max(...found.years) : 0;
    if (year && !((r.since || 0) <= year && year <= (r.until || 9999))) return null;
    if (r.since && !year && !n.tags.has("future")) return null;
    const counted = countsBy(r, amount, found, n, year);
    if (!counted) return null;
    const given = {};
    for (const other of found.amounts) {
      const name = r.given[[other.kind, ...other.per.map(([one]) => one.kind)].join("/")];
      if (groups.includes(other.kind) && Math.max(...other.values) <= 1) continue;
      if (name && other !== amount && !counted.used.includes(other) && !given[name]) given[name] = other;
    }
    if (r.needs.some((kind) => !given[r.given[kind]])) return null;
    const strange = r.not_of.some((one) => n.tags.has(one) && !(["place", "accelerator"].includes(one) && r.uses.includes(n.by[one])));
    const scenario = strange ? "" : against(r, n);
    if (scenario === null) return null;
    const used = [amount, ...counted.used, ...Object.values(given)];
    const choices = Object.fromEntries(Object.entries(n.by).filter(([kind]) => r.choices.includes(kind) && !(n.by[r.by] && kind === "model")));
    return { r, amount, used, ...counted, used, given, choices, scenario, asOf: r.dated && year ? String(year) : "",
      score: score(r, n, used.length, found.amounts.length, choices) - (scenario ? 0 : 1) };
  }
  function countsBy(r, amount, found, n, year) {
    let low = 1, high = 1, period = "";
    const per = [], used = [], left = [...amount.per];
    for (const kind of r.per) {
      const met = left.find(([one]) => one.kind === kind);
      const other = met ? null : found.amounts.find((one) => one !== amount && one.kind === kind && !one.per.length);
      let unit;
      if (met) { left.splice(left.indexOf(met), 1); unit = met[0]; low *= met[1]; high *= met[1]; }
      else if (other) {
        const least = Math.min(...other.values), most = Math.max(...other.values);
        if (least <= 0 || (single.includes(kind) && most !== 1)) return null;
        unit = other.unit; low *= least; high *= most;
        used.push(other);
      } else if (kind === "time") unit = units.get(n.every || (year ? "year" : ""));
      else unit = (meant[kind] || [kind]).some((one) => n.tags.has(one)) ? units.get(subject(kind)) : null;
      if (!unit) return null;
      if (kind === "time" && r.period) period = unit;
      else per.push(unit);
    }
    if (left.some(([one]) => !r.per_too.includes(one.kind)) || low <= 0) return null;
    return { low, high, per: [...per, ...r.per_too.filter((kind) => g.subjects[kind]).map((kind) => units.get(subject(kind)))], period, used };
  }
  const subject = (kind) => (g.subjects[kind] || kind).toLowerCase();

  function against(r, n) {
    const fill = (text, kind) => {
      const name = n.by[kind] || "", made = text.replace(`{${kind}}`, g.short[name] || name);
      return scenarios.has(made) ? made : "";
    };
    const kind = (/\{(\w+)\}/.exec(r.scenario) || [])[1];
    if (kind) return n.by[kind] ? fill(r.scenario, kind) : null;
    if (r.by && n.by[r.by]) return r.named ? fill(r.named, r.by) : n.by[r.by];
    return r.scenario;
  }
  // The kinds of names that a reading makes use of.
  const kinds = (r) => new Set([...r.all.flatMap(either), ...r.uses, ...r.choices, r.by, ...r.not_of, (/\{(\w+)\}/.exec(r.scenario) || [])[1]]);
  function score(r, n, used, amounts, choices) {
    const own = new Set([...r.all.flatMap(either), ...r.uses, ...r.boundary, ...Object.keys(choices), r.by || "", ...Object.keys(r.given), ...r.per]);
    if (own.has("place")) own.add(n.by.place || "");
    const tags = [...n.tags], met = tags.filter((one) => own.has(one)).length;
    return AMOUNT * (2 * used - amounts) + TAG * r.all.length + met - (tags.length - met)
      + (r.boundary.some((one) => n.tags.has(one)) ? BOUNDARY : 0) - BOUNDARY * tags.filter((one) => bounds.has(one) && !own.has(one)).length;
  }

  function claimed(f) {
    const { r, amount } = f, unit = amount.unit;
    const scale = f.per.reduce((made, one) => made / one.plain, unit ? unit.factor : 1) / r.own;
    const own = (name, one) => ((one.values[0] + one.values[1]) / 2) * one.per.reduce((made, [unit, times]) => made / unit.factor / times, one.unit ? one.unit.factor : 1) / g.given[name];
    const given = Object.fromEntries(Object.entries(f.given).map(([name, one]) => [name, own(name, one)]));
    if (f.period) given[r.period] = f.period.plain / g.given[r.period];
    const low = (Math.min(...amount.values) * scale) / f.high, high = (Math.max(...amount.values) * scale) / f.low;
    return { id: r.id, formula: r.derived ? r.id : "", result: r.result, quantity: r.result, value: low === high ? low : (low + high) / 2, low, high,
      unit: r.unit, spelled: [unit ? unit.unit : "1", ...f.per.map((one) => one.unit.includes("*") ? `(${one.unit})` : one.unit)].join("/"), bound: amount.hedge, given,
      choices: { ...r.default, ...f.choices }, scenario: f.scenario, asOf: f.asOf, say: r.say || "" };
  }

  // What was understood of a sentence in which nothing is claimed, and what is missing.
  function nothing(found) {
    const amounts = found.amounts.map((one) => found.text.slice(one.start, one.end)), telling = ["tag", ...names];
    const told = found.words.filter((one) => one.said.some(([kind]) => telling.includes(kind))).map((one) => found.text.slice(one.start, one.end));
    const known = found.amounts.some((one) => one.kind !== "number" && readings.some((r) => r.kind === one.kind));
    const which = !amounts.length ? "no number" : !known ? "no unit" : amounts.length === 1 ? "no subject" : "no subjects";
    return line("nothing", { understood: [...new Set([...amounts, ...told])].join(", ") || "nothing", missing: line(which, { amount: amounts[0] }),
      accepted: line(which === "no unit" ? "units" : "sentences", {}) });
  }

  book.claim = function (text, choose) {
    const said = plain(String(text).slice(0, 4 * g.most.sentence)), refused = (error) => ({ text: said, error, words: error, claims: [], unread: [], ask: [] });
    const count = Math.max([...String(text)].length, [...said].length);
    if (count > g.most.sentence) return refused(line("long", { count, most: g.most.sentence }));
    let found;
    try { found = scan(said); } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return refused(error.message);
    }
    const n = named(found), behind = found.amounts.filter((one) => one.start > n.verb);
    let fits = [];
    for (const r of readings)
      for (const amount of found.amounts) {
        const met = amount.kind === r.kind ? fit(r, amount, found, n) : null;
        if (!met) continue;
        if (!behind.includes(amount) && behind.length) met.score -= AMOUNT;
        fits.push(met);
      }
    if (choose) fits = fits.filter((one) => one.r.id === choose);
    const best = Math.max(...fits.map((one) => one.score)), top = new Map();
    for (const one of fits) if (one.score === best && !top.has(one.r.id)) top.set(one.r.id, one);
    const all = [...top.values()], left = found.amounts.filter((one) => !all.some((f) => f.used.includes(one)));
    const claims = all.map(claimed), idle = found.words.filter((word) => word.said.some(([kind]) => names.includes(kind))
      && !word.said.some(([kind]) => names.includes(kind) && all.some((f) => kinds(f.r).has(kind))));
    const unread = [...found.unread, ...new Set(claims.length ? idle.map((one) => said.slice(one.start, one.end)) : []),
      ...left.map((one) => said.slice(one.start, one.end))];
    const ask = claims.length > 1 ? claims.map(({ id, say }) => ({ id, say })) : [], error = claims.length ? "" : nothing(found);
    // What to say of it: why it is not read, or what is asked, and what plays no part.
    const asked = ask.length ? filled(g.asked, { count: ask.length, options: ask.map(({ id, say }) => `${say || id} (${id})`).join(", ") }) : "";
    const rest = claims.length && unread.length ? filled(g.unreadWords, { words: unread.join(", ") }) : "";
    return { text: said, claims, ...(claims.length === 1 ? claims[0] : {}), unread, ask, error, words: [error || asked, rest].filter(Boolean).join(" ") };
  };
})();
