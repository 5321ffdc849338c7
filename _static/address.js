// A case in the page's address: read from it, put into it, and copied with it. calc/model/case.py reads the same.
(function () {
  "use strict";
  const book = window.book;
  const { style, has, Refusal, inside, words, filled } = book;
  const say = style.case, NUMBER = "[0-9.eE+-]{1,30}";
  const QUANTITY = new RegExp(`^([a-z][a-z0-9_]{0,60})=(|${NUMBER}(~${NUMBER}){0,2})$`);
  const WORD = new RegExp(`^(${say.words.join("|")})=([\\w.~%!*'()-]+)$`);
  // Every quantity of the book with its domain, also those of other pages.
  const domains = new Map(book.names.flatMap(([domain, names]) => names.split(" ").map((name) => [name, domain])));

  const emptyCase = () => ({ words: {}, given: {}, ranges: {}, sought: null });

  // The value within a range of two ends: their middle, or that of their logarithms.
  function middle(name, low, high) {
    const domain = domains.get(name), wide = low > 0 && high >= style.wide[0] * low && !book.isShare(domain);
    const value = Number(wide ? Math.sqrt(low * high).toPrecision(6) : ((low + high) / 2).toPrecision(15));
    return domain.whole ? Math.round(value) - (value % 1 === 0.5 && Math.round(value) % 2) : value;
  }

  // What is wrong with the ends of a range; nothing where it is one.
  const isRange = (ends) => ends[0] < ends.at(-1) && (ends.length < 3 || (ends[0] <= ends[1] && ends[1] <= ends[2])) &&
    !(ends[0] > 0 && ends.at(-1) > style.wide[1] * ends[0]);

  // The case of an address. All of it or nothing: what is not a known name with a number of its domain is refused, and
  // never shown.
  function readCase(search) {
    const found = emptyCase();
    if (search.length > style.longest) throw new Refusal(say.long);
    for (const part of search.replace(/^\?/, "").split("&").filter(Boolean)) {
      const [, word, said] = WORD.exec(part) || [];
      if (word && !has(found.words, word) && (word === "claim" || /^[\w.-]+$/.test(said))) {
        if (word === "sure" && !(Number(said) > 0 && Number(said) < 1)) throw outside(word, say.sure);
        found.words[word] = plainly(said);
        continue;
      }
      const [, name, value] = QUANTITY.exec(part) || [];
      if (!name || !domains.has(name) || has(found.given, name) || (value === "" && found.sought)) {
        throw new Refusal(say.unknown);
      }
      if (value === "") found.given[(found.sought = name)] = null;
      else take(found, name, value.split("~").map((one) => Number(book.typed(one) ?? NaN)));
    }
    return found;
  }

  const outside = (name, accepted) => new Refusal(filled(say.outside, { name, accepted }));

  function plainly(text) {
    try {
      return decodeURIComponent(text);
    } catch {
      throw new Refusal(say.unknown);
    }
  }

  function take(found, name, numbers) {
    const domain = domains.get(name);
    if (!numbers.every((one) => inside(domain, one)) || (numbers.length > 1 && !isRange(numbers))) {
      throw outside(words(name), domain.words);
    }
    found.given[name] = numbers.length === 2 ? middle(name, ...numbers) : numbers[numbers.length >> 1];
    if (numbers.length > 1) found.ranges[name] = numbers;
  }

  // A case as an address has it: words in their order, quantities in the order of change.
  const writeCase = ({ words: said, given, ranges }) => [
    ...say.words.filter((word) => has(said, word)).map((word) => `${word}=${encodeURIComponent(said[word])}`),
    ...Object.keys(given).map((name) => `${name}=${has(ranges, name) ? ranges[name].join("~") : given[name] ?? ""}`),
  ].join("&");

  const ending = (text, fragment) => (text ? "?" + text : "") + (fragment ? "#" + fragment : "");

  function putInAddress(text, fragment) {
    try {
      history.replaceState(null, "", location.pathname + ending(text, fragment));
    } catch {
      // Some browsers refuse it on pages opened as files; the link can still be copied.
    }
  }

  const hasState = () => location.search && !/^\?highlight=[^&]*$/.test(location.search);

  // What is wrong with the address, above the page's text.
  function complain(text) {
    const note = book.element("p", { class: "calc-page", role: "status" });
    document.querySelector(".bd-article").prepend(note);
    note.textContent = text;
  }

  Object.assign(book, {
    emptyCase, isRange, middle, readCase, writeCase, ending, putInAddress, hasState, complain,
  });
})();
