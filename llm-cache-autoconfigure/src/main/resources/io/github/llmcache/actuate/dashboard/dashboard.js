import { call } from "./endpoints.js";
import { show } from "./figures.js";
import { actions, start, suggest } from "./forms.js";
import { byId, element, span } from "./html.js";

const EVERY = 10_000;
const RANGES = [15 * 60_000, 60 * 60_000, 6 * 3_600_000, 24 * 3_600_000];

let answered = null; // what the endpoints have answered last

function setAlert(messages) {
	const told = [...new Set(messages)].join(" ");
	if (byId("alert").textContent !== told) {
		byId("alert").textContent = told;
	}
	byId("alert").hidden = told === "";
}

/* The options of a selection, if they have changed. */
function offer(select, options) {
	const key = JSON.stringify(options);
	if (select.offered !== key) {
		const value = select.value;
		select.offered = key;
		select.replaceChildren(...options.map(([option, text]) => element("option", { value: option }, text)));
		select.value = options.some(([option]) => option === value) ? value : options[0][0];
	}
}

async function showAll() {
	if (answered) {
		await show({ ...answered, task: byId("task").value, range: Number(byId("range").value) }, actions);
	}
}

/* At first, the shortest range that shows all there is. */
function offerRanges(history) {
	const whole = history.spanMillis;
	const ranges = [whole, ...RANGES.filter((range) => range < whole && range >= 5 * history.stepMillis).reverse()];
	const fresh = byId("range").options.length === 0;
	offer(byId("range"), ranges.map((range) => [String(range), `last ${span(range)}`]));
	if (fresh) {
		byId("range").value = String(ranges.filter((range) => range >= history.steps * history.stepMillis).pop() || whole);
	}
}

function describe(cache) {
	const since = new Date(cache.since).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
	byId("about").textContent = `${cache.store}, counting since ${since}`;
}

async function refresh() {
	const failures = [];
	const ask = (endpoint, path) => call(endpoint, "GET", path).catch((error) => {
		failures.push(error.message);
		return null;
	});
	const [cache, history] = await Promise.all([ask("llmcache", ""), ask("llmcachedashboard", "/history")]);
	setAlert(failures);
	if (cache && history) {
		answered = { cache, history };
		describe(cache);
		const tasks = Object.keys(cache.tasks);
		offer(byId("task"), [["", "all tasks"], ...tasks.map((name) => [name, name])]);
		offerRanges(history);
		suggest(tasks);
		await showAll();
		byId("updated").dateTime = new Date().toISOString();
		byId("updated").textContent = new Date().toLocaleTimeString();
	}
}

byId("task").addEventListener("change", showAll);
byId("range").addEventListener("change", showAll);
byId("live").addEventListener("change", () => byId("live").checked && refresh());
document.addEventListener("visibilitychange", () => byId("live").checked && !document.hidden && refresh());
setInterval(() => byId("live").checked && !document.hidden && refresh(), EVERY);

await refresh();
await start(refresh);
document.documentElement.dataset.ready = "true";
