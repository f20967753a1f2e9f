"use strict";

const examples = [
	{ task: "support", prompt: "How do I turn on dark mode?" },
	{ task: "support", prompt: "How can I turn dark mode on?" },
	{ task: "support", prompt: "How do I turn off dark mode?" },
	{ task: "support", prompt: "How do I get a refund?" },
	{ task: "knowledge", prompt: "What is the capital of Australia?" },
	{ task: "knowledge", prompt: "what's the capital of Australia" },
	{ task: "knowledge", prompt: "What is the capital of Austria?" },
	{ task: "code", prompt: "Reverse a string in Java" }
];

const byId = (id) => document.getElementById(id);

const form = byId("ask");
const prompt = byId("prompt");
const task = byId("task");
const tenant = byId("tenant");
const submit = byId("submit");
const stream = byId("stream");

function element(name, className, text) {
	const created = document.createElement(name);
	created.className = className;
	created.textContent = text;
	return created;
}

function millis(value) {
	if (value >= 100) {
		return `${Math.round(value)} ms`;
	}
	return `${value.toFixed(value >= 10 ? 0 : value >= 1 ? 1 : 2)} ms`;
}

function dollars(value) {
	return `$${value >= 1 ? value.toFixed(2) : value.toFixed(5)}`;
}

function seconds(value) {
	return value >= 60 ? `${Math.floor(value / 60)} min ${Math.round(value % 60)} s` : `${value.toFixed(1)} s`;
}

function badgeText(reply) {
	switch (reply.outcome) {
		case "exact":
			return `exact ${millis(reply.lookupMillis)}`;
		case "stale":
			return `stale ${millis(reply.lookupMillis)}`;
		case "semantic":
			return `semantic ${reply.similarity.toFixed(2)} in ${millis(reply.lookupMillis)}`;
		default:
			return `${reply.outcome} ${millis(reply.totalMillis)}`;
	}
}

async function send(method, path, body) {
	const response = await fetch(path, {
		method,
		headers: body ? { "Content-Type": "application/json" } : {},
		body: body ? JSON.stringify(body) : undefined
	});
	if (!response.ok) {
		const problem = await response.json().catch(() => ({}));
		throw new Error(problem.detail || problem.message || `The server answered with status ${response.status}.`);
	}
	return response;
}

async function call(method, path, body) {
	return (await send(method, path, body)).json();
}

/* The server-sent events of a response, as they come. */
async function* serverSentEvents(response) {
	const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
	let buffer = "";
	for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
		buffer += chunk.value;
		const blocks = buffer.split(/\r?\n\r?\n/);
		buffer = blocks.pop();
		for (const block of blocks) {
			const field = (name) => block.split(/\r?\n/).filter((line) => line.startsWith(`${name}:`))
				.map((line) => line.slice(name.length + 1).trim()).join("\n");
			yield { name: field("event"), data: JSON.parse(field("data")) };
		}
	}
}

async function refreshFigures() {
	const stats = await call("GET", "api/stats");
	byId("hit-rate").textContent = `${Math.round(stats.hitRate * 100)} %`;
	byId("requests").textContent = stats.requests;
	byId("model-calls").textContent = stats.modelCalls;
	byId("time-saved").textContent = seconds(stats.timeSavedSeconds);
	byId("money-saved").textContent = dollars(stats.moneySaved);
	const shares = byId("shares");
	const names = ["exact", "semantic", "stale", "miss", "bypass"];
	shares.replaceChildren(...names.map((name) => {
		const share = element("span", name, "");
		share.style.flexGrow = stats.outcomes[name];
		return share;
	}));
	showReliability(stats.reliability);
	shares.setAttribute("aria-label", names.map((name) => `${stats.outcomes[name]} ${name}`).join(", "));
}

function percent(value) {
	return `${(value * 100).toFixed(value > 0 && value < 0.1 ? 1 : 0)} %`;
}

function reliabilityText(name, task) {
	const suspended = task.state === "SUSPENDED" ? "; suspended, exact hits only" : "";
	const unknown = task.unknown > 0 ? `; ${task.unknown} more could not be judged` : "";
	return `${name}: ${task.wrong} of ${task.compared} semantic hits that were compared with a fresh answer `
		+ `${task.wrong === 1 ? "was" : "were"} wrong, the share is at most ${percent(task.upper95)}${unknown}${suspended}`;
}

function showReliability(tasks) {
	const compared = Object.entries(tasks).filter(([, task]) => task.compared + task.unknown > 0);
	byId("reliability").replaceChildren(...compared.map(([name, task]) =>
		element("li", task.state.toLowerCase(), reliabilityText(name, task))));
}

function verdictText(candidate) {
	const model = candidate.paraphrase === undefined ? "" : `; same by the model: ${percent(candidate.paraphrase)}`;
	const guards = candidate.guards.map((guard) => guard.detail ? `${guard.reason} (${guard.detail})` : guard.reason);
	const decided = candidate.verdict.accepted ? "accepted" : `refused: ${candidate.verdict.reason}`;
	return `${decided}${guards.length > 0 ? `; guards: ${guards.join(", ")}` : ""}${model}`;
}

function showExplanation(explanation) {
	byId("summary").textContent = `${explanation.summary}.`;
	byId("candidates").replaceChildren(...explanation.candidates.map((candidate) => {
		const row = element("tr", candidate.served ? "served" : "", "");
		row.append(element("td", "", candidate.similarity.toFixed(2)), element("td", "", candidate.prompt),
			element("td", "", verdictText(candidate)));
		return row;
	}));
	const parts = Object.entries(explanation.identity).map(([name, value]) => `${name} ${value}`);
	byId("identity").textContent = `What has to be equal: ${parts.join(", ")}`;
	byId("settings").replaceChildren(...explanation.settings.map((setting) =>
		element("li", "", `${setting.property}=${setting.value}: ${setting.served ? "an entry" : "no entry"} would be served`)));
	byId("explanation").hidden = false;
}

/* By the Actuator's endpoint. Only a partition tells what the prompt does not. */
async function explain(reply, asked, streamed) {
	try {
		const question = { task: asked.task, prompt: asked.prompt };
		if (reply.entry) {
			question.entry = reply.entry;
		}
		else {
			question.missed = true;
			question.model = reply.model;
		}
		let explanation = await call("POST", "actuator/llmcacheexplain", question);
		if (explanation.partitions) {
			const meant = explanation.partitions.filter(({ identity }) => (identity.scope || null) === asked.tenant
				&& identity.resultType && identity.resultType.startsWith("java.util.List") === streamed);
			if (meant.length !== 1) {
				throw new Error(explanation.summary);
			}
			explanation = await call("POST", "actuator/llmcacheexplain",
				{ ...question, partition: meant[0].partition });
		}
		showExplanation(explanation);
	}
	catch (error) {
		byId("notice").textContent = error.message;
	}
}

function showAnswer(reply, asked, streamed) {
	const badge = badgeText(reply);
	byId("badge").textContent = badge;
	byId("badge").className = `badge ${reply.outcome}`;
	byId("meta").textContent = reply.cost > 0
		? `${reply.model}, ${dollars(reply.cost)}`
		: `${reply.model}, ${dollars(reply.saved)} saved`;
	byId("text").textContent = reply.answer;
	byId("matched").hidden = !reply.matchedPrompt;
	byId("matched").querySelector("q").textContent = reply.matchedPrompt || "";
	byId("answer").hidden = false;
	byId("explanation").hidden = true;
	byId("why").hidden = false;
	byId("why").onclick = () => explain(reply, asked, streamed);
	const item = element("li", "", "");
	const line = element("div", "", "");
	line.append(element("span", `badge ${reply.outcome}`, badge),
		element("span", "meta", asked.tenant ? `${asked.task}, ${asked.tenant}` : asked.task));
	item.append(line, element("span", "", asked.prompt));
	byId("history").prepend(item);
	byId("empty").hidden = true;
}

function showWriting() {
	byId("why").hidden = true;
	byId("explanation").hidden = true;
	byId("badge").textContent = "writing";
	byId("badge").className = "badge writing";
	byId("meta").textContent = "";
	byId("text").textContent = "";
	byId("matched").hidden = true;
	byId("answer").hidden = false;
}

/* Shows each part as it comes; gives what the server says at the end. */
async function watch(asked) {
	const response = await send("POST", "api/stream", asked);
	showWriting();
	for await (const event of serverSentEvents(response)) {
		if (event.name === "text") {
			byId("text").textContent += event.data.text;
		}
		else if (event.name === "end") {
			return event.data;
		}
		else {
			throw new Error(event.data.detail);
		}
	}
	throw new Error("The answer broke off.");
}

function showFailure(message) {
	byId("why").hidden = true;
	byId("explanation").hidden = true;
	byId("badge").textContent = "failed";
	byId("badge").className = "badge failed";
	byId("meta").textContent = "";
	byId("text").textContent = message;
	byId("matched").hidden = true;
	byId("answer").hidden = false;
}

async function ask(answer) {
	const asked = { task: task.value, prompt: prompt.value, tenant: tenant.value || null };
	submit.disabled = true;
	stream.disabled = true;
	form.setAttribute("aria-busy", "true");
	try {
		showAnswer(await answer(asked), asked, answer === watch);
		byId("answer").scrollIntoView({ block: "nearest" });
		await refreshFigures();
	}
	catch (error) {
		showFailure(error.message);
	}
	finally {
		submit.disabled = false;
		stream.disabled = false;
		form.setAttribute("aria-busy", "false");
	}
}

/* By the Actuator's endpoint, so that its rules say who may. */
async function evict(name) {
	try {
		const path = `actuator/llmcache?${name ? `task=${encodeURIComponent(name)}` : "all=true"}`;
		const { removed } = await call("DELETE", path);
		const where = name ? `of task ${name}` : "of all tasks";
		byId("notice").textContent = `${removed} ${removed === 1 ? "answer" : "answers"} ${where} evicted.`;
	}
	catch (error) {
		byId("notice").textContent = error.message;
	}
}

form.addEventListener("submit", (event) => {
	event.preventDefault();
	if (!submit.disabled) {
		ask((asked) => call("POST", "api/ask", asked));
	}
});

stream.addEventListener("click", () => ask(watch));

prompt.addEventListener("keydown", (event) => {
	if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
		event.preventDefault();
		form.requestSubmit();
	}
});

byId("evict-task").addEventListener("click", () => evict(task.value));
byId("evict-all").addEventListener("click", () => evict(null));

for (const example of examples) {
	const chip = element("button", "", example.prompt);
	chip.type = "button";
	chip.addEventListener("click", () => {
		task.value = example.task;
		prompt.value = example.prompt;
		form.requestSubmit();
	});
	byId("examples").append(chip);
}

refreshFigures().catch((error) => showFailure(error.message));
// hits are compared with fresh answers in the background
setInterval(() => refreshFigures().catch(() => {}), 2000);
