// Sentences with a claim in them, read as calc/book/sentence_words.py and sentences.py read them, step by step; the grammar
// (window.bookClaims) is calc's. book.claim(text) yields {text, claims, unread, ask}, or {error} where nothing is found.
(function () {
  "use strict";
  const g = window.bookClaims, book = (window.book = window.book || {});
  if (!g) return;
  const AMOUNT = 4, TAG = 2, BOUNDARY = 3, parts = (text) => (text ? text.split("|") : []);
  const units = new Map(), words = new Map();
  for (const [kind, unit, times, factor, spelt] of g.units)
    for (const one of parts(spelt)) units.set(one, { kind, unit, times, factor: times * factor, plain: factor });
  for (const [said, spelt] of g.words)
    for (const one of parts(spelt)) words.set(one, parts(said).map((pair) => [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)]));
  for (const one of [...words.keys()])
    if (one.includes("-") && !words.has(one.replaceAll("-", " "))) words.set(one.replaceAll("-", " "), words.get(one));
  const numbers = new Map(Object.entries(g.numbers)), sizes = new Map(Object.entries(g.sizes)), per = new Map(g.per.map((one) => [one, 1]));
  const bounds = new Set(g.bounds), scenarios = new Set(g.scenarios), groups = ["gpu", "server"];
  const meant = { gpu: ["gpu", "accelerator"], server: ["server"], household: ["home"] };
  const names = ["model", "accelerator", "server", "place", "price", "run", "service", "owner", "site"];
  const readings = g.readings.map((one) => ({ ...one, result: one.result || one.id.replaceAll("-", "_"),
    ...Object.fromEntries(["per", "per_too", "all", "none", "uses", "boundary", "choices", "needs"].map((key) => [key, parts(one[key])])),
    given: one.given || {}, default: one.default || {} }));

  const BLANK = /[ \t\n\r\f\v\x1c-\x1f\x85\ufeff]/g, SKIP = /[ ,;:()\[\]{}"'“”‘’„«»?!.…*_|]+/y, WORD = /[^ ,;:()\[\]{}"“”„«»?!…|]+/y;
  const NUMBER = /([1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])(?:\.[0-9]+)?)|([0-9]+,[0-9]+)|([0-9]+(?:\.[0-9]+)?|\.[0-9]+)/y;
  const POWER = /(?:[eE]([+-]?[0-9]{1,2})|\s?[x×⋅·*]\s?10\^?([+-]?[0-9]{1,2}))(?![0-9A-Za-z])/y, TEN = /10\^([0-9]{1,2})(?![0-9])/y;
  const YEAR = /(?:19|20)[0-9]{2}(?![0-9A-Za-z,%]|\.[0-9])/y;
  const BEFORE_YEAR = /(?:^|[^a-z])(?:in|by|since|during|of|for|from|year|fy|until|early|late|mid)[ -]*$/;
  const TO = /(?: ?(?:-|–|—) ?| to | and )/y, FROM = /(?:between|from) $/, HOURS = /[ -]hours?(?![a-z])/y;
  const INSIDE = /[a-z0-9]|-(?!hours?(?![a-z]))[a-z0-9]|\.[a-z0-9]/y, BELOW = /-[0-9.]*[0-9][^ ]*/y;
  const CURRENCY = /(?:US)?\$ ?|USD ?|€ ?|EUR ?/y, MONEY = /(?:US)?\$ ?|USD ?|€ ?|EUR ?/;
  const LATE = ["at most", "at least", "about"];
  const hit = (pattern, text, at) => { pattern.lastIndex = at; return pattern.exec(text); };
  class Refused extends Error {}

  function plain(text) {
    return text.normalize("NFKC").replaceAll("−", "-").replaceAll("⁄", "/").replace(BLANK, " ").replace(/ +/g, " ").replace(/^ +| +$/g, "");
  }

  function scan(text) {
    const low = text.replace(/[A-Z]/g, (one) => one.toLowerCase());
    const found = { text, amounts: [], words: [], years: [], unread: [] };
    let hedge = "", last = -1;

    function whole(end) {
      for (const tail of ["'s", "’s", "s", ""])
        if (low.startsWith(tail, end) && !hit(INSIDE, low, end + tail.length)) return end + tail.length;
      return null;
    }
    function longest(at, known) {
      for (let length = Math.min(44, text.length - at); length > 0; length--)
        for (const said of [text, low]) {
          const one = said.slice(at, at + length);
          if (!known.has(one)) continue;
          const end = whole(at + length);
          if (end !== null && (end === at + length || length > 2)) return [one, end];
        }
      return null;
    }
    const skip = (at) => at + (text[at] === " " || text[at] === "-" ? 1 : 0);
    const tell = (said, start, end) => found.words.push({ said, start, end });

    function phrase(at) {
      const met = longest(at, words);
      if (!met) {
        if (!"~≈<>≥≤".includes(text[at]) || !words.has(text[at])) return null;
        hedge = words.get(text[at]).find(([kind]) => kind === "hedge")[1];
        return at + 1;
      }
      const said = words.get(met[0]), word = (said.find(([kind]) => kind === "hedge") || ["", ""])[1];
      if (word && LATE.includes(word) && at <= last + 2 && !number(skip(met[1]))) {
        const before = found.amounts[found.amounts.length - 1];
        before.hedge = before.hedge || word;
      } else if (word) hedge = word;
      else if (said.every(([kind]) => kind !== "ignored")) hedge = "";
      tell(said, at, met[1]);
      return met[1];
    }
    function unread(at) {
      const met = hit(WORD, text, at);
      if (!met) return at + 1;
      const word = met[0].replace(/^[.'’\-–—/*]+|[.'’\-–—/*]+$/g, ""), two = g.ambiguous[word.toLowerCase()];
      if (Object.hasOwn(g.ambiguous, word.toLowerCase())) throw new Refused(`'${word}' may mean ${two}; write which`);
      hedge = "";
      if (word) found.unread.push(word);
      return at + met[0].length;
    }

    function year(at) {
      const met = hit(YEAR, text, at);
      if (!met || MONEY.test(text.slice(Math.max(0, at - 4), at))) return null;
      if (!BEFORE_YEAR.test(low.slice(0, at)) && (hedge || unit(at + 4))) return null;
      found.years.push(Number(met[0]));
      return at + 4;
    }
    function number(at) {
      const ten = hit(TEN, text, at);
      if (ten) return ["1", Number(ten[1]), at + ten[0].length];
      const met = hit(NUMBER, text, at);
      if (!met) return spelled(at);
      const digits = met[2] ? met[0].replace(",", ".") : met[0].replace(/[, ]/g, "");
      let end = at + met[0].length, power = 0;
      const exponent = hit(POWER, text, end);
      if (exponent) { end += exponent[0].length; power = Number(exponent[1] || exponent[2]); }
      const letter = Object.hasOwn(g.letters, text[end]) ? g.letters[text[end]] : 0;
      if (letter && !/[A-Za-z0-9/]/.test(text[end + 1] || "")) return [digits, power + letter, end + 1];
      return [digits, ...sized(end, power)];
    }
    function spelled(at) {
      const met = longest(at, numbers);
      if (!met) return null;
      const of = hit(/(?: of)? an?(?= )/y, low, met[1]);
      const end = of && ["half", "quarter", "third"].includes(met[0]) ? met[1] + of[0].length : met[1];
      const [digits, power] = numbers.get(met[0]).split("e");
      return [digits, ...sized(end, Number(power || 0))];
    }
    function sized(end, power) {
      for (let size; (size = longest(skip(end), sizes)); ) { power += sizes.get(size[0]); end = size[1]; }
      return [power, end];
    }

    function amount(at) {
      const currency = hit(CURRENCY, text, at), first = number(at + (currency ? currency[0].length : 0));
      if (!first) return null;
      let [digits, power, end] = first, counted;
      const one = { digits: [digits, digits], power, start: at, end, unit: null, per: [], hedge }, kept = found.words.length;
      if (currency) {
        const letter = hit(/ ?m(?![a-z0-9])/y, text, end);
        if (letter) { one.power += 6; end += letter[0].length; }
        end = ranged(one, end, at);
        one.unit = units.get("€E".includes(currency[0][0]) ? "euro" : "dollar");
      } else {
        end = counted = ranged(one, end, at);
        const met = unit(end);
        if (met) {
          one.unit = met[0];
          end = ranged(one, met[1], at);
          const again = end !== met[1] ? unit(end) : null;
          if (again) [one.unit, end] = again;
        } else if (!/[0-9.]/.test(text[at])) { found.words.length = kept; return null; }
        tagged(counted, end);
      }
      one.end = countedBy(one, end);
      one.kind = one.unit ? one.unit.kind : "number";
      one.values = one.digits.map((part) => value(part, one.power));
      found.amounts.push(one);
      hedge = "";
      last = one.end;
      return one.end;
    }
    const value = (part, power) => {
      const [head, more] = part.split("e");
      return Number(`${head}e${power + Number(more || 0)}`);
    };
    function ranged(one, end, at) {
      const to = hit(TO, low, end);
      if (!to || (to[0] === " and " && !FROM.test(low.slice(0, at)))) return end;
      const from = end + to[0].length, second = number(from);
      if (!second || one.digits[0] !== one.digits[1] || !/[0-9.]/.test(text[from])) return end;
      const [digits, power, stop] = second;
      if (one.power === 0 || one.power === power) { one.digits = [one.digits[0], digits]; one.power = power; }
      else one.digits = [one.digits[0], `${digits}e${power - one.power}`];
      return stop;
    }

    function unit(at) {
      const start = at, kept = [];
      for (let filler = 0; filler <= g.fillers; filler++) {
        const here = skip(at), met = unitHere(here, kept);
        if (met) { found.words.push(...kept); return met; }
        const word = longest(here, words);
        if (!word || number(here) || (here === at && at !== start)) return null;
        const said = words.get(word[0]);
        if (said.some(([kind, what]) => kind === "hedge" || kind === "verb" || what === "" || what === "site")) return null;
        kept.push({ said, start: here, end: word[1] });
        at = word[1];
      }
      return null;
    }
    function unitHere(at, kept) {
      if (text[at] === "%") return [units.get("%"), at + 1];
      const met = longest(at, units), named = longest(at, words), kinds = { accelerator: "gpu", server: "server" };
      const machine = named ? (words.get(named[0]).map(([kind]) => kinds[kind]).find(Boolean) || "") : "";
      if (machine && (!met || named[1] > met[1])) {
        kept.push({ said: words.get(named[0]), start: at, end: named[1] });
        const noun = longest(skip(named[1]), units), kind = noun ? units.get(noun[0]).kind : "";
        let end = noun && (kind === machine || kind === "gputime") ? noun[1] : named[1], hours = kind === "gputime" && machine === "gpu";
        const ran = machine === "gpu" ? hit(HOURS, low, end) : null;
        if (ran) { hours = true; end += ran[0].length; }
        return [units.get(hours ? "gpu-hour" : machine), end];
      }
      return met ? [units.get(met[0]), met[1]] : null;
    }
    function countedBy(one, end) {
      for (;;) {
        let at = end;
        while (text[at] === " " || text[at] === "(") at += 1;
        if (text[at] === "/") at += 1;
        else {
          const met = longest(at, per);
          if (!met) return end;
          at = met[1];
        }
        at = skip(at);
        let times = 1;
        const count = number(at), size = count ? null : longest(at, sizes), kept = found.words.length;
        if (count) { times = value(count[0], count[1]); at = count[2]; }
        else if (size) { times = value("1", sizes.get(size[0])); at = size[1]; }
        const met = unit(at);
        if (!met || !g.perKinds.includes(met[0].kind)) { found.words.length = kept; return end; }
        one.per.push([met[0], times]);
        end = met[1];
        tagged(at, end);
      }
    }
    function tagged(at, end) {
      const met = longest(skip(at), words);
      if (met && met[1] <= end) tell(words.get(met[0]), at, met[1]);
    }

    let at = 0;
    while (at < text.length) {
      const skipped = hit(SKIP, text, at);
      if (skipped) {
        const end = at + skipped[0].length;
        if (!skipped[0].includes(".") || !/[0-9]/.test(text[end] || "")) { at = end; continue; }
        at = end - (text[end - 1] === "." ? 1 : 0);
      }
      const below = hit(BELOW, text, at);
      if (below && (at === 0 || text[at - 1] === " ")) throw new Refused(`${below[0]} is below zero; a claim is of a number above 0`);
      at = year(at) || amount(at) || phrase(at) || unread(at);
    }
    return found;
  }

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
    if (!r.all.every((wanted) => either(wanted).some((one) => n.tags.has(one))) || r.none.some((one) => n.tags.has(one))) return null;
    const year = found.years.length ? Math.max(...found.years) : 0;
    if (year && !((r.since || 0) <= year && year <= (r.until || 9999))) return null;
    if (r.since && !year && !n.tags.has("future")) return null;
    const counted = countsBy(r, amount, found, n, year);
    if (!counted) return null;
    const given = {};
    for (const other of found.amounts) {
      const name = r.given[other.kind];
      if (groups.includes(other.kind) && Math.max(...other.values) <= 1) continue;
      if (name && other !== amount && !counted.used.includes(other) && !given[name] && !other.per.length) given[name] = other;
    }
    if (r.needs.some((kind) => !given[r.given[kind]])) return null;
    const scenario = against(r, n);
    if (!scenario) return null;
    const used = [amount, ...counted.used, ...Object.values(given)];
    const choices = Object.fromEntries(Object.entries(n.by).filter(([kind]) => r.choices.includes(kind)));
    return { r, amount, used, ...counted, used, given, choices, scenario, asOf: r.dated && year ? String(year) : "",
      score: score(r, n, used.length, found.amounts.length, choices) };
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
        if (least <= 0 || (groups.includes(kind) && most !== 1)) return null;
        unit = other.unit; low *= least; high *= most;
        used.push(other);
      } else if (kind === "time") unit = units.get(n.every || (year ? "year" : ""));
      else unit = (meant[kind] || [kind]).some((one) => n.tags.has(one)) ? units.get(subject(kind)) : null;
      if (!unit) return null;
      if (kind === "time" && r.period) period = unit;
      else per.push(unit);
    }
    if (left.some(([one]) => !r.per_too.includes(one.kind)) || low <= 0) return null;
    return { low, high, per: [...per, ...r.per_too.map((kind) => units.get(subject(kind)))], period, used };
  }
  const subject = (kind) => (g.subjects[kind] || kind).toLowerCase();

  function against(r, n) {
    const fill = (text, kind) => {
      const name = n.by[kind] || "", made = text.replace(`{${kind}}`, g.short[name] || name);
      return scenarios.has(made) ? made : null;
    };
    const kind = (/\{(\w+)\}/.exec(r.scenario) || [])[1];
    if (kind) return fill(r.scenario, kind);
    if (r.by && n.by[r.by]) return r.named ? fill(r.named, r.by) : n.by[r.by];
    return r.scenario;
  }
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
    const own = (name, one) => ((one.values[0] + one.values[1]) / 2) * (one.unit ? one.unit.factor : 1) / g.given[name];
    const given = Object.fromEntries(Object.entries(f.given).map(([name, one]) => [name, own(name, one)]));
    if (f.period) given[r.period] = f.period.plain / g.given[r.period];
    const low = (Math.min(...amount.values) * scale) / f.high, high = (Math.max(...amount.values) * scale) / f.low;
    return { id: r.id, formula: r.derived ? r.id : "", result: r.result, value: low === high ? low : (low + high) / 2, low, high,
      unit: [unit ? unit.unit : "1", ...f.per.map((one) => one.unit)].join("/"), bound: amount.hedge, given,
      choices: { ...r.default, ...f.choices }, scenario: f.scenario, asOf: f.asOf, say: r.say || "" };
  }

  book.claim = function (text, choose) {
    const said = plain(String(text).slice(0, 4 * g.longest));
    if (String(text).length > g.longest || said.length > g.longest) return { text: said, error: "long", claims: [], unread: [], ask: [] };
    let found;
    try { found = scan(said); } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { text: said, error: error.message, claims: [], unread: [], ask: [] };
    }
    const n = named(found), behind = found.amounts.filter((one) => one.start > n.verb);
    let fits = [];
    for (const r of readings)
      for (const amount of found.amounts) {
        const met = amount.kind === r.kind ? fit(r, amount, found, n) : null;
        if (!met) continue;
        if (!behind.includes(amount) && behind.some((one) => one.kind === r.kind)) met.score -= AMOUNT;
        fits.push(met);
      }
    if (choose) fits = fits.filter((one) => one.r.id === choose);
    const best = Math.max(...fits.map((one) => one.score)), top = new Map();
    for (const one of fits) if (one.score === best && !top.has(one.r.id)) top.set(one.r.id, one);
    const all = [...top.values()], left = found.amounts.filter((one) => !all.some((f) => f.used.includes(one)));
    const claims = all.map(claimed);
    return { text: said, error: claims.length ? "" : "nothing", claims, ...(claims.length === 1 ? claims[0] : {}),
      unread: [...found.unread, ...left.map((one) => said.slice(one.start, one.end))],
      ask: claims.length > 1 ? claims.map((one) => ({ id: one.id, say: one.say })) : [] };
  };
})();
