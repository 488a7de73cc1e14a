// Draws every [data-figure] from the JSON of its figure, in the page's own type, and again for paper.
(() => {
  "use strict";

  const PAPER_WIDTH = 680; // CSS pixels that fit across A4 within the print margins
  const NARROW = 480; // CSS pixels: below it, labels need smaller type to fit beside their marks
  const CONFIG = { displayModeBar: false, responsive: true };
  const plots = [...document.querySelectorAll("[data-figure]")];

  const inPageType = (layout, plot) => ({
    autosize: true,
    ...layout,
    font: {
      ...layout.font,
      family: getComputedStyle(plot).fontFamily,
      size: plot.clientWidth < NARROW ? 12 : layout.font.size,
    },
  });

  const draw = (plot) => {
    const figure = JSON.parse(document.getElementById(plot.dataset.figure).textContent);
    return Plotly.newPlot(plot, figure.data, inPageType(figure.layout, plot), CONFIG);
  };

  const resize = (size) => plots.forEach((plot) => Plotly.relayout(plot, size));

  plots.forEach(draw);
  addEventListener("beforeprint", () => resize({ autosize: false, width: PAPER_WIDTH }));
  addEventListener("afterprint", () => resize({ autosize: true, width: null }));
})();
