/* Explains, takes feedback, invalidates, and changes settings. */

import { call, closed, segment } from "./endpoints.js";
import { byId, element, percent, span, table } from "./html.js";

function values(form) {
	const given = {};
	for (const [name, value] of new FormData(form)) {
		if (value.trim() !== "") {
			given[name] = value;
		}
	}
	return given;
}

function say(id, message, failed = false) {
	const result = byId(`${id}-result`);
	result.classList.toggle("failed", failed);
	result.textContent = message;
}

/* Runs what a form asks for, and says what came of it. */
async function run(id, action) {
	const form = byId(`${id}-form`);
	say(id, "");
	form.setAttribute("aria-busy", "true");
	try {
		say(id, await action());
	}
	catch (error) {
		say(id, error.message, true);
	}
	finally {
		form.removeAttribute("aria-busy");
	}
}

function onSubmit(id, action) {
	byId(`${id}-form`).addEventListener("submit", (event) => {
		event.preventDefault();
		run(id, () => action(event));
	});
}

function fill(id, given) {
	const form = byId(`${id}-form`);
	form.reset();
	for (const [name, value] of Object.entries(given)) {
		form.elements[name].value = value || "";
	}
	byId(id).scrollIntoView();
	return form;
}

/* Explain */

function parts(identity) {
	return Object.entries(identity).map(([name, value]) => element("li", {}, element("span", { class: "faint" }, `${name} `), value));
}

function verdict(candidate) {
	const guards = candidate.guards.map((guard) => guard.detail ? `${guard.reason} (${guard.detail})` : guard.reason);
	const model = candidate.paraphrase === undefined ? [] : [`same by the model: ${percent(candidate.paraphrase)}`];
	return [candidate.verdict.accepted ? "accepted" : `refused: ${candidate.verdict.reason}`,
		...guards.filter((guard) => guard !== candidate.verdict.reason), ...model].join("; ");
}

function candidates(explanation, asked) {
	return table("The most similar entries, and what is said of them", [
		{ title: "Prompt", show: (row) => [row.served ? element("span", { class: "badge" }, "served") : null, row.prompt] },
		{ title: "Similarity", number: true, show: (row) => row.similarity.toFixed(2) },
		{ title: "Verdict", show: verdict },
		...(closed("llmcache") ? [] : [{ title: "Actions", hidden: true, show: (row) => element("button", { type: "button", class: "quiet",
			click: () => feedback({ task: explanation.task, entry: row.entry, prompt: asked.prompt || row.prompt }) }, "Feedback",
			element("span", { class: "hidden" }, ` on ${row.prompt}`)) }])
	], explanation.candidates);
}

function showChoice(explanation, asked) {
	byId("explanation").replaceChildren(element("ul", { class: "choice" }, ...explanation.partitions.map((choice) =>
		element("li", {}, element("ul", { class: "parts" }, ...parts(choice.identity)),
			element("button", { type: "button", class: "quiet", click: () => run("explain", () => explain({ ...asked, partition: choice.partition })) },
				"This one", element("span", { class: "hidden" }, ` ${choice.partition.slice(0, 12)}`))))));
}

function showExplanation(explanation, asked) {
	const served = explanation.served;
	const hit = ["exact", "semantic", "stale"].includes(served.outcome);
	byId("explanation").replaceChildren(...[
		hit && served.prompt ? element("p", {}, "The entry answers ", element("q", {}, served.prompt)) : null,
		explanation.candidates.length > 0 ? element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Candidates" },
			candidates(explanation, asked)) : null,
		explanation.settings.length > 0 ? element("h3", {}, "What would have changed it") : null,
		element("ul", {}, ...explanation.settings.map((setting) => element("li", {}, element("code", {}, `${setting.property}=${setting.value}`),
			setting.served ? ": an entry would be served" : ": no entry would be served"))),
		element("h3", {}, "What has to be equal"),
		element("ul", { class: "parts" }, ...parts(explanation.identity))].filter((child) => child !== null));
}

async function explain(asked) {
	byId("explanation").replaceChildren();
	const explanation = await call("llmcacheexplain", "POST", "", asked);
	if (explanation.partitions) {
		showChoice(explanation, asked);
	}
	else {
		showExplanation(explanation, asked);
	}
	return `${explanation.summary}.`;
}

function explainEntry({ task, entry, prompt }) {
	fill("explain", { task, entry, prompt }).requestSubmit();
	byId("explain-form").elements.prompt.focus({ preventScroll: true });
}

/* Feedback */

function effect(result, right) {
	if (!result.found) {
		return "The entry is not there any more.";
	}
	const learned = result.learned ? " The calibration has learned from it." : "";
	if (right) {
		return `Thank you.${learned}`;
	}
	const prompts = result.prompts === 1 ? "one prompt" : `${result.prompts} prompts`;
	return `${result.removed ? "The entry is removed" : "The entry stays"}; its answer is refused for ${prompts} from now on.${learned}`;
}

async function sendFeedback(event) {
	const { task, entry, prompt } = values(byId("feedback-form"));
	const right = event.submitter !== null && event.submitter.value === "true";
	return effect(await call("llmcache", "POST", segment(task) + segment(entry), { right, prompt }), right);
}

export function feedback(given) {
	fill("feedback", given).elements.prompt.focus({ preventScroll: true });
}

/* Invalidate */

function confirmed(question, action) {
	const dialog = byId("confirm");
	byId("confirm-text").textContent = question;
	byId("confirm-yes").textContent = action;
	dialog.returnValue = "no";
	dialog.showModal();
	return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true }));
}

async function invalidateMatching() {
	const criteria = values(byId("invalidate-form"));
	const names = Object.entries(criteria).map(([name, value]) => `${name === "promptPattern" ? "prompt" : name} “${value}”`);
	const what = names.length > 0 ? `all entries with ${names.join(" and ")}` : "all entries of all tasks";
	if (!await confirmed(`Remove ${what}?`, "Invalidate")) {
		return "Nothing was removed.";
	}
	const { removed } = await call("llmcache", "POST", "", names.length > 0 ? criteria : { all: true });
	return `${removed} ${removed === 1 ? "entry" : "entries"} removed.`;
}

function invalidate({ name }) {
	fill("invalidate", { task: name }).elements.scope.focus({ preventScroll: true });
}

/* Settings */

const SETTINGS = [
	{ name: "ttl", title: "Time to live", placeholder: "such as 12h", text: (value) => span(isoMillis(value)) },
	{ name: "semantic", title: "Other wordings", text: (value) => value ? "matched" : "not matched", choices: { true: "matched", false: "not matched" } },
	{ name: "minSimilarity", title: "Minimum similarity", placeholder: "0 to 1" },
	{ name: "minProbability", title: "Minimum probability", placeholder: "0 to 1" },
	{ name: "errorBudget", title: "Error budget", placeholder: "0 to 1", text: percent }
];

function isoMillis(duration) {
	const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration) || [];
	return ((((Number(days) || 0) * 24 + (Number(hours) || 0)) * 60 + (Number(minutes) || 0)) * 60 + (Number(seconds) || 0)) * 1000;
}

function field({ name, title, placeholder, choices }) {
	const label = `New value of ${title.toLowerCase()}`;
	if (choices) {
		return element("select", { name, "aria-label": label }, element("option", { value: "" }, "as it is"),
			...Object.entries(choices).map(([value, text]) => element("option", { value }, text)));
	}
	return element("input", { name, placeholder, "aria-label": label, autocomplete: "off" });
}

function showTaskSettings(name, settings) {
	byId("settings-rows").dataset.task = name;
	byId("settings-rows").replaceChildren(...SETTINGS.map((setting) => {
		const { value, origin } = settings[setting.name];
		return element("tr", {}, element("th", { scope: "row" }, setting.title),
			element("td", {}, setting.text ? setting.text(value) : String(value)),
			element("td", {}, element("span", { class: origin === "live" ? "badge" : "faint" }, origin)),
			...(closed("llmcachesettings") ? [] : [element("td", {}, field(setting)),
				element("td", {}, origin === "live" ? element("button", { type: "button", class: "quiet",
					click: () => run("settings", () => takeBack(name, setting)) }, "Take back",
					element("span", { class: "hidden" }, ` ${setting.title.toLowerCase()}`)) : null)]));
	}));
}

async function takeBack(task, { name, title }) {
	showTaskSettings(task, await call("llmcachesettings", "DELETE", `${segment(task)}?setting=${name}`));
	byId("settings-task").focus();
	return `${title} of ${task} is taken back.`;
}

async function changeSettings() {
	const { task, ...changes } = values(byId("settings-form"));
	if (Object.keys(changes).length === 0) {
		throw new Error("Give a new value first.");
	}
	showTaskSettings(task, await call("llmcachesettings", "POST", segment(task), changes));
	return `Changed for ${task}, on all instances within seconds.`;
}

async function readSettings(task = byId("settings-task").value) {
	const { tasks } = await call("llmcachesettings");
	const names = Object.keys(tasks);
	byId("settings-task").replaceChildren(...names.map((name) => element("option", { value: name, selected: name === task }, name)));
	if (names.length === 0) {
		return "No task is known yet.";
	}
	showTaskSettings(byId("settings-task").value, tasks[byId("settings-task").value]);
	return "";
}

async function settings({ name }) {
	byId("settings").scrollIntoView();
	await run("settings", () => readSettings(name));
	byId("settings-task").focus({ preventScroll: true });
}

/* What the tables of figures offer; what an endpoint does not allow is missing. */
export const actions = {
	explain: closed("llmcacheexplain") ? null : explainEntry,
	feedback: closed("llmcache") ? null : feedback,
	invalidate: closed("llmcache") ? null : invalidate,
	settings: closed("llmcachesettings", "read-only") ? null : settings
};

/* Names of tasks that fields suggest. */
export function suggest(tasks) {
	byId("task-names").replaceChildren(...tasks.map((value) => element("option", { value })));
}

/* Says in place of what an endpoint does not allow how to allow it. */
function explainWhatIsClosed() {
	const note = (id, told) => byId(`${id}-form`).before(element("p", { id: `${id}-closed` }, told));
	for (const [id, endpoint] of [["explain", "llmcacheexplain"], ["feedback", "llmcache"], ["invalidate", "llmcache"],
		["settings", "llmcachesettings"]]) {
		const told = closed(endpoint);
		if (told) {
			note(id, told);
			byId(`${id}-form`).hidden = id !== "settings" || !actions.settings;
		}
	}
	document.querySelectorAll("#settings .change").forEach((part) => {
		part.hidden = closed("llmcachesettings") !== null;
	});
}

export function start(changed) {
	explainWhatIsClosed();
	onSubmit("explain", () => explain(values(byId("explain-form"))));
	onSubmit("feedback", async (event) => {
		const said = await sendFeedback(event);
		changed();
		return said;
	});
	onSubmit("invalidate", async () => {
		const said = await invalidateMatching();
		changed();
		return said;
	});
	onSubmit("settings", async () => {
		const said = await changeSettings();
		changed();
		return said;
	});
	byId("settings-task").addEventListener("change", () => run("settings", () => readSettings()));
	return actions.settings ? run("settings", () => readSettings()) : null;
}
