// Charts and maps from data in the page: <div class="chart" data-chart="bar" data-source="id of a JSON script">.
// The table with the same figures stands beside each, open without JavaScript, behind a switch with it.
"use strict";

(() => {
  const bangla = document.documentElement.lang !== "en";
  const palette = ["#006a4e", "#d98200", "#1f5fa8", "#b0407c", "#5aa9d6", "#6b6b6b"]; // colour-blind safe
  const shades = ["#e9f3ef", "#b9dacd", "#7fbda6", "#3f9679", "#006a4e", "#003d2c"]; // one hue for maps
  const digits = new Intl.NumberFormat(bangla ? "bn-BD" : "en-IN", { maximumFractionDigits: 2 });
  const font = getComputedStyle(document.body).fontFamily;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const whole = new Intl.NumberFormat(bangla ? "bn-BD" : "en-IN", { maximumFractionDigits: 0 });
  const short = (value) => Math.abs(value) >= 100 ? whole.format(value) : digits.format(value);
  const show = (value, unit) => value === null || value === undefined ? "–" : digits.format(value) + (unit ? " " + unit : "");
  const escape = (text) => { const span = document.createElement("span"); span.textContent = text; return span.innerHTML; };

  const base = (data) => ({
    color: palette, animation: !still, textStyle: { fontFamily: font, fontSize: 14, color: "#17212b" },
    aria: { enabled: true, decal: { show: (data.series || []).length > 1 }, label: { description: data.description } },
    tooltip: { textStyle: { fontFamily: font, color: "#17212b" }, confine: true, extraCssText: "max-width:300px;white-space:normal" },
  });

  const bars = (data, narrow, width) => Object.assign(base(data), {
    grid: { left: 8, right: narrow ? 58 : 70, top: data.series.length > 1 ? 44 : 8, bottom: 8, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, left: 0, textStyle: { fontSize: 14 } } : undefined,
    xAxis: { type: "value", axisLabel: { formatter: (value) => digits.format(value), hideOverlap: true }, splitLine: { lineStyle: { color: "#e3e8e6" } } },
    yAxis: { type: "category", inverse: true, data: data.labels, axisTick: { show: false },
      // on a phone a label stands over its bar, else beside it
      axisLine: { show: !narrow },
      axisLabel: narrow ? { inside: true, margin: 2, align: "left", verticalAlign: "bottom", padding: [0, 0, 4 + 11 * data.series.length, 0], fontSize: 13, color: "#17212b", width: width - 20, overflow: "truncate" } : { width: Math.min(280, Math.round(width * .34)), overflow: "break", lineHeight: 18, fontSize: 14 }, z: 3 },
    series: data.series.map((one) => ({ name: one.name, type: "bar", data: one.values, stack: data.stacked ? "all" : undefined, barMaxWidth: narrow ? 13 : 26,
      label: { show: !data.stacked, position: "right", formatter: (point) => point.value === null ? "" : short(point.value), fontSize: 13 } })),
    tooltip: Object.assign(base(data).tooltip, { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value) => show(value, data.unit) }),
  });

  // upright bars beside one another: tenths of the people, years; a label under each group
  const columns = (data, narrow) => Object.assign(base(data), {
    grid: { left: 8, right: 8, top: data.series.length > 1 ? (narrow ? 30 + 22 * data.series.length : 44) : 14, bottom: 8, containLabel: true },
    legend: data.series.length > 1 ? { top: 0, left: 0, orient: narrow ? "vertical" : "horizontal", textStyle: { fontSize: narrow ? 13 : 14 } } : undefined,
    xAxis: { type: "category", data: data.labels, axisTick: { show: false }, axisLabel: { interval: 0, fontSize: narrow ? 12 : 14, color: "#17212b" } },
    yAxis: { type: "value", axisLabel: { formatter: (value) => show(value, data.unit) }, splitLine: { lineStyle: { color: "#e3e8e6" } } },
    series: data.series.map((one) => ({ name: one.name, type: "bar", data: one.values, barMaxWidth: 26, barGap: "8%" })),
    tooltip: Object.assign(base(data).tooltip, { trigger: "axis", axisPointer: { type: "shadow" }, valueFormatter: (value) => show(value, data.unit) }),
  });

  const lines = (data) => Object.assign(base(data), {
    grid: { left: 8, right: 24, top: 44, bottom: 8, containLabel: true }, legend: { top: 0, left: 0, textStyle: { fontSize: 14 } },
    xAxis: { type: "category", data: data.labels }, yAxis: { type: "value", axisLabel: { formatter: (value) => digits.format(value) }, splitLine: { lineStyle: { color: "#e3e8e6" } } },
    series: data.series.map((one, i) => ({ name: one.name, type: "line", data: one.values, symbol: ["circle", "rect", "triangle", "diamond", "pin", "arrow"][i % 6], symbolSize: 8, lineStyle: { width: 3 } })),
    tooltip: Object.assign(base(data).tooltip, { trigger: "axis", valueFormatter: (value) => show(value, data.unit) }),
  });

  const ring = (data, narrow) => Object.assign(base(data), {
    legend: { bottom: 0, left: "center", textStyle: { fontSize: 13 } },
    series: [{ type: "pie", radius: ["45%", "70%"], center: ["50%", "42%"], label: { show: !narrow, formatter: (point) => `${point.name}\n${digits.format(point.percent)}%`, fontSize: 13 },
      data: data.labels.map((name, i) => ({ name, value: data.series[0].values[i] })) }],
    tooltip: Object.assign(base(data).tooltip, { valueFormatter: (value) => show(value, data.unit) }),
  });

  const map = (data, narrow) => {
    const values = Object.fromEntries(data.places.map((place) => [place.code, place]));
    const known = data.places.map((place) => place.value).filter((value) => value !== null);
    const top = Math.max(...known, 0), low = Math.min(...known, top);
    return Object.assign(base(data), {
      visualMap: { type: "piecewise", min: low, max: top === low ? low + 1 : top, splitNumber: 5, inRange: { color: shades.slice(1) }, outOfRange: { color: "#e7ebe9" },
        left: 0, bottom: 0, itemWidth: 18, itemHeight: 14, textStyle: { fontSize: narrow ? 12 : 13, color: "#17212b" },
        formatter: (from, to) => `${digits.format(Math.round(from * 10) / 10)} – ${digits.format(Math.round(to * 10) / 10)}${data.unit ? " " + data.unit : ""}` },
      series: [{ type: "map", map: data.geo, nameProperty: "code", roam: false, selectedMode: false, aspectScale: .92, // a degree of longitude is this much shorter at 24° north
        layoutCenter: narrow ? ["50%", "41%"] : ["56%", "50%"], layoutSize: narrow ? "96%" : "102%",
        itemStyle: { borderColor: "#ffffff", borderWidth: .7, areaColor: "#e7ebe9" },
        emphasis: { label: { show: false }, itemStyle: { areaColor: "#ffbf47", borderColor: "#17212b", borderWidth: 1.5 } },
        data: data.places.filter((place) => place.value !== null).map((place) => ({ name: place.code, value: place.value })) }],
      tooltip: Object.assign(base(data).tooltip, { trigger: "item", formatter: (point) => {
        const place = values[point.name];
        return place ? `<b>${escape(place.name)}</b><br>${escape(data.name)}: ${show(place.value, data.unit)}` : escape(point.name);
      } }),
    });
  };

  // estimates with their confidence intervals: a dot and a line with ends; what is not shown has neither
  const intervals = (data, narrow, width) => {
    const frame = bars({ ...data, series: data.series.map((one) => ({ name: one.name, values: [] })) }, narrow, width);
    frame.xAxis.axisLabel = { hideOverlap: true, formatter: (value) => data.unit === "৳" ? "৳ " + digits.format(value) : digits.format(value) + data.unit };
    frame.series = data.series.map((one, which) => ({
      name: one.name, type: "custom", encode: { x: [1, 2, 3], y: 0 }, clip: false,
      data: one.values.map((value, row) => [row, one.low[row] ?? value, value, one.high[row] ?? value]).filter((point) => point[2] !== null && point[2] !== undefined),
      renderItem: (params, api) => {
        const shift = (which - (data.series.length - 1) / 2) * 14;
        const [from, y] = api.coord([api.value(1), api.value(0)]), [at] = api.coord([api.value(2), api.value(0)]), [to] = api.coord([api.value(3), api.value(0)]);
        const down = y + shift + (narrow ? 7 : 0), stroke = { stroke: palette[which], lineWidth: 2.5 };
        const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style: stroke });
        return { type: "group", children: [line(from, down, to, down), line(from, down - 5, from, down + 5), line(to, down - 5, to, down + 5),
          { type: "circle", shape: { cx: at, cy: down, r: 6 }, style: { fill: palette[which], stroke: "#ffffff", lineWidth: 1.5 } }] };
      },
    }));
    frame.tooltip = Object.assign(base(data).tooltip, { trigger: "item", formatter: (point) => `<b>${escape(data.labels[point.value[0]])}</b><br>${show(point.value[2], data.unit)}<br>${escape(data.words.low)} ${show(point.value[1], data.unit)} ${escape(data.words.high)} ${show(point.value[3], data.unit)}` });
    return frame;
  };

  const wrapped = (name, most) => name.split(" ").reduce((lines, word) => { // short lines: a long name would be cut at the edge
    const last = lines[lines.length - 1];
    if (last !== undefined && (last + " " + word).length <= most) lines[lines.length - 1] = last + " " + word; else lines.push(word);
    return lines;
  }, []).join("\n");

  const radar = (data, narrow) => Object.assign(base(data), {
    legend: { bottom: 0, left: "center", textStyle: { fontSize: 13 } },
    radar: { center: ["50%", "46%"], radius: narrow ? "72%" : "70%", splitNumber: data.high - data.low,
      indicator: data.labels.map((name) => ({ name, min: data.low, max: data.high })), splitLine: { lineStyle: { color: "#d5dcd9" } }, splitArea: { show: false },
      axisName: { fontSize: narrow ? 14 : 13, color: "#17212b", lineHeight: 16, // on a phone the number of the name: the table has the names
        formatter: (name) => narrow ? name.split(".")[0] : wrapped(name, 26) } },
    series: [{ type: "radar", data: data.series.map((one, i) => ({ name: one.name, value: one.values.map((value) => value === null ? "-" : value), symbol: ["circle", "rect", "triangle", "diamond"][i % 4], symbolSize: 7, lineStyle: { width: 2.5 }, areaStyle: i === data.series.length - 1 ? { opacity: .12 } : undefined })) }],
    tooltip: Object.assign(base(data).tooltip, { trigger: "item", formatter: (point) => `<b>${escape(point.name)}</b><br>` + data.labels.map((name, i) => `${escape(name)}: ${show(point.value[i] === "-" ? null : point.value[i], data.unit)}`).join("<br>") }),
  });

  // one square a field: rows are criteria, the number of the level stands in each, so that colour is never alone
  const heat = (data, narrow, width) => Object.assign(base(data), {
    aria: { enabled: true, label: { description: data.description } },
    grid: { left: 8, right: 8, top: 8, bottom: narrow ? 30 + 24 * data.words.length : 44, containLabel: true },
    xAxis: { type: "category", data: data.columns, axisTick: { show: false }, axisLine: { show: false }, axisLabel: { show: false } },
    yAxis: { type: "category", inverse: true, data: data.labels, axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { fontSize: narrow ? 12 : 14, color: "#17212b", width: Math.min(260, Math.round(width * .38)), overflow: "break", lineHeight: 16 } },
    visualMap: { type: "piecewise", dimension: 2, orient: narrow ? "vertical" : "horizontal", left: narrow ? 0 : "center", bottom: 0, itemWidth: 16, itemHeight: 12, textStyle: { fontSize: narrow ? 14 : 13, color: "#17212b" },
      pieces: data.words.map((word, i) => ({ value: data.low + i, label: word, color: ["#cfe5dd", "#8cc4af", "#27735b", "#00402c"][data.words.length === 3 ? [0, 1, 3][i] : i] })) },
    series: [{ type: "heatmap", data: data.cells.map((cell) => ({ value: [cell.x, cell.y, cell.value], name: cell.name, itemStyle: cell.value === null ? { color: "#f0f2f1" } : undefined,
        label: { show: true, fontSize: narrow ? 12 : 14, color: cell.value !== null && cell.value >= data.high - 1 ? "#ffffff" : "#17212b", formatter: cell.value === null ? "–" : whole.format(cell.value) } })),
      itemStyle: { borderColor: "#ffffff", borderWidth: 3 } }],
    tooltip: Object.assign(base(data).tooltip, { trigger: "item", formatter: (point) => `<b>${escape(point.name)}</b><br>${point.value[2] === null ? "–" : escape(data.words[point.value[2] - data.low] || "")}` }),
  });

  const kinds = { bar: bars, column: columns, interval: intervals, line: lines, ring, map, radar, heat };

  async function draw(box) {
    const data = JSON.parse(document.getElementById(box.dataset.source).textContent);
    data.geo = box.dataset.geo;
    if (data.geo && !echarts.getMap(data.geo)) {
      const answer = await fetch(data.geo);
      echarts.registerMap(data.geo, await answer.json());
    }
    const narrow = box.clientWidth < 520;
    if (["bar", "interval"].includes(box.dataset.chart)) box.style.height = `${data.labels.length * (narrow ? 38 + 16 * data.series.length : 26 + 14 * data.series.length) + 60}px`;
    if (box.dataset.chart === "radar") box.style.height = narrow ? "380px" : "540px";
    if (box.dataset.chart === "heat") box.style.height = `${data.labels.length * (narrow ? 46 : 42) + (narrow ? 50 + 24 * data.words.length : 64)}px`;
    const chart = echarts.init(box, null, { renderer: "svg" });
    chart.setOption(kinds[box.dataset.chart](data, narrow, box.clientWidth));
    new ResizeObserver(() => { if (box.isConnected && box.clientWidth) chart.resize(); }).observe(box); // a page that is being left has no width
    box.setAttribute("role", "img");
    box.setAttribute("aria-label", data.description);
    const table = document.getElementById(box.dataset.table);
    if (table) table.open = false;
    box.dataset.drawn = "1";
  }

  document.addEventListener("DOMContentLoaded", async () => {
    await document.fonts.ready;
    document.querySelectorAll(".chart").forEach((box) => draw(box).catch(() => { box.hidden = true; }));
  });
})();
