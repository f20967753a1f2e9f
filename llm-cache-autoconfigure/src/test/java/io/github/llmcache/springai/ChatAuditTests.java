package io.github.llmcache.springai;

import java.time.Clock;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.calibration.TrafficCalibration;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.equivalence.TextEquivalence;
import io.github.llmcache.event.AuditEvent;
import io.github.llmcache.event.AuditEvent.Result;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.test.RecordingListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each semantic hit of a {@code ChatClient} is compared with a fresh answer, which has
 * another id.
 */
class ChatAuditTests {

	private final RecordingListener events = new RecordingListener();

	private final LocalChatModel model = new LocalChatModel();

	private final ChatClient client = ChatClient.builder(this.model)
		.defaultAdvisors(LlmCacheChatAdvisor.builder(cache()).build())
		.build();

	@Test
	void sameTextIsRightWhateverItsId() {
		this.model.answer = (prompt, number) -> LocalChatModel.response("Same", "stop", number);
		this.client.prompt("question").call().content();
		ChatClientResponse hit = this.client.prompt("other wording").call().chatClientResponse();
		assertThat(ChatFixture.outcome(hit)).isEqualTo(Outcome.SEMANTIC);
		assertThat(hit.chatResponse().getMetadata().getId()).isEqualTo("id-1");
		assertThat(this.model.calls()).isEqualTo(2);
		assertThat(this.events.audits()).extracting(AuditEvent::result).containsExactly(Result.RIGHT);
		ChatClientResponse audited = this.client.prompt("other wording").call().chatClientResponse();
		assertThat(ChatFixture.outcome(audited)).isEqualTo(Outcome.EXACT);
		assertThat(audited.chatResponse().getMetadata().getId()).isEqualTo("id-2");
	}

	@Test
	void otherTextIsWrong() {
		this.model.answer = (prompt, number) -> LocalChatModel.response((number == 1) ? "Bonn" : "Berlin", "stop",
				number);
		this.client.prompt("question").call().content();
		this.client.prompt("other wording").call().content();
		assertThat(this.events.audits()).extracting(AuditEvent::result).containsExactly(Result.WRONG);
	}

	@Test
	void sameTextInOtherChunksIsRight() {
		this.model.stream = (prompt) -> (this.model.calls() == 1)
				? Flux.just(LocalChatModel.chunk("Hel"), LocalChatModel.chunk("lo"))
				: Flux.just(LocalChatModel.chunk("Hello"));
		this.client.prompt("question").stream().content().blockLast();
		List<String> hit = this.client.prompt("other wording").stream().content().collectList().block();
		assertThat(hit).containsExactly("Hel", "lo");
		Awaitility.await().until(() -> !this.events.audits().isEmpty());
		assertThat(this.events.audits()).extracting(AuditEvent::result).containsExactly(Result.RIGHT);
	}

	private LlmCache cache() {
		MemoryCacheStore store = TestCaches.store();
		CachePolicy policy = CachePolicy.DEFAULT.mutate()
			.semantic(true)
			.accuracy(new Accuracy(Accuracy.Evidence.CORROBORATED, 0.95, 0.05, 1))
			.build();
		return TestCaches
			.builder(store, new AngleEmbedder("angles").at(0, "question").at(1, "other wording"), this.events,
					Runnable::run)
			.policies((task, requested) -> policy)
			.calibration(new TrafficCalibration(store, Runnable::run, Clock.systemUTC(), () -> 0.5, this.events),
					new TextEquivalence(() -> null), Runnable::run)
			.build();
	}

}
