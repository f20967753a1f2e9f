/* Shows what the cache did. */

import { bars, bounds, draw, percentiles, shares } from "./charts.js";
import { call, closed, segment } from "./endpoints.js";
import { byId, bytes, clock, element, millis, money, number, percent, span, table } from "./html.js";

const OUTCOMES = ["exact", "semantic", "stale", "miss", "bypass"];
const SERVED = [{ name: "exact", title: "exact" }, { name: "semantic", title: "semantic" }, { name: "stale", title: "stale" }];
const MOST_ENTRIES = 10;
const MOST_REASONS = 7;

/*
 * Replaces the content of a container if it has changed, and keeps the focus where it
 * was.
 */
function update(container, content, make) {
	const key = JSON.stringify(content);
	if (container.content !== key) {
		container.content = key;
		const focused = container.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
		container.replaceChildren(...[make()].flat());
		if (focused) {
			const again = [...container.querySelectorAll("[data-focus]")].find((child) => child.dataset.focus === focused);
			(again || container).focus();
		}
	}
}

function chart(id, entries, make, nothing) {
	const container = byId(id);
	container.classList.toggle("empty", entries.length === 0);
	draw(container, entries.length > 0 ? make(entries) : () => element("p", { class: "faint" }, nothing));
}

/* The tasks that are looked at. */
function chosen(view, tasks) {
	return view.task ? (tasks[view.task] ? [tasks[view.task]] : []) : Object.values(tasks);
}

/* Sums over the steps from one to another, which may be before the first. */
function sums(view, from, to) {
	const sum = { total: 0, nearMisses: 0, millisSaved: 0, millisLookedUp: 0,
		counts: Object.fromEntries(OUTCOMES.map((name) => [name, 0])) };
	for (const series of chosen(view, view.history.tasks)) {
		for (let step = Math.max(0, from); step < Math.min(to, view.history.steps); step++) {
			for (const [name, counts] of Object.entries(series.outcomes)) {
				sum.counts[name] += counts[step];
				sum.total += counts[step];
			}
			for (const name of ["nearMisses", "millisSaved", "millisLookedUp"]) {
				sum[name] += series[name][step];
			}
		}
	}
	return sum;
}

/* The range in at most so many bins, at full multiples of their length. */
function bins(view, most) {
	const { history, range } = view;
	const wanted = Math.max(1, Math.round(range / history.stepMillis));
	const size = Math.max(1, Math.ceil(wanted / Math.max(1, most - 1)));
	const first = Math.round(Date.parse(history.start) / history.stepMillis);
	const end = Math.ceil((first + history.steps) / size) * size;
	const all = [];
	for (let step = end - Math.ceil(wanted / size) * size; step < end; step += size) {
		all.push({ start: step * history.stepMillis, end: (step + size) * history.stepMillis,
			...sums(view, step - first, step - first + size) });
	}
	return all;
}

function rangeSum(view) {
	const { history, range } = view;
	return sums(view, history.steps - Math.round(range / history.stepMillis), history.steps);
}

function consulted(sum) {
	return sum.total - sum.counts.bypass;
}

const hits = (sum) => sum.counts.exact + sum.counts.semantic + sum.counts.stale;

function measured(view) {
	return Object.entries(view.cache.tasks)
		.filter(([name, task]) => (!view.task || name === view.task) && task.reliability
			&& task.reliability.compared + task.reliability.unknown > 0)
		.map(([name, { reliability, policy }]) => ({ name, ...reliability, budget: policy ? policy.errorBudget : null }));
}

function wrongFigure(view) {
	const worst = measured(view).filter((task) => task.compared > 0)
		.sort((one, other) => other.wrongShareUpper95 - one.wrongShareUpper95)[0];
	return worst ? ["wrong hits, at most", percent(worst.wrongShareUpper95),
		`${worst.name}${worst.budget === null ? "" : `, budget ${percent(worst.budget)}`}`]
		: ["wrong hits", "–", "not measured"];
}

/* What is known of all that is looked at, since the start. */
function whole(view) {
	return view.task ? view.cache.tasks[view.task] : view.cache.total;
}

const spent = (cost) => cost.lookupCost + cost.judgeCost;

function moneyFigure(task) {
	if (!task || (task.cost.pricedHits === 0 && spent(task.cost) === 0)) {
		return ["money saved, net", "–", "no hit has a price"];
	}
	const { cost } = task;
	return cost.pricedHits > 0
		? ["money saved, net", money(cost.moneySavedNet, cost.currency), `since the start; ${money(spent(cost), cost.currency)} spent`]
		: ["money spent", money(spent(cost), cost.currency), "since the start; no hit has a price"];
}

function showFigures(view) {
	const sum = rangeSum(view);
	const stored = whole(view);
	const figures = [
		["hit rate", consulted(sum) > 0 ? percent(hits(sum) / consulted(sum)) : "–", `${number(hits(sum))} hits`],
		["calls", number(sum.total), `${number(sum.counts.miss + sum.counts.bypass)} ran the method`],
		["time saved, net", span(sum.millisSaved - sum.millisLookedUp), `lookups took ${span(sum.millisLookedUp)}`],
		moneyFigure(stored),
		wrongFigure(view),
		["entries", stored && stored.entries !== undefined ? number(stored.entries) : "–",
			stored && stored.bytes !== undefined ? bytes(stored.bytes) : "the store does not tell"]
	];
	update(byId("figures"), figures, () => figures.map(([title, value, note]) => element("div", {},
		element("dt", {}, title), element("dd", { class: "value" }, value), element("dd", { class: "faint" }, note))));
}

function showHitRate(view) {
	const sum = rangeSum(view);
	update(byId("hit-rate-legend"), "", () => SERVED.map(({ name, title }) =>
		element("li", {}, element("span", { class: `key ${name}` }), title)));
	const label = sum.total > 0 ? `Hit rate over time, in all ${percent(hits(sum) / sum.total)} of ${number(sum.total)} calls`
		: "No calls yet";
	draw(byId("hit-rate-chart"), shares((most) => bins(view, most), SERVED, label));
	const filled = bins(view, 25).filter((bin) => bin.total > 0).reverse();
	update(byId("hit-rate-table"), filled, () => table("Calls by outcome over time", [
		{ title: "From", show: (bin) => clock(bin.start) },
		{ title: "Calls", number: true, show: (bin) => number(bin.total) },
		...OUTCOMES.map((name) => ({ title: name, number: true, show: (bin) => number(bin.counts[name]) })),
		{ title: "Hit rate", number: true, show: (bin) => percent(consulted(bin) > 0 ? hits(bin) / consulted(bin) : 0) }], filled));
}

function showLatency(view) {
	const task = whole(view) || { lookups: {} };
	const timing = (name, title, values) => ({ name, title, count: values.count, p50: values.p50Millis,
		p95: values.p95Millis, p99: values.p99Millis, max: values.maxMillis });
	const entries = OUTCOMES.filter((name) => task.lookups[name]).map((name) => timing(name, name, task.lookups[name]));
	if (task.loads && task.loads.count > 0) {
		entries.push(timing("method", "the method", task.loads));
	}
	chart("latency-chart", entries, (all) => percentiles(all, "Latency by outcome"), "No call yet.");
	update(byId("latency-table"), entries, () => table("Latency by outcome", [
		{ title: "Outcome", show: (entry) => entry.title },
		{ title: "Count", number: true, show: (entry) => number(entry.count) },
		...["p50", "p95", "p99", "max"].map((name) => ({ title: name, number: true, show: (entry) => millis(entry[name]) }))], entries));
}

const STATES = { default: "as the verifier says", calibrated: "calibrated by its traffic", suspended: "suspended: exact hits only" };

function showWrongHits(view) {
	const entries = measured(view).map((task) => ({
		title: task.name, share: task.wrongShare, lower: task.wrongShareLower95, upper: task.wrongShareUpper95,
		budget: task.budget, beyond: task.state === "suspended" || (task.budget !== null && task.wrongShareLower95 > task.budget),
		detail: `${number(task.wrong)} of ${number(task.compared)}, at most ${percent(task.wrongShareUpper95)}`,
		spoken: `${task.name}: ${task.wrong} of ${task.compared} were wrong`, state: STATES[task.state],
		compared: task.compared, wrong: task.wrong, unknown: task.unknown
	}));
	chart("wrong-hits-chart", entries, (all) => bounds(all, "Share of wrong hits by task"),
		"No semantic hit was compared yet. With llm-cache.semantic.evidence=auto, or an audit-rate, some are.");
	update(byId("wrong-hits-table"), entries, () => table("Wrong hits by task", [
		{ title: "Task", show: (entry) => entry.title },
		{ title: "Compared", number: true, show: (entry) => number(entry.compared) },
		{ title: "Wrong", number: true, show: (entry) => number(entry.wrong) },
		{ title: "Could not be judged", number: true, show: (entry) => number(entry.unknown) },
		{ title: "At least", number: true, show: (entry) => percent(entry.lower) },
		{ title: "At most", number: true, show: (entry) => percent(entry.upper) },
		{ title: "Budget", number: true, show: (entry) => entry.budget === null ? "" : percent(entry.budget) },
		{ title: "Serves", show: (entry) => entry.state }], entries));
}

function counts(reasons) {
	return Object.entries(reasons).map(([title, count]) => ({ title, count })).sort((one, other) => other.count - one.count);
}

function showReasons(view) {
	const sum = rangeSum(view);
	const share = sum.counts.miss > 0 ? ` (${percent(sum.nearMisses / sum.counts.miss)})` : "";
	byId("near-misses").textContent = `${number(sum.nearMisses)} of ${number(sum.counts.miss)} misses${share} in this range were near: `
		+ "an entry was similar enough, and was refused. Refused candidates since the start, by reason:";
	const task = whole(view) || {};
	const refusals = counts(task.refusals || {});
	const rest = refusals.slice(MOST_REASONS).reduce((total, { count }) => total + count, 0);
	const shown = [...refusals.slice(0, MOST_REASONS), ...(rest > 0 ? [{ title: "others", count: rest }] : [])];
	chart("refusals-chart", shown, (all) => bars(all, "Refused candidates by reason"), "None yet.");
	const all = [["refusal", "refusals"], ["no other wording looked for", "semanticSkips"], ["cache not consulted", "bypasses"],
		["answer not stored", "rejections"], ["eviction", "evictions"], ["failure", "failures"]]
		.flatMap(([kind, name]) => counts(task[name] || {}).map((entry) => ({ kind, ...entry })));
	update(byId("reasons-table"), all, () => table("Reasons", [
		{ title: "Reason", show: (entry) => entry.title },
		{ title: "Of", show: (entry) => entry.kind },
		{ title: "Count", number: true, show: (entry) => number(entry.count) }], all));
}

/* Prompts by entry id, of entries that are there, and when the others were asked for. */
const prompts = new Map();
const gone = new Map();
const ASK_AGAIN_AFTER = 60_000;
const hidden = (why) => why && `Prompts are not shown: ${why}`;
let withoutPrompts = hidden(closed("llmcacheentries", "read-only"));

async function readPrompt({ task, entry }) {
	try {
		const { prompt } = await call("llmcacheentries", "GET", segment(task) + segment(entry));
		if (prompt === undefined) {
			withoutPrompts = "Prompts are shown if llm-cache.endpoint.contents=true allows it.";
		}
		else {
			prompts.set(entry, prompt);
			gone.delete(entry);
		}
	}
	catch (error) {
		// there is no such entry any more, or no such endpoint
		const refused = error.status === 404 ? await call("llmcacheentries", "GET", `${segment(task)}?limit=1`).catch((other) => other) : error;
		if (refused instanceof Error) {
			withoutPrompts = hidden(refused.message);
		}
		else {
			gone.set(entry, Date.now());
			prompts.delete(entry);
		}
	}
}

/* The first of the entries that are there, as far as one is allowed to know. */
async function present(entries) {
	const found = [];
	for (const entry of entries) {
		const known = prompts.has(entry.entry) || Date.now() - (gone.get(entry.entry) || 0) < ASK_AGAIN_AFTER;
		if (!known && withoutPrompts === null) {
			await readPrompt(entry);
		}
		if (!gone.has(entry.entry) || prompts.has(entry.entry)) {
			found.push({ ...entry, prompt: prompts.get(entry.entry) });
		}
		if (found.length === MOST_ENTRIES) {
			break;
		}
	}
	return found;
}

/* A column of what may be done with a row, or none if nothing may. */
function buttons(...offered) {
	const allowed = offered.filter(({ run }) => run);
	return allowed.length === 0 ? [] : [{ title: "Actions", hidden: true, show: (row) => element("span", { class: "actions" },
		...allowed.map(({ title, run, id, of }) => element("button", { type: "button", class: "quiet", "data-focus": `${title} ${id(row)}`,
			click: () => run(row) }, title, element("span", { class: "hidden" }, ` ${of(row)}`)))) }];
}

async function showEntries(view, actions) {
	const rows = await present(view.history.entries.filter(({ task }) => !view.task || task === view.task));
	byId("entries-note").textContent = "Those that this instance has served most since it started, and that are still there. "
		+ (rows.length > 0 && withoutPrompts ? withoutPrompts : "");
	update(byId("entries-table"), rows, () => rows.length === 0 ? element("p", { class: "faint" }, "No hit yet.")
		: table("Top entries", [
			{ title: withoutPrompts ? "Entry" : "Prompt", show: (row) => row.prompt
				|| element("code", { title: row.entry }, row.entry.slice(0, 12)) },
			{ title: "Task", show: (row) => row.task },
			{ title: "Hits", number: true, show: (row) => number(row.hits) },
			...buttons({ title: "Explain", run: actions.explain, id: ({ entry }) => entry, of: (row) => row.prompt || row.entry },
				{ title: "Feedback", run: actions.feedback, id: ({ entry }) => entry, of: (row) => `on ${row.prompt || row.entry}` })], rows));
}

function showTasks(view, actions) {
	const rows = Object.entries(view.cache.tasks).map(([name, task]) => ({ name, requests: task.requests, hitRate: task.hitRate,
		entries: task.entries, bytes: task.bytes, semantic: task.policy && task.policy.semantic,
		ttl: task.policy && task.policy.ttlMillis, state: task.reliability && task.reliability.state }));
	update(byId("tasks-table"), rows, () => rows.length === 0 ? element("p", { class: "faint" }, "No task yet.") : table("Tasks", [
		{ title: "Task", show: (row) => row.name },
		{ title: "Calls", number: true, show: (row) => number(row.requests) },
		{ title: "Hit rate", number: true, show: (row) => row.requests > 0 ? percent(row.hitRate) : "–" },
		{ title: "Entries", number: true, show: (row) => row.entries === undefined ? "" : number(row.entries) },
		{ title: "Size", number: true, show: (row) => row.bytes === undefined ? "" : bytes(row.bytes) },
		{ title: "Matches", show: (row) => row.state === "suspended" ? "suspended" : row.semantic ? "any wording"
			: row.semantic === false ? "same wording" : "" },
		{ title: "TTL", number: true, show: (row) => row.ttl ? span(row.ttl) : "" },
		...buttons({ title: "Settings", run: actions.settings, id: ({ name }) => name, of: ({ name }) => `of ${name}` },
			{ title: "Invalidate", run: actions.invalidate, id: ({ name }) => name, of: ({ name }) => name })], rows));
}

const WORTH = { pays: "pays", undecided: "not clear yet", costs_time: "costs time", costs_money: "costs money",
	costs_both: "costs time and money" };

const isLoss = ({ semantic }) => Boolean(semantic) && semantic.worth.startsWith("costs");

function showCost(view) {
	const tasks = Object.entries(view.cache.tasks).filter(([name]) => !view.task || name === view.task)
		.map(([name, { cost, semantic }]) => ({ name, cost, semantic }));
	const all = tasks.length > 1 ? [{ name: "all tasks", cost: view.cache.total.cost }] : [];
	const rows = [...tasks, ...all];
	const priced = ({ cost }) => cost.pricedHits > 0;
	const amounts = rows.some((row) => priced(row) || spent(row.cost) > 0) ? [
		{ title: "Money saved", number: true, show: (row) => priced(row) ? money(row.cost.moneySaved, row.cost.currency) : "–" },
		{ title: "Money spent", number: true, show: ({ cost }) => money(spent(cost), cost.currency) },
		{ title: "Money saved, net", number: true, show: (row) => priced(row) ? money(row.cost.moneySavedNet, row.cost.currency) : "–" }] : [];
	update(byId("cost-table"), rows, () => rows.length === 0 ? element("p", { class: "faint" }, "No task yet.") : table("Cost", [
		{ title: "Task", show: (row) => row.name },
		{ title: "Tokens saved", number: true, show: ({ cost }) => (cost.estimatedTokens > 0 ? "≈ " : "")
			+ number(cost.inputTokensSaved + cost.outputTokensSaved) },
		...amounts,
		{ title: "Time saved", number: true, show: ({ cost }) => span(cost.timeSavedMillis) },
		{ title: "Time spent", number: true, show: ({ cost }) => span(cost.lookupMillis) },
		{ title: "Time saved, net", number: true, show: ({ cost }) => span(cost.timeSavedNetMillis) },
		{ title: "Other wordings", number: true, show: ({ semantic }) => semantic
			? `${number(semantic.hits)} of ${number(semantic.lookups)}` : "" },
		{ title: "Matching them", show: ({ semantic }) => semantic ? WORTH[semantic.worth] : "" }], rows));
	const losses = tasks.filter(isLoss).map(({ name }) => name);
	byId("cost-note").hidden = losses.length === 0;
	byId("cost-note").textContent = `Matching other wordings does not pay for ${losses.join(", ")}. `
		+ "To match the same prompt only, turn it off under Settings, or by llm-cache.tasks.<task>.semantic=false.";
}

/* Shows all there is; a view has the task and range chosen, and what the endpoints have answered. */
export async function show(view, actions) {
	showFigures(view);
	showHitRate(view);
	showLatency(view);
	showWrongHits(view);
	showReasons(view);
	showTasks(view, actions);
	showCost(view);
	await showEntries(view, actions);
}
