// How far a serving lies from those that were measured, and what may be said of its result: calc/analysis/serving_coverage.py
// and serving_reasons.py, whose rules, errors and words these are. Loaded when a reader changes a card of serving.
(function () {
  "use strict";
  const { book } = window;
  const { coverage: its, filled, has } = book;
  const [inside, near, beyond] = its.levels;
  const whole = (value) => Math.floor(value + 0.5).toLocaleString("en");
  const plain = (value) => (value >= 10 ? whole(value) : String(Number(value.toPrecision(2))));

  // What a result rests on, by name, and the memory that its copy needs.
  function known(card, value) {
    const found = {}, room = {};
    for (const name of [...book.needed(card.formula, card.given), card.result]) found[name] = value(name);
    const { [card.said.scenario]: stated = [] } = its.room;
    its.memory.forEach((name, i) => (room[name] = stated[i] ?? undefined));
    const own = { ...card.book };
    for (const [word, id] of card.bases) [room, own].forEach((of) => Object.assign(of, book.bases[`${word}-${id}`].values));
    // The memory of the scenario's GPU says nothing of another.
    if (its.gpu.some((name) => has(found, name) && has(own, name) && found[name] !== own[name])) delete room.gpu_memory;
    for (const name of its.memory) if (!has(found, name) && room[name] !== undefined) found[name] = room[name];
    const { expert_parameters: experts, total_parameters: all, mean_context: past, batch, window_layers: short } = found;
    if ([...its.memory, "total_parameters", "expert_parameters", "batch", "mean_context"].every((one) => has(found, one))) {
      const weights = found.weight_bytes * (all - experts) + found.expert_bytes * experts;
      const back = past * (found.kv_layers - short) + short * Math.min(past, found.window_tokens);
      found.weights = weights / 1e9;
      found.need = (weights + batch * found.cache_numbers * found.number_size * back) / 1e9;
    }
    return found;
  }

  // Why it is not inside, the gravest first: grade, text, and between which times of the foretold one measured ones lie.
  function reasons(found) {
    const list = [];
    const add = (far, text, low = 1, high = 1) => list.push([far ? 2 : 1, text, low, high]);
    for (const [name, [low, high, close, far, words, scale]] of Object.entries(its.reach)) {
      const value = found[name], off = Math.max(value / high, low / value);
      if (!(off > close)) continue;
      const [said, ...ends] = [value, low, high].map((one) => plain(one / scale));
      add(off > far, filled(its.outside, { value: words.replace("{}", said), low: ends[0], high: ends[1] }),
        ...(name === "batch" && value > high ? its.repeated : []));
    }
    const sheet = its.sheet.map((name, i) => [found[name], i]).filter(([value]) => value !== undefined);
    const off = (kind) => Math.max(...sheet.map(([a, i]) => Math.max(a / kind[i], kind[i] / a)));
    const apart = sheet.length ? Math.min(...its.kinds.map(off)) : 1;
    if (apart > its.alike) add(apart > its.apart, ...its.other);
    const room = found.usable_share * found.gpu_memory * found.instance_gpus, over = found.need / room;
    if (found.weights > room) add(true, filled(its.large, { need: whole(found.weights), room: whole(room) }));
    else if (over > its.shared) {
      add(over > 2 * its.shared, filled(its.full, { need: whole(found.need), room: whole(room) }));
    }
    const holds = ([name, [low, high]]) => has(found, name) && found[name] > (low ?? -Infinity) &&
      found[name] < (high ?? Infinity);
    list.push(...its.rules.filter((rule) => Object.entries(rule[4]).every(holds)).map((rule) => rule.slice(0, 4)));
    return list.filter(([, text], i) => list.findIndex((one) => one[1] === text) === i).sort((a, b) => b[0] - a[0]);
  }

  // As NumPy has them.
  function quantiles(list) {
    const row = Float64Array.from(list).sort();
    return its.shares.map((share) => {
      const at = share * (row.length - 1), k = Math.floor(at);
      return row[k] + (at - k) * ((row[k + 1] ?? row[k]) - row[k]);
    });
  }

  // Between which values nine measured rows in ten would lie, with the errors of time and of power of each row.
  function ends(card, value, found, why) {
    const errors = its.errors[found.experts_per_token > 0 ? "mixture" : "dense"];
    const steps = its.steps.map((name, i) => [name, i]).filter(([name]) => has(found, name));
    const wide = [Math.min(1, ...why.map((one) => one[2])), Math.max(1, ...why.map((one) => one[3]))];
    const power = why.length && wide[0] === 1 && wide[1] === 1 ? 2 : 1;
    const pairs = [...new Set([1, ...wide])].map((slower) => quantiles(errors[0].map((_, row) => {
      const given = { ...card.given };
      for (const [name, i] of steps) given[name] = found[name] * errors[i][row] ** power * (i ? 1 : slower);
      return book.evaluation(given)(card.result);
    })));
    return [Math.min(...pairs.map((pair) => pair[0])), Math.max(...pairs.map((pair) => pair[1]))];
  }

  book.coverageOf = (card) => {
    const value = book.evaluation(card.given), found = known(card, value), why = reasons(found);
    if (!its.steps.some((name) => has(found, name) && !has(card.given, name))) return null;
    const level = why.length ? [near, beyond][why[0][0] - 1] : inside, { result } = card;
    const shown = (one) => book.show(book.snapped(one), result, card.picked.has(result) ? card.units[result] : null, 2);
    const texts = why.map((one) => one[1]).join(its.words.reasons);
    const head = filled(its.words.head, { level: level[0].toUpperCase() + level.slice(1),
      why: texts && filled(its.words.why, { reasons: texts }) });
    if (level === beyond) {
      const ideal = { ...card.given, ...its.limits };
      if (has(found, "batch")) ideal.batch = found.batch;
      const limit = book.evaluation(ideal)(result), side = limit < found[result] ? "lower" : "upper";
      return { level, why, limit: shown(limit), side, text: head + filled(its.words[side], { limit: shown(limit).text }) };
    }
    const round = (one) => (book.quantities[result].domain.whole ? Number(one.toPrecision(2)) : one);
    const [low, high] = ends(card, value, found, why).map(round);
    return { level, why, low, high,
      text: head + filled(its.words.between, { low: shown(low).text, high: shown(high).text }) };
  };
})();
