package io.github.llmcache.sample.web;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the Actuator forbids, nothing else allows.
 */
@SpringBootTest({ "management.endpoint.llmcache.access=read-only", "llm-cache.semantic.enabled=false",
		"sample.models.swift.latency=1ms", "sample.models.swift.tokens-per-second=1000000" })
@AutoConfigureMockMvc
class EvictionAccessTests {

	@Autowired
	private MockMvcTester mvc;

	@Test
	void nobodyEvictsIfTheActuatorMayOnlyBeRead() {
		ask();
		for (String path : new String[] { "/actuator/llmcache?all=true", "/actuator/llmcache/support", "/api/cache" }) {
			assertThat(this.mvc.delete().uri(path)).hasStatus4xxClientError();
		}
		assertThat(this.mvc.post().uri("/actuator/llmcache").contentType(MediaType.APPLICATION_JSON).content("{}"))
			.hasStatus4xxClientError();
		assertThat(this.mvc.get().uri("/actuator/llmcache")).hasStatusOk();
		assertThat(ask()).bodyJson().isLenientlyEqualTo("{\"outcome\": \"exact\"}");
	}

	private MvcTestResult ask() {
		return this.mvc.post()
			.uri("/api/ask")
			.contentType(MediaType.APPLICATION_JSON)
			.content("{\"task\": \"support\", \"prompt\": \"What is a partition?\"}")
			.exchange();
	}

}
