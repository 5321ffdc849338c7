// Problems: a field in which a reader's own answer is held against the book's. Without it hint and answer still open.
(function () {
  "use strict";
  const places = document.querySelectorAll(".problem-field");
  const tidy = (text) => text.trim().replace(/\s+per\s+/g, "/").replace(/\bper\s*cent\b|\bpercent\b/, "%")
    .replace(/·|(?<=\w)\s+(?=\w)/g, "*").replace(/\s/g, "");

  // The unit as the list has it; in other capitals only where one alone is meant.
  function spelt(text, units) {
    if (Object.hasOwn(units, text)) return text;
    const alike = Object.keys(units).filter((one) => one.toLowerCase() === text.toLowerCase());
    return new Set(alike.map((one) => units[one])).size === 1 ? alike[0] : null;
  }

  // "36,100 MWh" as number and unit: the longest start that is a number, and the rest. Null where there is no number,
  // and a unit of null where it is none of the list.
  function read(text, { units, words, unit }) {
    let end = text.length, plain = null;
    for (; end > 0 && plain === null; end -= 1) plain = window.book.typed(text.slice(0, end));
    if (plain === null) return null;
    const rest = text.slice(end + 1).trim();
    const word = Object.keys(words).find((one) => rest.toLowerCase().startsWith(one)) || "";
    const typed = tidy(rest.slice(word.length));
    return { value: Number(plain) * (words[word] || 1), typed, unit: typed === "" ? unit : spelt(typed, units) };
  }

  const dotted = (unit) => unit.replaceAll("*", "·");
  const about = (number) => Number(number.toPrecision(2)).toLocaleString("en-GB");

  // Of some spellings of a unit the one most like another: W beside kW, and days beside hours.
  function likest(spellings, unit) {
    const like = (one) => (one.includes("/") === unit.includes("/")) + (one.endsWith("s") === unit.endsWith("s"));
    return spellings.sort((one, other) => like(other) - like(one))[0];
  }

  // Whether it is right, and what to say of it.
  function judge(given, data) {
    const { units, within, value, text, asked, unit } = data;
    const kind = asked ? " in " + dotted(asked) + ", or with another unit of the same kind" : "";
    if (given === null) return [false, `Accepted: a number${kind}.`];
    if (given.unit === null) return [false, `Given: “${given.typed.slice(0, 24)}”. Accepted: a number${kind}.`];
    const near = (ratio) => Math.abs(ratio - 1) <= within;
    const size = units[given.unit] ?? 1, ratio = given.value * size / value;
    const bare = given.typed === "" && asked ? " Read as " + dotted(asked) + "." : "";
    if (near(ratio) || (bare && unit === "%" && near(given.value * 100 / value))) return [true, `Right: ${text}.`];
    if (!(ratio > 0)) return [false, "The answer is above 0."];
    const many = ratio > 1, times = about(many ? ratio : 1 / ratio);
    if (Math.abs(ratio - 1) < 0.1) {
      return [false, `Nearly: ${about(100 * Math.abs(ratio - 1))} % too ${many ? "large" : "small"}.${bare}`];
    }
    const off = `${times} times too ${many ? "large" : "small"}`;
    const meant = likest(Object.keys(units).filter((one) => near(ratio * units[one] / size)), given.unit);
    if (meant && meant !== "1") return [false, `${off}: ${dotted(given.unit)} or ${dotted(meant)}?`];
    const power = Math.round(Math.log10(ratio));
    if (power && near(ratio / 10 ** power)) return [false, `${off}: the digits are right.${bare}`];
    return [false, `Not yet: ${off}.${bare}`];
  }

  places.forEach((place, i) => {
    const { element } = window.book, data = JSON.parse(place.dataset.answer), id = `own-answer-${i}`;
    const input = element("input", { id, type: "text", autocomplete: "off", spellcheck: "false", maxlength: "60" });
    const said = element("output", { for: id, role: "status" });
    const label = element("label", { for: id }, "Your answer" + (data.asked ? ", in " + dotted(data.asked) : ""));
    const title = place.closest(".admonition")?.querySelector(".admonition-title")?.textContent;
    const form = element("form", title ? { "aria-label": title } : {}, label, input, element("button", { type: "submit" }, "Check"), said);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const [right, words] = judge(read(input.value, data), data);
      said.textContent = words;
      said.className = right ? "problem-right" : "problem-wrong";
      input.setAttribute("aria-invalid", String(!right));
    });
    place.append(form);
  });
})();
