/* Asks the endpoints beside this page, as whoever looks at it. */

const paths = document.documentElement.dataset;
const page = location.origin + location.pathname; // without a password
const LEVELS = ["none", "read-only", "unrestricted"];

let token = null;

export class Refused extends Error {

	constructor(status, message) {
		super(message);
		this.status = status;
	}

}

/* What would open an endpoint as far as that, or null if it is open. */
export function closed(endpoint, level = "unrestricted") {
	const access = paths[`${endpoint}Access`];
	if (LEVELS.indexOf(access) >= LEVELS.indexOf(level)) {
		return null;
	}
	const property = `management.endpoint.${endpoint}.access=${level}`;
	return access === "none"
		? `The endpoint ${endpoint} is not there. It takes ${property}, and ${endpoint} in management.endpoints.web.exposure.include.`
		: `The endpoint ${endpoint} may only be read. ${property} allows more.`;
}

/* Why a request was refused, and what would allow it. */
function reason(endpoint, method, status, problem) {
	if (status === 401) {
		return "You are not logged in, or not any more. Load the page again.";
	}
	if (status === 403) {
		return `The application's security does not let you ${method === "GET" ? "read" : "use"} ${endpoint}. `
			+ "Its rules for the Actuator's endpoints have to allow it to your user.";
	}
	if (status === 404 || status === 405) {
		return closed(endpoint, method === "GET" ? "read-only" : "unrestricted")
			|| `The endpoint ${endpoint} is not there any more, or may only be read. Load the page again.`;
	}
	return problem.message || problem.detail || `The server answered with status ${status}.`;
}

function rememberToken(response) {
	const name = response.headers.get("LlmCache-Csrf-Header");
	if (name) {
		token = [name, response.headers.get("LlmCache-Csrf-Token")];
	}
}

async function send(endpoint, method, path, body) {
	const headers = { Accept: "application/json" };
	if (body) {
		headers["Content-Type"] = "application/json";
	}
	if (token && method !== "GET") {
		headers[token[0]] = token[1];
	}
	try {
		return await fetch(new URL(paths[endpoint] + path, page), { method, headers, body: body && JSON.stringify(body) });
	}
	catch {
		throw new Refused(0, "The application does not answer.");
	}
}

export async function call(endpoint, method = "GET", path = "", body = undefined) {
	const response = await send(endpoint, method, path, body);
	rememberToken(response);
	const json = (response.headers.get("Content-Type") || "").includes("json");
	if (response.ok && !json) {
		throw new Refused(401, reason(endpoint, method, 401, {})); // a page to log in
	}
	const content = json ? await response.json() : {};
	if (!response.ok) {
		throw new Refused(response.status, reason(endpoint, method, response.status, content));
	}
	return content;
}

export const segment = (text) => `/${encodeURIComponent(text)}`;
