// Charts: their marks follow a reader's case where they can, and each can be taken away as a picture and as numbers.
(function () {
  "use strict";
  const { book } = window;
  const { element, style } = book;
  const say = style.case;

  const save = (name, blob) => {
    const link = element("a", { download: name, href: URL.createObjectURL(blob) });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 5000);
  };

  // The picture as it stands, with the page's colours and font in the place of what stands for them.
  function pictured(svg) {
    const copy = svg.cloneNode(true), at = getComputedStyle(svg), box = svg.viewBox.baseVal;
    copy.setAttribute("width", box.width);
    copy.setAttribute("height", box.height);
    copy.setAttribute("font-family", at.fontFamily.replaceAll('"', "'"));
    const paper = element("svg:rect", { width: "100%", height: "100%", fill: "var(--chart-paper)" });
    copy.prepend(paper);
    const probe = element("span");
    document.body.append(probe);
    const text = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, (_, name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    });
    probe.remove();
    return text;
  }

  function png(text, svg, name) {
    const image = new Image(), box = svg.viewBox.baseVal, scale = 3;
    image.addEventListener("load", () => {
      const canvas = element("canvas", { width: box.width * scale, height: box.height * scale });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      canvas.toBlob((blob) => save(name, blob));
    });
    image.src = "data:image/svg+xml," + encodeURIComponent(text);
  }

  // One chart: its drawings, wide and narrow, with what each starts from.
  function made(figure) {
    const wide = figure.querySelector("[data-chart]"), { chart: name, rows } = wide.dataset;
    const seen = () => [...figure.querySelectorAll("svg.chart")].find((svg) => svg.getClientRects().length) || wide.firstChild;
    const button = (label, action) => {
      const one = element("button", { type: "button", "aria-label": `${label}: ${say.take} ${name}` }, label);
      one.addEventListener("click", action);
      return one;
    };
    const note = element("span", { class: "chart-case" });
    figure.querySelector("figcaption").after(element("p", { class: "chart-tools" }, note,
      button("SVG", () => save(name + ".svg", new Blob([pictured(seen())], { type: "image/svg+xml" }))),
      button("PNG", () => png(pictured(seen()), seen(), name + ".png")),
      button("CSV", () => save(name + ".csv", new Blob([now(rows)], { type: "text/csv" })))));
    const parts = [...figure.querySelectorAll(".chart-data")].map((data) => JSON.parse(data.textContent))
      .map(({ cards, marks }) => ({ marks, cards: cards.map((card) => new book.Step(card)) }));
    const now = (text) => text.replaceAll("|", "\n") + "\n";
    return { note, parts };
  }

  // A line of a mark's own, taken from where it was drawn.
  const place = (one, value) => one.from + one.per * value;
  function move(one, card) {
    const group = document.getElementById(one.id), was = card.bookValue(card.result), text = group?.querySelector("text");
    if (!group) return;
    const value = card.amount(card.result), [from, to] = [place(one, was), place(one, value)];
    if (text) {
      one.text ??= text.textContent;
      text.textContent = card.changed ? card.shown(card.result).text : one.text;
    }
    let shift = "";
    if (card.changed && one.kind === "label") shift = `translate(${to - from} 0)`;
    if (card.changed && one.kind === "bar") shift = stretched(one.from, one.from, from, to);
    if (card.changed && one.kind === "band") {
      const [before, after] = [card.pointsAt(false), card.pointsAt(true)].map((points) =>
        [points[0], points.at(-1)].map((end) => place(one, end)));
      shift = stretched(before[0], after[0], before[1], after[1]);
    }
    group.setAttribute("transform", shift);
  }

  // What lies from one place to another, laid from a third to a fourth.
  function stretched(start, newStart, end, newEnd) {
    const by = (newEnd - newStart) / (end - start);
    return `matrix(${by} 0 0 1 ${newStart - start * by} 0)`;
  }

  const charts = [...document.querySelectorAll(".chart-figure")].map(made);
  book.followCharts = (aCase) => {
    const on = !book.isEmpty(aCase);
    for (const { note, parts } of charts) {
      let moved = false;
      for (const { cards, marks } of parts) {
        for (const card of cards) moved = card.follow(aCase) || moved;
        for (const one of marks) move(one, cards[one.of]);
      }
      note.textContent = on ? (moved ? say.yours : say.chart) : "";
    }
  };
})();
