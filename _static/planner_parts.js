// The planner's parts that only show: the sentence, the picture of the chain, the table, and what makes two cases differ.
(function () {
  "use strict";
  const book = window.book, its = book.planner;
  const { quantities, byResult, element, has, style } = book;
  const meaning = (name) => its.data.labels[name] || quantities[name].meaning;
  const text = (value, name, unit) => book.show(book.snapped(value), name, unit).text;
  // As a headline has it, with a word in the place of a power of ten.
  function inWords({ mantissa, exponent, unit, text }) {
    const [word, power] = Object.entries(style.multiples).find(([, at]) => at <= exponent && exponent < at + 3) || [];
    if (!word) return text;
    const kept = Math.max(0, (mantissa.split(".")[1]?.length || 0) - (exponent - power));
    const number = `${Number(mantissa + "e" + (exponent - power)).toFixed(kept).replace("-", "−")}\u00a0${word}`;
    return unit ? number + "\u00a0" + book.unitText(unit) : number;
  }

  const spoken = (value, name, unit) => inWords(book.show(book.snapped(value), name, unit));
  const given = (value, name, unit) => book.showGiven(book.snapped(value), name, unit || quantities[name].unit).text;

  // A value with its nine-in-ten band, in one unit and as few digits as the band leaves.
  function banded(value, band, name) {
    if (!band || band[0] === band[2]) return { value: text(value, name), said: spoken(value, name), band: "", span: "" };
    const unit = book.bestUnit(value, name), [low, , high] = book.showSpread(band, name, unit, value);
    const span = Math.abs(band[2] - band[0]), digits = style.fewest + (span < Math.abs(value) / 2);
    const first = low.exponent === high.exponent ? low.mantissa : low.number, alike = book.alike(low, high);
    const best = book.show(book.snapped(value), name, unit, Math.min(digits, style.digits));
    // A word that both ends have is said once.
    const [ends, bare] = [[low, high].map(inWords), inWords({ ...low, unit: "", text: low.number })];
    const short = bare.includes("\u00a0") && ends[1].includes(bare.split("\u00a0")[1]) ? bare.split("\u00a0")[0] : bare;
    return {
      value: best.text, said: inWords(best), band: book.between(low, high),
      span: alike ? `${style.interval.about} ${ends[1]}`
        : `${low.exponent === high.exponent && !bare.includes("\u00a0") ? first : short} ${style.interval.to} ${ends[1]}`,
    };
  }

  // The question's sentence, its names filled in, with the answer marked.
  function sentence(place, question, plan, shown) {
    const usual = plan.sought === question.seek && plan.goal === (Object.keys(question.given)[0] || question.seek);
    const form = usual ? question.sentence : its.data.words.backwards;
    const parts = form.split(/\{(\w+)\}/);
    const answer = (name) => element("strong", { class: "planner-value" }, shown(name));
    place.replaceChildren(...parts.map((part, i) => {
      if (i % 2 === 0) return part;
      if (usual) return part === plan.sought ? answer(part) : has(plan.now, part) ? plan.titles[part] : shown(part);
      if (part === "sought") return book.capitalised(meaning(plan.sought));
      if (part === "result") return book.capitalised(meaning(plan.goal));
      return part === "target" ? shown(plan.goal) : answer(plan.sought);
    }));
  }

  // The chain as a row of blocks; each is as tall as its share of what it was in the book's case.
  function picture(svg, names, now, before, said) {
    const width = 168, gap = 28, middle = 74, parts = [];
    const ratio = (name) => {
      const by = now(name) / before(name);
      return its.known(by) && by > 0 ? by : 1;
    };
    const half = (name) => 30 * Math.min(1.5, Math.max(0.25, ratio(name) ** 0.35));
    svg.setAttribute("viewBox", `0 0 ${names.length * (width + gap) - gap} 150`);
    names.forEach((name, i) => {
      const x = i * (width + gap), h = half(name), value = now(name);
      if (i) {
        const was = half(names[i - 1]);
        parts.push(["path", { class: "link", d: `M${x - gap} ${middle - was}L${x} ${middle - h}V${middle + h}` +
          `L${x - gap} ${middle + was}Z` }]);
      }
      parts.push(
        ["rect", { class: "block", x, y: middle - h, width, height: 2 * h, rx: 3 }],
        ["text", { class: "number", x: x + width / 2, y: middle + 6, "text-anchor": "middle" },
          its.known(value) ? said(value, name) : "–"],
        ["text", { class: "name", x: x + width / 2, y: 132, "text-anchor": "middle" }, meaning(name)]);
    });
    svg.replaceChildren(...parts.map(([tag, ...rest]) => element(`svg:${tag}`, ...rest)));
    // A long number keeps inside its block, and a long name off its neighbours'.
    for (const [kind, room] of [["number", width - 10], ["name", width + gap - 10]]) {
      for (const one of svg.querySelectorAll(`.${kind}`)) {
        const { fontSize } = getComputedStyle(one), long = one.getComputedTextLength();
        if (long > room) one.style.fontSize = `${parseFloat(fontSize) * room / long}px`;
      }
    }
    svg.setAttribute("aria-label", "The chain: " + names.map((name) =>
      `${meaning(name)} ${its.known(now(name)) ? said(now(name), name) : "unknown"}`).join(", "));
  }
  // By which power of each input a formula's result goes, where it is a product of powers between two cases; else null.
  function powers(formula, a, b) {
    const at = formula.inputs.map(a), to = formula.inputs.map(b), first = formula.f(...at), last = formula.f(...to);
    if (!(first > 0 && last > 0 && [...at, ...to].every((one) => one > 0))) return null;
    const found = at.map((value, i) => {
      const more = formula.f(...at.map((one, k) => (k === i ? value * 1.001 : one)));
      return Math.round(2 * Math.log(more / first) / Math.log(1.001)) / 2;
    });
    const whole = found.reduce((sum, power, i) => sum + power * Math.log(to[i] / at[i]), 0);
    return Math.abs(whole - Math.log(last / first)) < 1e-9 ? found : null;
  }

  // The factors of the gap between two cases: through formulas that multiply, down to what does not. In logarithms they
  // add up to the whole.
  function factors(name, a, b) {
    const found = new Map();
    const add = (one, by) => by && found.set(one, (found.get(one) || 0) + by);
    function walk(one, power) {
      const formula = byResult[one], by = Math.log(b.value(one) / a.value(one));
      if (!by) return;
      const over = !formula || has(a.values, one) || has(b.values, one) ? null : powers(formula, a.value, b.value);
      if (!over) return void add(one, power * by);
      formula.inputs.forEach((input, i) => over[i] && walk(input, power * over[i]));
    }
    walk(name, 1);
    return [...found].map(([one, by]) => ({ name: one, by })).sort((x, y) => Math.abs(y.by) - Math.abs(x.by));
  }

  Object.assign(its, { banded, sentence, picture, factors, meaning, text, spoken, givenText: given });
})();
