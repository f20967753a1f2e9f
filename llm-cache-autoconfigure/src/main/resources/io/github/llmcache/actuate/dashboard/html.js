/* Makes elements. Texts are set as text, never as HTML. */

export const byId = (id) => document.getElementById(id);

function fill(created, attributes, children) {
	for (const [name, value] of Object.entries(attributes)) {
		if (typeof value === "function") {
			created.addEventListener(name, value);
		}
		else if (value !== false && value !== null && value !== undefined) {
			created.setAttribute(name, value === true ? "" : value);
		}
	}
	created.append(...children.filter((child) => child !== null && child !== undefined));
	return created;
}

export function element(name, attributes = {}, ...children) {
	return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
	return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
}

/*
 * A table. A column has a title, which may be hidden, what it shows of a row, as text or
 * as nodes, and whether these are numbers. The first column heads its row.
 */
export function table(caption, columns, rows) {
	const head = element("tr", {}, ...columns.map((column) =>
		element("th", { scope: "col", class: column.number && "number" },
			column.hidden ? element("span", { class: "hidden" }, column.title) : column.title)));
	const body = rows.map((row) => element("tr", {}, ...columns.map((column, index) =>
		element(index === 0 ? "th" : "td", { scope: index === 0 && "row", class: column.number && "number" },
			...[column.show(row)].flat()))));
	return element("table", {}, element("caption", { class: "hidden" }, caption), element("thead", {}, head),
		element("tbody", {}, ...body));
}

const most = (digits) => ({ maximumFractionDigits: digits });

export function number(value) {
	return value >= 10_000 ? value.toLocaleString("en", { notation: "compact", ...most(1) }) : value.toLocaleString("en", most(0));
}

export function percent(share) {
	const value = share * 100;
	return `${value.toLocaleString("en", most(value > 0 && value < 10 ? (value < 0.1 ? 2 : 1) : 0))} %`;
}

export function millis(value) {
	if (value >= 1000) {
		return `${(value / 1000).toLocaleString("en", { maximumSignificantDigits: 3 })} s`;
	}
	return `${value.toLocaleString("en", { maximumSignificantDigits: value >= 100 ? 3 : 2 })} ms`;
}

export function span(milliseconds) {
	const sign = milliseconds < 0 ? "−" : "";
	const value = Math.abs(milliseconds) / 1000;
	for (const [unit, size] of [["d", 86_400], ["h", 3600], ["min", 60]]) {
		if (value >= size) {
			return `${sign}${(value / size).toLocaleString("en", most(value / size < 10 ? 1 : 0))} ${unit}`;
		}
	}
	return sign + (value > 0 && value < 1 ? millis(value * 1000) : `${value.toLocaleString("en", most(value < 10 ? 1 : 0))} s`);
}

export function money(amount, currency) {
	const value = Math.abs(amount);
	const digits = value < 100 ? { maximumSignificantDigits: 3 } : most(2);
	const known = /^[A-Z]{3}$/.test(currency);
	const text = value.toLocaleString("en", known ? { style: "currency", currency, ...digits } : digits);
	return `${amount < 0 ? "−" : ""}${text}${known ? "" : ` ${currency}`}`;
}

export function bytes(value) {
	for (const [unit, size] of [["GB", 1e9], ["MB", 1e6], ["KB", 1e3]]) {
		if (value >= size) {
			return `${(value / size).toLocaleString("en", most(1))} ${unit}`;
		}
	}
	return `${value} B`;
}

export function clock(time) {
	return new Date(time).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
