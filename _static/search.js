// The search page: ranks the entries of search-index.js by BM25 over their fields, best first, as the reader types.
// Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and beyond" (2009), section 3.6 for the fields.
(function () {
  "use strict";
  const given = window.bookSearch, list = document.getElementById("search-results");
  if (!given || !list) return;

  const K1 = 1.2, NEAR = 0.4, BEGUN = 0.3, SMALL = 0.15, MEANING = 2, MOST = 30;
  const FIELDS = [{ of: 1, weight: 4, b: 0.5 }, { of: 2, weight: 1, b: 0.7 }, { of: 4, weight: 0.8, b: 0.7 }];
  // What one looks for more often counts for more.
  const KINDS = { question: 1.25, chapter: 1.2, card: 1.15, section: 1, catalogue: 0.95, term: 0.9, lists: 0.7, price: 0.35, symbol: 0.6,
    input: 0.55, source: 0.4 };

  const stemmer = new Stemmer(), stems = new Map(), same = new Map(given.same),
    ignored = new Set([...stopwords, ...given.ignored]);
  const stem = (word) => {
    if (!stems.has(word)) stems.set(word, /^[a-z]+$/.test(word) ? stemmer.stemWord(word) : word);
    return stems.get(word);
  };
  // Words, numbers without the commas of thousands, and parts of names_with_lines; a data centre is one thing.
  function split(text) {
    const plain = text.normalize("NFKC").toLowerCase().replace(/(\d),(?=\d{3}\b)/g, "$1").replace(/[’']s\b/g, "")
      .replace(/\bdata[ -]cent(?:re|er)s?\b/g, "datacentre");
    const found = plain.match(/\d+(?:\.\d+)?\p{L}*|[\p{L}_][\p{L}\p{N}_]*/gu) || [];
    return found.flatMap((word) => (word.includes("_") ? [word, ...word.split("_").filter(Boolean)] : [word]));
  }
  const words = (text) => split(text).flatMap((word) => (same.get(word) || word).split(" ")).map(stem);
  const near = new Map();
  for (const group of given.near) {
    const all = group.map(stem);
    for (const one of all) near.set(one, new Set([...(near.get(one) || []), ...all]));
  }

  // By word, which entries have it, how often in each field.
  const postings = new Map(), lengths = given.entries.map((entry, at) => FIELDS.map((field, place) => {
    const all = words(entry[field.of] || "");
    for (const word of all) {
      if (!postings.has(word)) postings.set(word, new Map());
      const counts = postings.get(word);
      if (!counts.has(at)) counts.set(at, FIELDS.map(() => 0));
      counts.get(at)[place] += 1;
    }
    return all.length;
  }));
  const means = FIELDS.map((_, place) => lengths.reduce((sum, one) => sum + one[place], 0) / lengths.length || 1);

  function idf(word) {
    const n = postings.get(word)?.size || 0;
    return Math.log(1 + (given.entries.length - n + 0.5) / (n + 0.5));
  }
  // What a word of the question may stand for, each with its weight; one that nothing has is taken as a beginning.
  function meant(word, last) {
    const found = new Map([[word, 1]]);
    for (const other of near.get(word) || []) if (!found.has(other)) found.set(other, NEAR);
    if ((last || !postings.has(word)) && word.length > 2) {
      for (const other of postings.keys()) if (!found.has(other) && other.startsWith(word)) found.set(other, BEGUN);
    }
    return found;
  }
  function frequency(word, at) {
    const counts = postings.get(word)?.get(at);
    if (!counts) return 0;
    return counts.reduce((sum, count, place) => {
      const { weight, b } = FIELDS[place];
      return sum + (weight * count) / (1 - b + (b * lengths[at][place]) / means[place]);
    }, 0);
  }
  function asked(text) {
    const all = split(text), telling = all.filter((word) => !ignored.has(word));
    return [...new Set(words((telling.length ? telling : all).join(" ")))];
  }
  // The small words of a question: they tell two headings apart that have the same large ones.
  function small(text, terms) {
    return [...new Set(words(text))].filter((word) => !terms.includes(word));
  }
  function ranked(text, typing) {
    const terms = asked(text), scores = new Map();
    const add = (at, score, matched) => {
      const so = scores.get(at) || { score: 0, matched: 0 };
      scores.set(at, { score: so.score + score, matched: so.matched + matched });
    };
    terms.forEach((term, place) => {
      const best = new Map();
      for (const [word, weight] of meant(term, typing && place === terms.length - 1)) {
        const worth = weight * Math.min(idf(word), idf(term) || idf(word));
        for (const at of postings.get(word)?.keys() || []) {
          const tf = frequency(word, at), score = (worth * tf * (K1 + 1)) / (tf + K1);
          if (score > (best.get(at) || 0)) best.set(at, score);
        }
      }
      for (const [at, score] of best) add(at, score, 1);
    });
    for (const word of small(text, terms)) {
      for (const at of postings.get(word)?.keys() || []) {
        const tf = frequency(word, at);
        if (scores.has(at)) add(at, (SMALL * idf(word) * tf * (K1 + 1)) / (tf + K1), 0);
      }
    }
    // An entry that has more of the words comes before one that has one of them often.
    // One whose whole name is in the question is asked for, whatever else is asked about it.
    const inside = (at) => words(given.entries[at][1]).every((word) => terms.includes(word));
    const named = (at) => given.entries[at][0] === "catalogue" && inside(at);
    // A word that is asked for alone is asked for its meaning.
    const meaning = (at) => given.entries[at][0] === "term" && inside(at) &&
      new Set(words(given.entries[at][1])).size === terms.length;
    return [...scores].map(([at, found]) => ({
      at, score: found.score * KINDS[given.entries[at][0]] * (meaning(at) ? MEANING : 1) *
        (named(at) ? 1 : 0.4 + (0.6 * found.matched) / terms.length),
    })).sort((a, b) => b.score - a.score || a.at - b.at).slice(0, MOST);
  }

  // The sentences that have most of the words, marked.
  function excerpt(text, terms) {
    const wanted = new Set(terms.flatMap((term) => [...meant(term, false).keys()]));
    const sentences = text.match(/.+?(?:[.?!](?=\s+[\p{Lu}“\d])|$)\s*/gu) || [];
    const worth = sentences.map((one) => [...new Set(words(one))].reduce((sum, word) => (
      sum + (terms.includes(word) ? idf(word) : wanted.has(word) ? NEAR * idf(word) : 0)), 0));
    const at = Math.max(worth.indexOf(Math.max(...worth)), 0);
    let shown = text.length < 300 ? text : sentences[at] || "";
    if (shown.length < 140 && shown !== text && sentences[at + 1]) shown += sentences[at + 1];
    const cut = shown.length > 300 ? `${shown.slice(0, 300).replace(/\s\S*$/, "")} …` : shown;
    const made = document.createElement("p");
    for (const part of cut.trim().split(/([\p{L}\p{N}_.,]*[\p{L}\p{N}_])/u)) {
      const hit = part && words(part).some((word) => wanted.has(word));
      const piece = hit ? document.createElement("mark") : document.createTextNode(part);
      if (hit) piece.textContent = part;
      made.append(piece);
    }
    return made;
  }
  function show(text, typing) {
    const found = ranked(text, typing), terms = asked(text), count = document.getElementById("search-count");
    count.textContent = !text.trim() ? "" : found.length ? `Best first, of ${given.entries.length} entries:`
      : "Nothing has these words. Try fewer, or others.";
    list.replaceChildren(...found.map(({ at }) => {
      const [kind, title, said, place] = given.entries[at];
      const item = document.createElement("li"), link = document.createElement("a"), what = document.createElement("span");
      link.href = document.documentElement.dataset.content_root + place;
      link.textContent = title;
      what.className = "search-kind";
      what.textContent = kind;
      item.append(link, " ", what, excerpt(said, terms));
      return item;
    }));
  }

  const field = document.querySelector(".book-search input"), form = field.form;
  field.value = new URLSearchParams(location.search).get("q") || "";
  field.focus();
  show(field.value, false);
  field.addEventListener("input", () => show(field.value, true));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show(field.value, false);
    const address = new URL(location);
    address.searchParams.set("q", field.value);
    history.replaceState(null, "", address);
  });
  // Sphinx's script marks these words on the page that one goes to.
  list.addEventListener("click", () => localStorage.setItem("sphinx_highlight_terms",
    split(field.value).filter((word) => !ignored.has(word)).join(" ")));
  window.book = { ...window.book, ranked: (text) => ranked(text, false).map(({ at }) => given.entries[at]) };
})();
