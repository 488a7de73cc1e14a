// Draws every [data-figure] from the JSON of its figure, in the page's own type, and again for paper.
(() => {
  "use strict";

  // CSS pixels that fit on A4 within the print margins and those of the page, below a heading and a sentence
  const PAPER = { width: 610, height: 780 };
  const PAPER_TYPE = 12;
  const SMALL_TYPE = 9; // of a chart that is pressed together to fit on one sheet
  const NARROW = 480; // CSS pixels: below it, labels need smaller type to fit beside their marks
  const CONFIG = { displayModeBar: false, responsive: true };
  const plots = [...document.querySelectorAll("[data-figure]")];

  const figureOf = (plot) => JSON.parse(document.getElementById(plot.dataset.figure).textContent);
  const typeOf = (layout, plot) => (plot.clientWidth < NARROW ? 12 : layout.font.size);

  const draw = (plot) => {
    const { data, layout } = figureOf(plot);
    const font = { ...layout.font, family: getComputedStyle(plot).fontFamily, size: typeOf(layout, plot) };
    return Plotly.newPlot(plot, data, { autosize: true, ...layout, font }, CONFIG);
  };

  const ontoPaper = (plot) => {
    const { layout } = figureOf(plot);
    const isTall = layout.height > PAPER.height;
    const size = { width: PAPER.width, height: isTall ? PAPER.height : layout.height };
    return Plotly.relayout(plot, { autosize: false, ...size, "font.size": isTall ? SMALL_TYPE : PAPER_TYPE });
  };

  const backToScreen = (plot) => {
    const { layout } = figureOf(plot);
    const type = typeOf(layout, plot);
    return Plotly.relayout(plot, { autosize: true, width: null, height: layout.height, "font.size": type });
  };

  plots.forEach(draw);
  addEventListener("beforeprint", () => plots.forEach(ontoPaper));
  addEventListener("afterprint", () => plots.forEach(backToScreen));
})();
