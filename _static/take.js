// A chart as a file: its picture as it stands, as SVG or PNG, and its numbers. Loaded when somebody asks for one.
(function () {
  "use strict";
  const { book } = window;
  const { element } = book;

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

  const makers = {
    SVG: (svg, name) => save(name + ".svg", new Blob([pictured(svg)], { type: "image/svg+xml" })),
    PNG: (svg, name) => png(pictured(svg), svg, name + ".png"),
    CSV: (_, name, rows) => save(name + ".csv", new Blob([rows.replaceAll("|", "\n") + "\n"], { type: "text/csv" })),
  };

  // What a button asks for, of the drawing that is in view.
  book.takeChart = ({ dataset, parentNode: { dataset: { chart, rows }, parentNode: figure } }) => {
    const svg = [...figure.querySelectorAll("svg.chart")].find((one) => one.getClientRects().length);
    makers[dataset.take](svg, chart, rows);
  };
})();
