/* Draws charts as SVG, as wide as there is room. Beside each there is a table that says the same. */

import { clock, millis, number, percent, svg } from "./html.js";

const LINE = 16;

/* Draws again whenever the width changes. */
export function draw(container, chart) {
	container.chart = chart;
	const redraw = () => {
		const width = Math.floor(container.clientWidth);
		if (width > 0) {
			container.replaceChildren(container.chart(width));
		}
	};
	if (!container.observer) {
		container.observer = new ResizeObserver(redraw);
		container.observer.observe(container);
	}
	redraw();
}

function picture(width, height, label, ...children) {
	return svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label }, ...children);
}

function text(x, y, content, attributes = {}) {
	return svg("text", { x, y, ...attributes }, content);
}

/* Labels of a scale, of which those are left out that would touch the one before. */
function scaleLabels(ticks, y, width) {
	const labels = [];
	let free = -Infinity;
	for (const { x, label } of ticks) {
		const half = label.length * 3.6;
		const left = Math.min(Math.max(0, x - half), width - 2 * half);
		if (left >= free) {
			labels.push(text(left + half, y, label, { "text-anchor": "middle" }));
			free = left + 2 * half + 8;
		}
	}
	return labels;
}

const TICKS = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200].map((minutes) => minutes * 60_000);

/* Times at which an axis has labels, at full minutes or hours of local time. */
function timeTicks(start, end, most) {
	const step = TICKS.find((candidate) => (end - start) / candidate <= most) || TICKS[TICKS.length - 1];
	const offset = new Date(start).getTimezoneOffset() * 60_000;
	const ticks = [];
	for (let time = Math.ceil((start - offset) / step) * step + offset; time <= end; time += step) {
		ticks.push(time);
	}
	return ticks;
}

/*
 * Columns of shares, stacked, and beneath them how much they are shares of. A bin has a
 * start, an end, a total, and a count by series; there are as many as there is room for.
 */
export function shares(binsFor, series, label) {
	return (width) => {
		const left = 46;
		const bins = binsFor(Math.floor((width - left) / 7));
		const right = 6;
		const top = 8;
		const plot = 170;
		const volume = 34;
		const base = top + plot;
		const height = base + 12 + volume + 22;
		const start = bins[0].start;
		const end = bins[bins.length - 1].end;
		const x = (time) => left + (time - start) / (end - start) * (width - left - right);
		const y = (share) => base - share * plot;
		const highest = Math.max(1, ...bins.map((bin) => bin.total));
		const grid = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
			svg("line", { class: "grid", x1: left, x2: width - right, y1: y(share), y2: y(share) }),
			text(left - 6, y(share) + 4, `${share * 100} %`, { "text-anchor": "end" })]);
		const columns = bins.filter((bin) => bin.total > 0).map((bin) => {
			const from = x(bin.start) + 0.5;
			const wide = Math.max(1, x(bin.end) - x(bin.start) - 1);
			let sum = 0;
			const parts = series.map(({ name }) => {
				const before = sum;
				sum += bin.counts[name];
				return svg("rect", { class: name, x: from, width: wide, y: y(sum / bin.total),
					height: (sum - before) / bin.total * plot });
			});
			const high = Math.max(1.5, bin.total / highest * volume);
			const spoken = `${clock(bin.start)}: ${number(bin.total)} calls, `
				+ series.map(({ name, title }) => `${percent(bin.counts[name] / bin.total)} ${title}`).join(", ");
			return svg("g", {}, svg("title", {}, spoken),
				svg("rect", { class: "hover", x: from, width: wide, y: top, height: plot + 12 + volume }), ...parts,
				svg("rect", { class: "volume", x: from, width: wide, y: base + 12 + volume - high, height: high }));
		});
		const ticks = scaleLabels(timeTicks(start, end, Math.floor((width - left) / 64)).map((time) =>
			({ x: x(time), label: clock(time) })), height - 4, width);
		return picture(width, height, label, ...grid, ...columns,
			text(left - 6, base + 12 + 10, number(highest), { "text-anchor": "end" }),
			svg("line", { class: "grid", x1: left, x2: width - right, y1: base + 12 + volume, y2: base + 12 + volume }), ...ticks);
	};
}

function rows(count, each, axis = 20) {
	return { top: (index) => index * each, bottom: count * each, height: count * each + axis };
}

/* For each row its median, 95th and 99th percentile, on a logarithmic scale of milliseconds. */
export function percentiles(entries, label) {
	return (width) => {
		const place = rows(entries.length, 40);
		const lowest = Math.floor(Math.log10(Math.max(0.001, Math.min(...entries.map((entry) => entry.p50)))));
		const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(0.001, ...entries.map((entry) => entry.p99)))));
		const x = (value) => 6 + (Math.log10(Math.max(value, 10 ** lowest)) - lowest) / (highest - lowest) * (width - 12);
		const powers = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index);
		const grid = powers.map((power) =>
			svg("line", { class: "grid", x1: x(10 ** power), x2: x(10 ** power), y1: 0, y2: place.bottom }));
		const labels = scaleLabels(powers.map((power) => ({ x: x(10 ** power), label: millis(10 ** power) })), place.height - 4, width);
		const marks = entries.map((entry, index) => {
			const y = place.top(index) + 28;
			return svg("g", { class: entry.name }, svg("title", {}, `${entry.title}: median ${millis(entry.p50)}, `
				+ `95 % within ${millis(entry.p95)}, 99 % within ${millis(entry.p99)}`),
				text(0, place.top(index) + LINE, entry.title, { class: "strong" }),
				text(width, place.top(index) + LINE, [entry.p50, entry.p95, entry.p99].map(millis).join(" · "), { "text-anchor": "end" }),
				svg("line", { class: "range", x1: x(entry.p50), x2: x(entry.p99), y1: y, y2: y }),
				svg("circle", { class: "dot", cx: x(entry.p50), cy: y, r: 5 }),
				svg("circle", { class: "dot", cx: x(entry.p95), cy: y, r: 3.5 }),
				svg("circle", { class: "ring", cx: x(entry.p99), cy: y, r: 3.5 }));
		});
		return picture(width, place.height, label, ...grid, ...labels, ...marks);
	};
}

/* For each row a share between its bounds, and a budget, on a scale that spreads small shares. */
export function bounds(entries, label) {
	return (width) => {
		const place = rows(entries.length, 46);
		const x = (share) => 6 + Math.sqrt(share) * (width - 12);
		const ticks = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 1];
		const grid = ticks.map((share) => svg("line", { class: "grid", x1: x(share), x2: x(share), y1: 0, y2: place.bottom }));
		const labels = scaleLabels(ticks.map((share) => ({ x: x(share), label: percent(share) })), place.height - 4, width);
		const marks = entries.map((entry, index) => {
			const y = place.top(index) + 31;
			return svg("g", { class: entry.beyond ? "beyond" : "within" }, svg("title", {}, entry.spoken),
				text(0, place.top(index) + LINE, entry.title, { class: "strong" }),
				text(width, place.top(index) + LINE, entry.detail, { "text-anchor": "end" }),
				svg("line", { class: "range thick", x1: x(entry.lower), x2: Math.max(x(entry.upper), x(entry.lower) + 1), y1: y, y2: y }),
				svg("circle", { class: "dot", cx: x(entry.share), cy: y, r: 5 }),
				entry.budget === null ? null
					: svg("line", { class: "budget", x1: x(entry.budget), x2: x(entry.budget), y1: y - 9, y2: y + 9 }));
		});
		return picture(width, place.height, label, ...grid, ...labels, ...marks);
	};
}

/* For each row a count, as a bar. */
export function bars(entries, label) {
	return (width) => {
		const place = rows(entries.length, 34, 2);
		const highest = Math.max(1, ...entries.map((entry) => entry.count));
		const marks = entries.flatMap((entry, index) => [
			text(0, place.top(index) + LINE, entry.title),
			text(width, place.top(index) + LINE, number(entry.count), { "text-anchor": "end", class: "strong" }),
			svg("rect", { class: "track", x: 0, y: place.top(index) + 22, width, height: 6, rx: 3 }),
			svg("rect", { class: "bar", x: 0, y: place.top(index) + 22, width: Math.max(3, entry.count / highest * width), height: 6, rx: 3 })]);
		return picture(width, place.height, label, ...marks);
	};
}
