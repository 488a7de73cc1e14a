// Draws every [data-figure] from the JSON of its figure, in the page's own type, and again for paper.
(() => {
  "use strict";

  // CSS pixels that fit on A4 within the print margins and those of the page, below a heading and a sentence
  const PAPER = { width: 610, height: 780 };
  const PAPER_TYPE = 12;
  const SMALL_TYPE = 9; // of a chart that is pressed together to fit on one sheet
  const NARROW = 480; // CSS pixels: below it, labels need smaller type to fit beside their marks
  const LONG_NAME = 20; // characters: a longer one takes two lines on a narrow screen
  const GAP = 4; // CSS pixels between a mark and a label beside it
  const CONFIG = { displayModeBar: false, responsive: true };
  const plots = [...document.querySelectorAll("[data-figure]")];

  const figureOf = (plot) => JSON.parse(document.getElementById(plot.dataset.figure).textContent);
  const typeOf = (layout, plot) => (plot.clientWidth < NARROW ? 12 : layout.font.size);

  // Names of rows, which would else leave no room for the bars beside them.
  const inTwoLines = (name) => {
    const breaks = [...name.matchAll(/ /g)].map((space) => space.index);
    if (name.length < LONG_NAME || !breaks.length) return name;
    const middle = breaks.reduce((best, at) => (Math.abs(at - name.length / 2) < Math.abs(best - name.length / 2) ? at : best));
    return `${name.slice(0, middle)}<br>${name.slice(middle + 1)}`;
  };

  const draw = async (plot) => {
    const { data, layout } = figureOf(plot);
    const font = { ...layout.font, family: getComputedStyle(plot).fontFamily, size: typeOf(layout, plot) };
    if (plot.clientWidth < NARROW && layout.yaxis?.type === "category") {
      layout.yaxis = { ...layout.yaxis, tickvals: data[0].y, ticktext: data[0].y.map(inTwoLines) };
    }
    await Plotly.newPlot(plot, data, { autosize: true, ...layout, font }, CONFIG);
    placeLabels(plot);
    plot.on("plotly_afterplot", () => placeLabels(plot));
  };

  const middleOf = (box) => ({ x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 });
  const moved = ({ left, right, top, bottom }, [x, y]) => ({ left: left + x, right: right + x, top: top + y, bottom: bottom + y });
  const meet = (one, other) =>
    one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
  const isWithin = (box, frame) =>
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;

  // A label stands above its mark, else below or beside it, where it meets no other label and, if it can be, no mark.
  // One that finds no room is not drawn: the table has it.
  const placeLabels = (plot) => {
    const frame = plot.getBoundingClientRect();
    const marks = [...plot.querySelectorAll(".scatterlayer .point")].map((mark) => mark.getBoundingClientRect());
    const placed = [...plot.querySelectorAll(".legendtext")].map((text) => text.getBoundingClientRect());
    for (const label of plot.querySelectorAll(".scatterlayer .textpoint")) {
      label.style.translate = label.style.visibility = "";
      const box = label.getBoundingClientRect();
      const from = middleOf(box);
      const distance = (mark) => Math.hypot(middleOf(mark).x - from.x, middleOf(mark).y - box.bottom);
      const own = marks.reduce((nearest, mark) => (distance(mark) < distance(nearest) ? mark : nearest), marks[0] ?? box);
      const beside = (box.width + own.width) / 2 + GAP;
      const level = middleOf(own).y - from.y;
      const ways = [[0, Math.min(0, own.top - box.bottom)], [0, own.bottom - box.top], [beside, level], [-beside, level]];
      const free = ways.filter((way) => {
        const there = moved(box, way);
        return isWithin(there, frame) && !placed.some((other) => meet(there, other));
      });
      const clear = free.find((way) => !marks.some((mark) => mark !== own && meet(moved(box, way), mark)));
      const way = clear ?? free[0];
      if (way) {
        // Beside Plotly's own transform, which a style of that name would take the place of.
        label.style.translate = `${way[0]}px ${way[1]}px`;
        placed.push(moved(box, way));
      } else {
        label.style.visibility = "hidden";
      }
    }
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
