package io.github.llmcache.sample.web;

import java.time.Duration;

import org.springframework.http.HttpHeaders;

import io.github.llmcache.sample.router.AssistantReply;

/**
 * What the cache did, as {@code Cache-Status} (RFC 9211) and {@code Age} (RFC 9111)
 * report it.
 */
final class CacheStatusHeaders {

	private CacheStatusHeaders() {
	}

	static HttpHeaders of(AssistantReply reply) {
		HttpHeaders headers = new HttpHeaders();
		headers.set("Cache-Status", "llm-cache; " + switch (reply.outcome()) {
			case EXACT -> "hit";
			case SEMANTIC -> "hit; detail=semantic";
			case STALE -> "hit; detail=stale";
			case MISS -> "fwd=miss";
			case BYPASS -> "fwd=bypass";
		} + ((reply.entryId() != null) ? "; key=\"" + reply.entryId() + "\"" : ""));
		Duration age = reply.age();
		if (age != null) {
			headers.set(HttpHeaders.AGE, Long.toString(age.toSeconds()));
		}
		return headers;
	}

}
