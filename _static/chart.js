// Charts: their marks follow a reader's case where they can. Loaded when a page shows one.
(function () {
  "use strict";
  const { book } = window;
  const { style } = book;
  const say = style.case;

  // One chart: its drawings, wide and narrow, each with what its marks start from.
  function made(figure) {
    const note = figure.querySelector(".chart-case");
    const parts = [...figure.querySelectorAll(".chart-data")].map((data) => {
      const found = JSON.parse(data.textContent), { width } = data.parentNode.querySelector("svg").viewBox.baseVal;
      return { ...found, width, cards: found.cards.map((card) => new book.Step(card)) };
    });
    return { note, parts };
  }

  // Where a value lies along the axis, which may count so many times as much as in the book.
  const place = (one, value, times = 1) => one.from + (one.per * value) / times;
  const ROOM = 60; // for a label behind its bar

  // The first round number of times by which all marks stay within the picture.
  function timesOf(marks, cards, width) {
    const far = Math.max(...marks.map((one) => {
      const card = cards[one.of], band = one.kind === "band" && card.changed ? card.pointsAt(true).at(-1) : 0;
      const room = one.kind === "label" ? width - ROOM : width;
      return (one.per * Math.max(card.amount(card.result), band)) / (room - one.from);
    }));
    let times = 1;
    for (let i = 0; times < far && i < 60; i += 1) times = [2, 5, 10][i % 3] * 10 ** Math.floor(i / 3);
    return times;
  }

  function move(one, card, times) {
    const group = document.getElementById(one.id), was = card.bookValue(card.result), text = group?.querySelector("text");
    if (!group) return;
    const [from, to] = [place(one, was), place(one, card.amount(card.result), times)];
    if (text) {
      one.text ??= text.textContent;
      const theirs = card.bookText(card.result), own = card.shown(card.result).text;
      text.textContent = !card.changed ? one.text : one.text.includes(theirs) ? one.text.replace(theirs, own) : own;
    }
    let shift = "";
    if (["label", "mark"].includes(one.kind)) shift = `translate(${to - from} 0)`;
    if (one.kind === "bar") shift = stretched(one.from, one.from, from, to);
    if (one.kind === "band") {
      const [before, after] = [card.pointsAt(false), card.pointsAt(card.changed)];
      const [[a, b], [c, d]] = [before, after].map((points, i) =>
        [points[0], points.at(-1)].map((end) => place(one, end, i ? times : 1)));
      shift = stretched(a, c, b, d);
    }
    group.setAttribute("transform", shift);
  }

  // What lies from one place to another, laid from a third to a fourth.
  function stretched(start, newStart, end, newEnd) {
    const by = (newEnd - newStart) / (end - start);
    return `matrix(${by} 0 0 1 ${newStart - start * by} 0)`;
  }

  function count(id, times) {
    const text = document.getElementById(id)?.querySelector("text");
    if (!text) return;
    const was = (text.dataset.was ??= text.textContent);
    text.textContent = times === 1 ? was : (Number(was.replaceAll(",", "")) * times).toLocaleString("en");
  }

  const charts = [...document.querySelectorAll(".chart-figure")].map(made);
  book.followCharts = (aCase) => {
    const on = !book.isEmpty(aCase);
    for (const { note, parts } of charts) {
      let moved = false;
      for (const { cards, marks, ticks, width } of parts) {
        for (const card of cards) moved = card.follow(aCase) || moved;
        const times = timesOf(marks, cards, width);
        for (const one of marks) move(one, cards[one.of], times);
        for (const one of ticks) count(one, times);
      }
      note.textContent = on ? (moved ? say.yours : say.chart) : "";
    }
  };
})();
