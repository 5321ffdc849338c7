// A sentence cut into amounts, words that say something, years, and what nobody has read, as calc/book/sentence_words.py
// does it, step by step; whoever changes one changes both. The grammar (window.bookClaims) is calc's.
(function () {
  "use strict";
  const g = window.bookClaims, book = (window.book = window.book || {});
  if (!g) return;
  const parts = (text) => (text ? text.split("|") : []);
  const units = new Map(), words = new Map();
  for (const [kind, unit, times, factor, spelt] of g.units)
    for (const one of parts(spelt)) units.set(one, { kind, unit, times, factor: times * factor, plain: factor });
  const pairs = (said) => parts(said).map((pair) => [pair.slice(0, pair.indexOf(":")), pair.slice(pair.indexOf(":") + 1)]);
  for (const [said, spelt] of g.words) {
    const all = pairs(said), [kind, id] = all[0];
    for (const one of parts(spelt)) words.set(one, all);
    // An entry of the catalogue is known by its id, but for the short ones of places.
    if (all.length === 1 && g.catalogue.includes(kind) && (kind !== "place" || id.length > 3) && !words.has(id)) words.set(id, all);
  }
  for (const one of [...words.keys()])
    if (one.includes("-") && !words.has(one.replaceAll("-", " "))) words.set(one.replaceAll("-", " "), words.get(one));
  const numbers = new Map(Object.entries(g.numbers)), sizes = new Map(Object.entries(g.sizes)), per = new Map(g.per.map((one) => [one, 1]));
  const BLANK = /[ \t\n\r\f\v\x1c-\x1f\x85\ufeff]/g, SKIP = /[ =,;:()\[\]{}"'“”‘’„«»?!.…*_|]+/y, WORD = /[^ ,;:()\[\]{}"“”„«»?!…|]+/y;
  const NUMBER = /([1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])(?:\.[0-9]+)?)|([0-9]+,[0-9]+)|([0-9]+(?:\.[0-9]+)?|\.[0-9]+)/y;
  const POWER = /(?:[eE]([+-]?[0-9]{1,2})|\s?[x×⋅·*]\s?10\^?([+-]?[0-9]{1,2}))(?![0-9A-Za-z])/y, TEN = /10\^([0-9]{1,2})(?![0-9])/y;
  const YEAR = /(?:19|20)[0-9]{2}(?![0-9A-Za-z%]|[.,][0-9])/y;
  const BEFORE_YEAR = /(?:^|[^a-z])(?:in|by|since|during|of|for|from|year|fy|until|early|late|mid)[ -]*$/;
  const TO = /(?: ?(?:-|–|—) ?| to | and )/y, FROM = /(?:between|from) $/, HOURS = /[ -]hours?(?![a-z])/y;
  const INSIDE = /[a-z0-9]|-(?!hours?(?![a-z]))[a-z0-9]|\.[a-z0-9]/y, BELOW = /-[0-9.]*[0-9][^ ]*/y;
  const CURRENCY = /(?:US)?\$ ?|USD ?|€ ?|EUR ?/y, MONEY = /(?:US)?\$ ?|USD ?|€ ?|EUR ?/;
  const OF_IT = / of (?:water|fresh water|freshwater|electricity|energy|power|electric power)(?= |\/)/y, ones = new Map(g.one.map((one) => [one, 1]));
  const CARBON = / ?(?:of )?(?:co2(?:-?eq?)?|carbon dioxide|carbon)(?: equivalents?)?(?![a-z0-9])|(?= ?(?:\/|per) ?k(?:wh|ilowatt))/y;
  const LATE = ["or so", "or more", "or less", "at most", "at least"];
  const hit = (pattern, text, at) => { pattern.lastIndex = at; return pattern.exec(text); };
  const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]), line = (which, parts) => filled(g.refused[which], parts);
  class Refused extends Error {
    constructor(which, parts) { super(line(which, parts)); }
  }

  function plain(text) {
    return text.normalize("NFKC").replaceAll("−", "-").replaceAll("⁄", "/").replace(BLANK, " ").replace(/ +/g, " ").replace(/^ +| +$/g, "");
  }

  function scan(text) {
    const low = text.replace(/[A-Z]/g, (one) => one.toLowerCase());
    const found = { text, amounts: [], words: [], years: [], unread: [] };
    let hedge = "", last = -9;

    function whole(end) {
      for (const tail of ["'s", "’s", "s", ""])
        if (low.startsWith(tail, end) && !hit(INSIDE, low, end + tail.length)) return end + tail.length;
      return null;
    }
    function longest(at, known) {
      for (let length = Math.min(g.most.word, text.length - at); length > 0; length--)
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
      if (word && LATE.includes(met[0]) && at <= last + 2 && !number(skip(met[1]))) {
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
      if (Object.hasOwn(g.ambiguous, word.toLowerCase())) throw new Refused("ambiguous", { word, meanings: two });
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
      if (met[0].length > g.most.digits) throw new Refused("digits", { count: met[0].length, most: g.most.digits });
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
      if (Math.abs(power) > g.most.power) throw new Refused("power", { count: power, most: g.most.power });
      return [power, end];
    }

    function amount(at) {
      const currency = hit(CURRENCY, text, at), first = number(at + (currency ? currency[0].length : 0));
      if (!first) return single(at);
      let [digits, power, end] = first;
      const one = { digits: [digits, digits], power, start: at, end, unit: null, per: [], hedge }, kept = found.words.length;
      if (currency) {
        const letter = hit(/ ?m(?![a-z0-9])/y, text, end);
        if (letter) { one.power += 6; end += letter[0].length; }
        end = ranged(one, end, at);
        one.unit = units.get("€E".includes(currency[0][0]) ? "euro" : "dollar");
      } else {
        end = ranged(one, end, at);
        const met = unit(end);
        if (met) {
          one.unit = met[0];
          end = ranged(one, met[1], at);
          const again = end !== met[1] ? unit(end) : null;
          if (again) [one.unit, end] = again;
        } else if (!/[0-9.]/.test(text[at])) { found.words.length = kept; return null; }
      }
      one.end = countedBy(one, end);
      one.kind = one.unit ? one.unit.kind : "number";
      one.values = one.digits.map((part) => value(part, one.power));
      found.amounts.push(one);
      hedge = "";
      last = one.end;
      return one.end;
    }
    function single(at) {
      const article = longest(at, ones), met = article ? longest(skip(article[1]), units) : null;
      if (!met || !g.oneKinds.includes(units.get(met[0]).kind)) return null;
      const unit = units.get(met[0]);
      found.amounts.push({ digits: ["1", "1"], power: 0, start: at, end: met[1], unit, kind: unit.kind, per: [], hedge: "", values: [1, 1] });
      return met[1];
    }
    const value = (part, power) => {
      const [head, more] = part.split("e");
      return Number(`${head}e${power + Number(more || 0)}`);
    };
    function ranged(one, end, at) {
      const to = hit(TO, low, end);
      if (!to || (to[0] === " and " && !FROM.test(low.slice(0, at)))) return end;
      const start = end + to[0].length, again = hit(CURRENCY, text, start), from = start + (again ? again[0].length : 0), second = number(from);
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
        if (met) { found.words.push(...kept); tagged(here, met[1]); return met; }
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
      if (!met) return null;
      const unit = units.get(met[0]), carbon = unit.kind === "mass" ? hit(CARBON, low, met[1]) : null;
      return carbon ? [units.get(`${unit.unit}CO2e`), met[1] + carbon[0].length] : [unit, met[1]];
    }
    function countedBy(one, end) {
      for (;;) {
        const of = hit(OF_IT, low, end);
        let at = end + (of ? of[0].length : 0), within = false;
        while (text[at] === " " || text[at] === "(") at += 1;
        if (text[at] === "/") at += 1;
        else {
          const met = longest(at, per);
          if (!met) return end;
          within = /^(in|over|during) /.test(met[0]);
          at = met[1];
        }
        at = skip(at);
        let times = 1;
        const count = number(at), size = count ? null : longest(at, sizes), kept = found.words.length;
        if (count) { times = value(count[0], count[1]); at = count[2]; }
        else if (size) { times = value("1", sizes.get(size[0])); at = size[1]; }
        const met = unit(at);
        if (!met || (within && met[0].kind !== "time") || !g.perKinds.includes(met[0].kind)) { found.words.length = kept; return end; }
        one.per.push([met[0], times]);
        end = met[1];
      }
    }
    function tagged(at, end) {
      const met = longest(at, words);
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
      if (below && (at === 0 || text[at - 1] === " ")) throw new Refused("below", { number: below[0] });
      at = year(at) || amount(at) || phrase(at) || unread(at);
    }
    return found;
  }

  book.sentence = { g, units, plain, scan, parts, line, filled, Refused };
})();
