// The planner's chain: what is known laid over a scenario, worked out once and in every draw, and solved from both ends.
// The rules are Python's: calc/model/choose.py, calc/analysis/plan.py, calc/book/impossible.py.
(function () {
  "use strict";
  const book = window.book;
  const { byResult, style, has, Refusal, inside, words, filled } = book;
  const data = JSON.parse(document.querySelector(".planner-data").textContent);
  const PARTNERS = { accelerator: "server", server: "accelerator" };
  for (const one of Object.values(data.scenarios)) {
    for (const name of Object.keys(one.inputs)) one.inputs[name] = data.inputs[one.inputs[name]];
  }
  const DIGITS = 12, FURTHER = 200, TRIES = 80, CLOSE = 4e-13, NEAR = 1e-9, STEPS = 6, HAIR = 1e-8, FEW = 1024;

  // What something yields; where it is refused, nothing that is a number.
  function tried(action, found = NaN) {
    book.trying(() => found = action(), () => {});
    return found;
  }
  const known = Number.isFinite;

  // Entries of the catalogue by kind and id, from rows of numbers.
  const entries = {}, kindOf = {};
  for (const [kind, { names, rows }] of Object.entries(data.choices)) {
    entries[kind] = new Map(rows.map(([id, title, partner, numbers, missing, told, ranges]) => {
      const values = {}, sources = {};
      names.forEach((name, i) => {
        if (missing && missing.includes(i)) return;
        values[name] = numbers[i];
        sources[name] = typeof told === "number" ? told : told[i];
      });
      kindOf[id] = kind;
      return [id, { id, title, partner: partner || "", values, sources, ranges: ranges || {} }];
    }));
  }

  // A scenario's inputs with entries laid over them, as calc/model/choose.py lays them.
  function laid(scenario, choices) {
    const { inputs, choices: own } = data.scenarios[scenario];
    const chosen = {}, brought = {}, now = { ...own };
    for (const [kind, id] of Object.entries(choices)) if (id) chosen[kind] = entries[kind].get(id);
    for (const [kind, one] of Object.entries(chosen)) {
      now[kind] = one.id;
      const other = PARTNERS[kind];
      if (!other || !one.partner || chosen[other] || !entries[other]) continue;
      const partner = entries[other].get(one.partner);
      if (partner) brought[other] = partner, now[other] = partner.id;
    }
    const found = {}, all = { ...chosen, ...brought };
    for (const [name, [value, , entry, , , , bound]] of Object.entries(inputs)) {
      const kind = entry && kindOf[entry];
      if (!kind || !all[kind] || all[kind].id === entry) found[name] = { value, bound, own: true };
    }
    const had = (one) => Object.keys(one.values).filter((name) => has(inputs, name));
    for (const one of Object.values(brought)) {
      const names = had(one);
      for (const name of names.length ? names : Object.keys(one.values)) found[name] = of(one, name);
    }
    for (const one of Object.values(chosen)) for (const name of Object.keys(one.values)) found[name] = of(one, name);
    return { found, now };
  }
  const of = (one, name) => ({ value: one.values[name], range: one.ranges[name], entry: one, own: false });

  // A case laid over a question: values by name, and the ranges that are not the scenario's own.
  function laidOver(question, state) {
    const { found, now } = laid(question.scenario, state.choices);
    const values = {}, ranges = {}, other = {};
    for (const [name, one] of Object.entries(found)) {
      values[name] = one.value;
      if (!one.own) other[name] = one.value;
      if (!one.own && one.range) ranges[name] = one.range;
    }
    for (const [name, value] of Object.entries(state.given)) {
      values[name] = other[name] = value;
      delete ranges[name];
      if (has(state.ranges, name)) ranges[name] = state.ranges[name];
    }
    return { values, ranges, other, found, now, given: state.given };
  }

  // A chain in which everything is worked out once: for single values, and for all draws, where what an edit leaves as it
  // was is not worked out again.
  const kept = { whole: new Map(), part: new Map() }, parts = new WeakMap();
  // The first of some draws, which are spread as evenly as all.
  function part(list) {
    if (!parts.has(list)) parts.set(list, list.slice(0, FEW));
    return parts.get(list);
  }
  function chain(scenario, values, ranges, other, few = false) {
    const columns = few ? kept.part : kept.whole;
    const value = book.evaluation(values);
    const needed = (name) => book.leavesOf(byResult[name], values);
    const draws = new Map(), asked = new Set();
    function drawn(name) {
      for (const [one, list] of book.drawsOf(scenario, needed(name), ranges, other)) draws.set(one, few ? part(list) : list);
      asked.add(name);
    }
    function column(name, path = new Set()) {
      if (has(values, name)) return draws.get(name) ?? values[name];
      const formula = byResult[name];
      if (!formula || path.has(name)) throw new Refusal(`${words(name)} is missing.`);
      path.add(name);
      const args = formula.inputs.map((one) => column(one, path));
      path.delete(name);
      const had = columns.get(name);
      if (had && had.args.length === args.length && had.args.every((arg, i) => arg === args[i])) return had.out;
      const out = book.drawn(formula, args);
      columns.set(name, { args, out });
      return out;
    }
    const inDraws = (name) => {
      if (!asked.has(name)) drawn(name);
      return column(name);
    };
    return { value, inDraws, draws, values, needed };
  }

  // The number nearest to the edge of where a result is met, on the good side; null where none is found.
  function edge(result, target, least, start, domain, close = CLOSE) {
    const met = (x) => {
      const found = result(x);
      return [least ? found >= target : found <= target, found];
    };
    const [first, atStart] = met(start);
    let other = null, atOther;
    for (const x of further(start, domain)) {
      const [is, found] = met(x);
      if (is !== first) {
        [other, atOther] = [x, found];
        break;
      }
    }
    if (other === null) return null;
    const ends = [[start, atStart], [other, atOther]], [good, bad] = first ? ends : ends.reverse();
    return narrowed(result, target, least, good, bad, domain, close);
  }
  function narrowed(result, target, least, [good, atGood], [bad, atBad], domain, close) {
    const met = (x) => {
      const found = result(x);
      return [least ? found >= target : found <= target, found];
    };
    for (let i = 0; i < TRIES; i += 1) {
      let middle = between(good, bad, domain);
      // Along the line through both ends, in logarithms, where both have a value; every third time in the middle.
      if (!domain.whole && i % 3 !== 2 && atGood > 0 && atBad > 0 && target > 0) {
        const [a, b] = [Math.log(good - (domain.low || 0)), Math.log(bad - (domain.low || 0))];
        const share = Math.log(target / atGood) / Math.log(atBad / atGood), width = Math.abs(b - a);
        let at = a + (b - a) * share;
        at += Math.sign(b - a) * Math.min(width / 4, 1e-13) * (i % 2 ? 1 : -1);
        const x = (domain.low || 0) + Math.exp(at);
        if (x > Math.min(good, bad) && x < Math.max(good, bad)) middle = x;
      }
      if (middle === good || middle === bad) break;
      const [is, found] = met(middle);
      if (is) [good, atGood] = [middle, found];
      else [bad, atBad] = [middle, found];
      if (!domain.whole && Math.abs(good / bad - 1) < close) break;
    }
    return { value: close > CLOSE ? good : shortest(good, bad, (x) => met(x)[0], domain), more: good > bad };
  }
  // Where a result meets its target, along its slope in logarithms from a start: exact at once where it goes by a power.
  // Nothing where a few steps do not lead there.
  function meeting(result, target, start, domain) {
    if (!(start > 0 && target > 0) || domain.low > 0) return null;
    const at = (log) => Math.log(result(domain.whole ? Math.round(Math.exp(log)) : Math.exp(log)) / target);
    let [a, b] = [Math.log(start), 0], offA = at(a), offB;
    if (!known(offA)) return null;
    if (Math.abs(offA) < NEAR) return start;
    b = a - offA; // as if it went with the first power
    for (let i = 0; i < STEPS; i += 1) {
      offB = at(b);
      const x = Math.exp(b);
      if (!known(offB) || !inside({ ...domain, whole: false }, x)) return null;
      if (Math.abs(offB) < NEAR || (domain.whole && Math.abs(x - Math.exp(a)) < 0.5)) return domain.whole ? Math.round(x) : x;
      if (offA === offB || (i && Math.abs(offB) > Math.abs(offA) / 4)) return null; // it goes by steps
      [a, b, offA] = [b, b - offB * (b - a) / (offB - offA), offB];
    }
    return null;
  }
  // The edge as `edge` finds it, from a place a hair beside it.
  function edgeAt(result, target, least, near, domain) {
    const pair = [near * (1 - HAIR), near * (1 + HAIR)].map((x) => [x, result(x)]);
    const is = ([, found]) => (least ? found >= target : found <= target);
    if (is(pair[0]) === is(pair[1]) || !pair.every(([x]) => inside(domain, x))) return null;
    return narrowed(result, target, least, pair.find(is), pair.find((one) => !is(one)), domain, CLOSE);
  }
  function* further(start, domain) {
    const gap = start - domain.low || Math.max(Math.abs(domain.low), 1);
    for (let power = 1; power < FURTHER; power += 1) {
      for (const factor of [2 ** power, 2 ** -power]) {
        let x = domain.low + gap * factor;
        if (domain.whole) x = Math.round(x);
        if (domain.high !== null && domain.high <= 1 && x > domain.high) x = domain.high;
        if (inside(domain, x)) yield x;
      }
    }
  }
  function between(one, other, domain) {
    const [low, high] = [one - domain.low, other - domain.low].sort((a, b) => a - b);
    const middle = domain.low + (low > 0 ? Math.sqrt(low * high) : high / 2);
    return domain.whole ? Math.round(middle) : middle;
  }
  function shortest(good, bad, met, domain) {
    if (domain.whole) return good;
    const short = Number(good.toPrecision(DIGITS));
    if (met(short)) return short;
    const unit = 10 ** (Math.floor(Math.log10(Math.abs(good))) - DIGITS + 1);
    const away = Number((good + Math.sign(good - bad) * unit).toPrecision(DIGITS));
    return inside(domain, away) && met(away) ? away : good;
  }

  // Lines on what cannot be, whatever else is so.
  function impossible(given, values) {
    const value = book.evaluation(values), lines = [];
    const all = (...names) => {
      const found = tried(() => names.map(value), []);
      return found.length && found.every(known) ? found : null;
    };
    const plain = (number) => Math.round(number).toLocaleString("en");
    const servers = has(given, "servers") && all("servers", "gpus_per_server", "gpus");
    if (servers && servers[0] * servers[1] < servers[2]) {
      const [count, each, gpus] = servers;
      lines.push(filled(data.impossible.servers, {
        servers: plain(count), each: plain(each), held: plain(count * each), gpus: plain(gpus),
      }));
    }
    const parts = all("weight_bytes", "total_parameters", "expert_parameters", "expert_bytes");
    const room = all("usable_share", "gpu_memory", "instance_gpus");
    if (parts && room) {
      const [each, total, experts, byExpert] = parts, has = room[0] * room[1] * room[2];
      const weights = (each * (total - experts) + byExpert * experts) / 1e9;
      if (weights >= has) {
        lines.push(filled(data.impossible.weights, {
          weights: plain(weights), gpus: plain(room[2]), memory: plain(room[1]), room: plain(has),
          more: plain(Math.ceil(weights / (room[0] * room[1]))),
        }));
      }
    }
    const batch = has(given, "batch") && all("batch", "memory_batch");
    if (batch && batch[0] > batch[1]) {
      lines.push(filled(data.impossible.batch, { batch: plain(batch[0]), most: plain(batch[1]) }));
    }
    return lines;
  }

  // Why a result that rests on a step of serving lies beyond what was measured, and has no value; else nothing.
  function beyond(made, name) {
    const { reach, sheet, kinds, apart, other } = data.measured;
    if (!book.needed(byResult[name], made.values).has("decode_step_time")) return "";
    for (const [one, [low, high, times, said, scale]] of Object.entries(reach)) {
      const value = tried(() => made.value(one));
      if (Math.max(value / high, low / value) > times) {
        const plain = (number) => Number((number / scale).toPrecision(3)).toLocaleString("en");
        return `${said.replace("{}", plain(value))}; measured are ${plain(low)} to ${plain(high)}`;
      }
    }
    const own = sheet.map(made.value), off = (kind) => Math.max(...kind.map((a, i) => Math.max(a / own[i], own[i] / a)));
    return Math.min(...kinds.map(off)) > apart ? other : "";
  }

  // On which drawn input a result hangs most: the largest share of its spread, by correlation of a part of the draws.
  function hangs(made, name) {
    const result = made.inDraws(name), step = 8;
    if (typeof result === "number") return null;
    let most = null;
    for (const leaf of made.needed(name)) {
      const list = made.draws.get(leaf);
      if (!list) continue;
      let n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
      for (let i = 0; i < list.length; i += step) {
        const a = list[i], b = result[i];
        n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b;
      }
      const share = (n * xy - x * y) ** 2 / ((n * xx - x * x) * (n * yy - y * y));
      if (share > (most ? most.share : 0)) most = { name: leaf, share };
    }
    return most;
  }

  book.planner = { data, entries, laidOver, tried, known, chain, quantiles: book.quantiles, edge, edgeAt, met: meeting, impossible, beyond, hangs, shares: style.shares };
})();
