// Charts: drawn again with a reader's case, from what their marks are worked out from. Loaded when a page shows one.
(function () {
  "use strict";
  const { book } = window;
  const { element, has, style } = book;
  const say = style.case, ROOM = 60, GAP = 0.08, MANY = 20000, CLOSE = 26; // for a label; around a square; squares at most; between two ticks
  const finite = Number.isFinite, PHONE = matchMedia("screen and (width <= 36rem)"); // as charts.css has it
  // An SVG's numbers are small, and what lies farther out is not seen.
  const FAR = 1e5, near = (dot) => Math.min(Math.max(dot, -FAR), FAR);
  const joined = (dots) => dots.map((dot, i) => (i ? "L " : "M ") + dot.map(near).join(" ")).join(" ");

  // A scale: from numbers to places in the picture and back.
  function scale({ ends, dots: [from, to], log }) {
    const of = log ? Math.log10 : (one) => one, back = log ? (one) => 10 ** one : (one) => one;
    const [low, high] = ends.map(of), per = (to - from) / (high - low);
    return { place: (value) => from + (of(value) - low) * per, value: (dot) => back(low + (dot - from) / per) };
  }

  const round = (times, up) => {
    let found = 1;
    for (let i = 1; i < 60 && (up ? found < times : found > times); i += 1) {
      const power = 10 ** Math.floor((up ? i : -i) / 3);
      found = (up ? [1, 2, 5] : [1, 2, 5])[((up ? i : -i) % 3 + 3) % 3] * power;
    }
    return found;
  };

  // The ends of an axis that has room for all marks; those that it has already while they fit and fill it.
  function roomy(axis, values) {
    const all = values.filter(([value]) => finite(value) && (!axis.log || value > 0)), [low, high] = axis.ends;
    if (!all.length) return axis.ends;
    const { place } = scale(axis), [from, to] = axis.dots, size = Math.abs(to - from);
    const share = (value, room) => Math.abs(place(value) - from) / (size - room);
    if (axis.log) {
      const most = Math.max(...all.map(([value]) => value)), least = Math.min(...all.map(([value]) => value));
      const ends = [...axis.ends];
      if (least < Math.min(low, high)) ends[low < high ? 0 : 1] = 10 ** Math.floor(Math.log10(least));
      const room = Math.max(...all.map(([, one]) => one)), top = low < high ? 1 : 0;
      for (let i = 0; i < 40 && scale({ ...axis, ends }).place(most) * Math.sign(to - from) >
        (to - Math.sign(to - from) * room) * Math.sign(to - from); i += 1) ends[top] *= 2;
      return ends;
    }
    if (low !== 0 && high !== 0) {
      const far = Math.max(...all.map(([value, room]) => (value > low ? share(value, room) : 0)));
      return far > 1 ? [low, low + (high - low) * round(far, true)] : axis.ends;
    }
    const far = Math.max(...all.map(([value, room]) => (value > 0 ? share(value, room) : 0)));
    const times = far > 1 ? round(far, true) : far > 0 && far < 0.25 ? round(far / 0.8, false) : 1;
    return far > 0 && far < 0.25 && far / times > 1 ? axis.ends : axis.ends.map((end) => end * times);
  }

  // Squares in rows and columns, as calc/charts/cells.py has them.
  function cells(count, order, each) {
    const number = Math.max(1, Math.round(each)), columns = Math.ceil(Math.sqrt(count * 1.2));
    return Array.from({ length: Math.min(MANY, Math.round(count) || 0) }, (_, k) => {
      const row = Math.floor(k / number), column = k % number;
      return { down: [row, column, 1], across: [k % columns, Math.floor(k / columns), 1], steps: [row + column, row, 1],
        rows: [0, k, each] }[order];
    });
  }

  // One drawing: its parts in the page, as they were and as they are.
  class Drawing {
    constructor(svg, data) {
      Object.assign(this, { svg, data, old: new Map() });
      this.told = svg.getAttribute("aria-label");
    }

    set(node, name, value) {
      if (!node) return;
      const key = [node, name];
      let had = this.old.get(node);
      if (!had) this.old.set(node, (had = {}));
      if (!has(had, name)) had[name] = name === "text" ? key[0].textContent : node.getAttribute(name);
      if (name === "text") node.textContent = value;
      else node.setAttribute(name, value);
    }

    restore() {
      for (const [node, had] of this.old) {
        for (const [name, value] of Object.entries(had)) {
          if (name === "text") node.textContent = value;
          else if (value === null) node.removeAttribute(name);
          else node.setAttribute(name, value);
        }
      }
      this.old.clear();
      this.svg.querySelectorAll(".chart-own").forEach((one) => one.remove());
    }

    draw(values, lines) {
      this.restore();
      const { axes, items, told } = this.data;
      const works = (one, hows) => (!hows ? [] : hows.all ? one.map((x) => values.at(hows.all, x))
        : hows.map((how, i) => values.at(how, one[i])));
      const worked = items.map((item) => ["x", "y", "z"].map((key) => works(item.swept || [], item[key])));
      axes.forEach((axis, on) => axis.x.told ? this.laid(axis, values) : this.scales(axis, items.map((item, i) => [item, worked[i]])
        .filter(([item]) => item.on === on)));
      items.forEach((item, i) => {
        let found = worked[i];
        if (item.swept) {
          const { x } = axes[item.on], along = item.swept.map((one) => x.now.value(x.was.place(one)));
          found = ["x", "y", "z"].map((key) => works(along, item[key]));
          if (typeof item.x[0] === "number") found[0] = along;
        }
        this.item(item, found, axes[item.on], values);
        if (has(item, "row")) book.chartRows(lines, item, found);
      });
      if (told.length) this.set(this.svg, "aria-label", `${say.yours}: ${values.written(told)}`);
    }

    scales(axis, items) {
      for (const [at, letter] of ["x", "y"].entries()) {
        const one = axis[letter], moved = items.filter(([item]) => !item.over && !item.swept && item[letter]);
        one.was = scale(one);
        // A label wants as much room as it has in the book, or what most are long.
        const room = (item) => (letter === "x" && item.kind === "text"
          ? Math.min(ROOM, Math.abs(one.dots[1] - one.was.place(item.was[0][0]))) : 0);
        const marks = moved.flatMap(([item, found]) => found[at].map((value) => [value, room(item)]));
        const told = moved.some(([item]) => JSON.stringify(item[letter]).includes("["));
        const ends = told ? roomy(one, marks) : one.ends;
        one.now = scale({ ...one, ends });
        if (ends !== one.ends) this.ticks(one, letter, ends);
      }
    }

    // Scales as wide as what is counted on them; squares stay square.
    laid(axis, values) {
      const each = ["x", "y"].map((letter) => {
        const one = axis[letter], ends = one.told.map((how) => values.at(how)), [from, to] = one.dots;
        return { one, letter, ends, middle: (from + to) / 2, per: (to - from) / (ends[1] - ends[0]) };
      });
      const least = Math.min(...each.map(({ per }) => Math.abs(per)));
      for (const { one, letter, ends, middle, per } of each) {
        const half = axis.equal ? (Math.sign(per) * least * (ends[1] - ends[0])) / 2 : 0;
        one.was = scale(one);
        one.now = scale({ ...one, ends, ...(half && { dots: [middle - half, middle + half] }) });
        (one.at || []).forEach((how, i) => {
          const [id, value] = one.ticks[i] || [], group = document.getElementById(id), now = values.at(how);
          if (!group) return;
          this.shift(group, letter, one.now.place(now) - one.was.place(value));
          const text = group.querySelector("text");
          if (/^\d/.test(text?.textContent)) this.set(text, "text", Math.round(now).toLocaleString("en"));
        });
      }
    }

    // Ticks stay where they are and count on, on a scale from nought; on others they move to where their numbers are.
    ticks(axis, letter, ends) {
      let last = -Infinity;
      const times = ends[1] / axis.ends[1], counts = !axis.log && (axis.ends[0] === 0 || axis.ends[1] === 0);
      for (const [id, value] of axis.ticks) {
        const group = document.getElementById(id), text = group?.querySelector("text");
        if (!group) continue;
        if (counts && text) this.set(text, "text", Number((value * (times || ends[0] / axis.ends[0])).toPrecision(6)).toLocaleString("en"));
        else if (!counts) {
          const dot = axis.now.place(value);
          this.shift(group, letter, dot - axis.was.place(value));
          if (letter === "x" && text && Math.abs(dot - last) < CLOSE) this.set(text, "visibility", "hidden");
          else last = dot;
        }
      }
    }

    shift(node, letter, by) {
      this.set(node, "transform", letter === "x" ? `translate(${near(by)} 0)` : `translate(0 ${near(by)})`);
    }

    item(item, [x, y, z], axis, values) {
      if (item.kind === "yours") return this.yours(x, y, axis, values, item);
      const group = document.getElementById(item.id);
      if (!group) return;
      const at = (i, row = y) => [axis.x.now.place(x[i]), axis.y.now.place(row[i])].map((dot) => Number(near(dot).toFixed(2)));
      const path = group.querySelector("path"), drawn = (row) => x.map((_, i) => at(i, row))
        .filter((dots) => dots.every(finite));
      if (item.kind === "line") {
        const line = [...group.children].find((one) => one.tagName === "path"), dots = drawn(y);
        if (line) this.set(line, "d", joined(dots));
        group.querySelectorAll("use").forEach((use, i) => {
          const [left, top] = at(i);
          this.set(use, "x", finite(left) ? left : -99);
          this.set(use, "y", finite(top) ? top : -99);
        });
      } else if (item.kind === "area") {
        // Where there is no value, nothing is left of it.
        const use = group.querySelector("use"), dy = Number(use?.getAttribute("y") || 0), [floor] = axis.y.ends;
        const whole = (row) => drawn(row.map((one) => (finite(one) ? one : floor)));
        const dots = [...whole(y), ...whole(z).reverse()].map(([left, top]) => [left, Number((top - dy).toFixed(2))]);
        this.set(path, "d", joined(dots) + " z");
      } else if (item.kind === "rect") {
        const [a, b] = [at(0), at(1)];
        if ([...a, ...b].every(finite)) this.set(path, "d", joined([a, [b[0], a[1]], b, [a[0], b[1]]]) + " z");
      } else if (item.kind === "cells") {
        this.set(path, "d", cells(x[0], item.order, y[0]).map(([column, row, wide]) => {
          const [left, right] = [column + GAP, column + wide - GAP].map(axis.x.now.place);
          const [top, bottom] = [row + GAP, row + 1 - GAP].map(axis.y.now.place);
          return joined([[left, top], [right, top], [right, bottom], [left, bottom]].map((dot) => dot.map((one) => Number(one.toFixed(2))))) + " z";
        }).join(" "));
      } else if (item.kind === "hist") this.histogram(item, path, axis, values);
      else if (item.kind === "vspan") {
        const [a, b] = item.was[0].map(axis.x.was.place), [c, d] = x.map(axis.x.now.place), by = (d - c) / (b - a);
        this.set(group, "transform", `matrix(${by} 0 0 1 ${c - a * by} 0)`);
      } else this.move(item, group, x, y, axis, values);
    }

    // Draws as columns from one end of the scale to the other, those within nine in ten or the others.
    histogram({ x: [low, high], bins, inside }, path, { x, y }, values) {
      const found = values.draws(low), ends = [values.at(low), values.at(high)], counts = new Array(bins).fill(0);
      const [from, to] = x.dots, wide = (to - from) / bins, [floor, top] = y.dots;
      if (typeof found === "number") return;
      for (const one of found) {
        const at = Math.floor((x.now.place(one) - from) / wide);
        if (at >= 0 && at < bins) counts[at] += 1;
      }
      const most = Math.max(...counts) * 1.05, drawn = counts.flatMap((count, i) => {
        const middle = x.now.value(from + (i + 0.5) * wide), is = ends[0] <= middle && middle <= ends[1];
        const [left, right, up] = [from + i * wide, from + (i + 1) * wide, floor + ((top - floor) * count) / most];
        return is === inside && count ? [joined([[left, floor], [left, up], [right, up], [right, floor]]) + " z"] : [];
      });
      this.set(path, "d", drawn.join(" ") || "M 0 0");
    }

    // A text, or a line across: moved as a whole.
    move(item, group, x, y, axis, values) {
      const off = (one, row, was) => (row.length && was.length ? one.now.place(row[0]) - one.was.place(was[0]) : 0);
      const by = [off(axis.x, x, item.was[0]), off(axis.y, y, item.was[1])].map((dot) => Number(near(dot).toFixed(2)));
      if (by.every(finite) && by.some(Boolean)) this.set(group, "transform", `translate(${by.join(" ")})`);
      if (!item.texts) return;
      const lines = values.written(item.texts).split("\n");
      group.querySelectorAll("text").forEach((text, i) => {
        if (lines[i] !== undefined && lines[i] !== text.textContent) this.set(text, "text", lines[i]);
      });
    }

    // Where the reader's case stands among others.
    yours([x], [y], axis, values, item) {
      const how = (item.x || item.y)[0];
      if (values.at(how) === values.theirs.at(how)) return;
      const [left, right] = axis.x.dots, [bottom, top] = axis.y.dots, flat = x === undefined;
      const dot = near(flat ? axis.y.now.place(y) : axis.x.now.place(x));
      if (!finite(dot)) return;
      const [d, at] = flat ? [`M ${left} ${dot} L ${right} ${dot}`, [right - 4, dot - 4, "end"]]
        : [`M ${dot} ${bottom} L ${dot} ${top}`, dot > (left + right) / 2 ? [dot - 4, top + 9, "end"] : [dot + 4, top + 9, "start"]];
      this.svg.append(element("svg:g", { class: "chart-own" },
        element("svg:path", { d, style: "fill: none; stroke: var(--chart-wrong); stroke-width: 1.6; stroke-dasharray: 5 3" }),
        element("svg:text", { x: at[0], y: at[1], style: `font: 9px 'DejaVu Sans', sans-serif; text-anchor: ${at[2]}; fill: var(--chart-wrong)` },
          say.yours)));
    }
  }

  // The rows of a chart's table that a mark stands in.
  book.chartRows = (lines, { kind, row }, [x, y]) => {
    const six = (value) => (finite(value) ? String(Number(value.toPrecision(6))) : "");
    const rows = kind === "rect" ? [[x[1], (y[0] + y[1]) / 2]] : kind === "line" ? x.map((one, i) => [one, y[i]]) : [];
    rows.forEach(([one, other], i) => {
      const name = lines[row + i].replace(/,[^,]*,[^,]*$/, "");
      lines[row + i] = [name, six(one), six(other)].join(",");
    });
  };

  function made(figure) {
    const data = figure.querySelector(".chart-data"), note = figure.querySelector(".chart-case");
    const tools = figure.querySelector(".chart-tools");
    if (!data) return { note };
    const found = JSON.parse(data.textContent), values = new book.ChartValues(found), theirs = new book.ChartValues(found);
    theirs.follow(book.emptyCase());
    values.theirs = theirs;
    const drawings = ["wide", "narrow"].map((kind) =>
      new Drawing(figure.querySelector(`.chart-${kind} svg`), found[kind]));
    return { note, tools, values, drawings, rows: tools.dataset.rows };
  }

  const charts = [...document.querySelectorAll(".chart-figure")].map(made);
  let last = book.emptyCase();

  // Of a chart the drawing that is in view.
  function follow({ note, tools, values, drawings, rows }) {
    const on = !book.isEmpty(last);
    if (values) {
      values.follow(last);
      const lines = rows.split("|");
      drawings.forEach((one, i) => (on && PHONE.matches === (i === 1) ? one.draw(values, lines) : one.restore()));
      if (!values.moved) drawings.forEach((one) => one.restore());
      tools.dataset.rows = on && values.moved ? lines.join("|") : rows;
    }
    note.textContent = on ? (values?.moved ? say.yours : say.chart) : "";
  }

  book.followCharts = (aCase) => {
    last = aCase;
    charts.forEach(follow);
  };
  PHONE.addEventListener("change", () => book.isEmpty(last) || charts.forEach(follow));
})();
