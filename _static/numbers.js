// Exact decimals, units and their text, by the rules of calc/base/numbers.py. No number is computed with here.
(function () {
  "use strict";
  const book = window.book;
  const { style } = book;
  const [MINUS, ...POWERS] = style.superscripts;
  const TIMES_TEN = new RegExp(`\\s*[×x*]\\s*10\\^?([+\\-−⁺${MINUS}]?[\\d${POWERS.join("")}]+)$`);
  const ten = (power) => 10n ** BigInt(power);

  // A decimal number as a fraction of whole ones: 6.5 is 13/2, as whoever wrote it meant.
  function exact(text) {
    const [, sign, whole, part, power] = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(String(text));
    const shift = Number(power || 0) - part.length;
    const digits = BigInt((sign === "-" ? "-" : "") + (whole + part || "0"));
    return shift < 0 ? [digits, ten(-shift)] : [digits * ten(shift), 1n];
  }

  const factor = (name, unit) => book.quantities[name].units[unit].split("/").map(BigInt);

  function inUnit(value, name, unit) {
    const [n, d] = exact(value), [a, b] = factor(name, unit);
    return [n * b, d * a];
  }

  // Sign, whole number of so many digits, power of ten of its first digit, and whether nothing was rounded off.
  function rounded([n, d], digits) {
    const negative = n < 0n;
    if (negative) n = -n;
    let power = String(n).length - String(d).length;
    if (power < 0 ? n * ten(-power) < d : n < d * ten(power)) power -= 1;
    const shift = digits - 1 - power;
    const [above, below] = shift < 0 ? [n, d * ten(-shift)] : [n * ten(shift), d];
    let whole = (2n * above + below) / (2n * below);
    const off = whole * below - above, same = (off < 0n ? -off : off) * ten(style.same) <= above;
    if (whole >= ten(digits)) {
      whole /= 10n;
      power += 1;
    }
    return [negative, String(whole), power, same];
  }

  const strip = (text) => (text.includes(".") ? text.replace(/0+$/, "").replace(/\.$/, "") : text);
  const grouped = (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ",");

  // Mantissa and exponent.
  function digitsOf(number, digits, padded) {
    if (number[0] === 0n) return ["0", 0];
    const [negative, whole, power, exactly] = rounded(number, digits), same = exactly && !padded;
    const sign = negative ? "-" : "";
    let text;
    if (power >= style.plain[0] && power < style.plain[1]) {
      const places = Math.max(0, digits - 1 - power);
      const all = (power < 0 ? "0".repeat(-power) : "") + whole + "0".repeat(Math.max(0, power - digits + 1));
      const point = all.length - places;
      text = sign + grouped(all.slice(0, point)) + (places ? "." + all.slice(point) : "");
      return [same ? strip(text) : text, 0];
    }
    text = sign + whole[0] + (digits > 1 ? "." + whole.slice(1) : "");
    return [same ? strip(text) : text, power];
  }

  function plural(unit, isOne) {
    const head = /^[A-Za-z]*/.exec(unit)[0];
    if (isOne || unit[head.length] === "*") return unit; // GPU*h is no plural
    return (style.plurals[head] ?? head) + unit.slice(head.length);
  }

  function bestUnit(value, name) {
    const about = book.quantities[name], size = Math.abs(value);
    if (about.bare) return about.bare;
    if (size === 0 || (size >= style.unprefixed[0] && size < style.unprefixed[1])) return about.unit;
    const fits = (unit) => {
      const [n, d] = inUnit(size, name, unit);
      return n >= d && n < BigInt(style.prefixed) * d;
    };
    return about.scaled.find(fits) || about.unit;
  }

  const superscript = (power) => String(power).replace("-", MINUS).replace(/\d/g, (digit) => POWERS[digit]);

  // A value in its own unit, ready for print: mantissa, exponent, unit; number and text.
  function show(value, name, unit, digits = style.digits, some) {
    const about = book.quantities[name];
    const shownIn = unit || bestUnit(value, name);
    const number = inUnit(value, name, shownIn);
    const [mantissa, exponent] = digitsOf(number, about.domain.whole && !some ? style.exact : digits,
      some && !about.domain.whole);
    const word = shownIn === "1" ? "" : plural(shownIn, number[0] === number[1]);
    const text = mantissa.replace("-", "−") + (exponent ? "×10" + superscript(exponent) : "");
    return {
      mantissa, exponent, shownIn, unit: word, number: text,
      text: word ? text + "\u00a0" + unitText(word) : text,
    };
  }

  // The 5, 50 and 95 % points of draws, in one unit; a value inside them is inside what is printed of them too.
  // Where no digits of theirs do that, all are rounded where the value is; halfway between two counts is none.
  function showSpread(points, name, unit, value) {
    const [a, b] = factor(name, unit).map(Number), place = (value) => Math.floor(Math.log10(Math.abs(value * b / a)));
    const { whole } = book.quantities[name].domain, values = whole ? points.map(Math.round) : points;
    const last = place((values[2] - values[0]) / 4);
    const says = (one) => Number(printed(one, name)[0]), near = style.near * Math.abs(value);
    const inside = values[0] <= value + near && value - near <= values[2], middle = says(show(value, name, unit));
    for (let more = 0; more < style.exact - style.fewest; more += 1) {
      const digits = (one) => Math.min(style.exact, Math.max(style.fewest, place(one) - last + 1) + more);
      const found = values.map((one) => show(one, name, unit, digits(one), true));
      const [low, , high] = found.map(says);
      if (!inside || (low <= middle * (1 + style.near) && middle * (1 - style.near) <= high)) return found;
    }
    const most = (whole ? style.exact : style.digits) - place(value);
    return values.map((one) => show(one, name, unit, Math.max(1, place(one) + most), true));
  }

  const said = ({ mantissa, exponent }) => Number(`${mantissa.replaceAll(",", "")}e${exponent}`);
  const alike = (one, other) => said(one) === said(other);

  // Two numbers in one unit; a power of ten that both have is said once, and two that are printed alike are about one.
  function between(first, last, word = ` ${style.interval.to} `) {
    const shorter = last.text.length < first.text.length ? last.text : first.text;
    if (alike(first, last)) return `${style.interval.about} ${shorter}`;
    return (first.exponent === last.exponent ? first.mantissa.replace("-", "−") : first.number) + word + last.text;
  }

  // A range in one unit, in more digits where else its ends would print alike, or a printed value not lie inside.
  function showRange(low, high, name, unit, value) {
    const says = (one) => printed(one, name)[0];
    let ends;
    for (let digits = style.digits; digits <= style.exact; digits += 1) {
      ends = [low, high].map((end) => show(end, name, unit || bestUnit(high, name), digits));
      const [first, last] = ends.map(says), middle = value && says(value);
      if (first < last && (!value || (first <= middle && middle <= last))) break;
    }
    return between(...ends, "–");
  }

  const unitText = (unit) => unit.replaceAll("*", "·");
  const showGiven = (value, name, unit) =>
    show(value, name, unit === "1" ? bestUnit(value, name) : unit, style.exact);
  const showStep = (value, name, digits = style.steps) => show(value, name, null, digits);

  // What the print of a number says, in the own unit, and one of its last digit.
  function printed({ mantissa, exponent, shownIn }, name) {
    const places = mantissa.split(".")[1]?.length || 0;
    return [mantissa.replaceAll(",", "") + "e" + exponent, `1e${exponent - places}`]
      .map((text) => fromUnit(text, name, shownIn));
  }

  // What stands in a field: all digits, and a power of ten as it is typed.
  function fieldText(value, name, unit, digits = 12) {
    const [mantissa, exponent] = digitsOf(inUnit(value, name, unit), digits);
    return strip(mantissa) + (exponent ? "e" + exponent : "");
  }

  // A number as people type it, or null: 25000, 25,000, 6.5, 1.3e13, 1.3×10¹³.
  function typed(text) {
    if (text.length > 60) return null;
    const digit = (one) => (one === MINUS ? "-" : POWERS.includes(one) ? POWERS.indexOf(one) : one);
    let plain = text.trim().replace(TIMES_TEN, (_, power) => "e" + [...power.replace("⁺", "")].map(digit).join(""));
    plain = plain.replaceAll("−", "-");
    if (/^[+-]?\d{1,3}([,\u202f\u00a0 ]\d{3})+(\.\d*)?(e[+-]?\d+)?$/i.test(plain)) {
      plain = plain.replace(/[,\u202f\u00a0 ]/g, "");
    }
    return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(plain) ? plain : null;
  }

  // A typed number in a unit, as a number in the own unit.
  function fromUnit(plain, name, unit) {
    const [n, d] = exact(plain), [a, b] = factor(name, unit);
    const number = [n * a, d * b];
    if (number[0] === 0n) return 0;
    const [negative, whole, power] = rounded(number, 30);
    return Number(`${negative ? "-" : ""}${whole}e${power - 29}`);
  }

  function percent(share) {
    const [least, under] = style.smallest;
    if (share && Math.abs(share) < least) return under;
    const [mantissa, exponent] = digitsOf(exact(share).map((part, i) => (i ? part : part * 100n)), style.fewest);
    const text = (share > 0 ? "+" : "") + mantissa.replace("-", "−");
    return text + (exponent ? "×10" + superscript(exponent) : "") + "\u00a0%";
  }

  const bare = (value, digits) => {
    const [mantissa, exponent] = digitsOf(exact(value), digits);
    return mantissa.replace("-", "−") + (exponent ? "×10" + superscript(exponent) : "");
  };

  Object.assign(book, {
    bare, plural, show, alike, between, showRange, showSpread, showGiven, showStep, printed, fieldText, typed, fromUnit,
    bestUnit, unitText, percent,
  });
})();
