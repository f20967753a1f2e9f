package io.github.llmcache.springai;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.AfterEach;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.TestCaches;
import io.github.llmcache.embedding.AngleEmbedder;
import io.github.llmcache.test.RecordingListener;

/**
 * A client of a {@link LocalChatModel} with the cache before it, in which "question" and
 * "other wording" ask for the same.
 */
abstract class ChatFixture {

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	final RecordingListener events = new RecordingListener();

	final LlmCache cache = TestCaches
		.builder(TestCaches.store(),
				new AngleEmbedder("angles").at(0, "question").at(1, "other wording").at(90, "unlike"), this.events,
				this.threads)
		.build();

	final LocalChatModel model = new LocalChatModel();

	final LlmCacheChatAdvisor advisor = LlmCacheChatAdvisor.builder(this.cache).build();

	final LlmCacheChatAdvisor semantic = LlmCacheChatAdvisor.builder(this.cache).semantic(true).build();

	final ChatClient client = ChatClient.builder(this.model).defaultAdvisors(this.advisor).build();

	@AfterEach
	void close() {
		this.threads.shutdownNow();
	}

	static Outcome outcome(ChatClientResponse response) {
		return (Outcome) response.context().get(LlmCacheChatAdvisor.OUTCOME);
	}

	static CachedAnswer<?> answer(ChatClientResponse response) {
		return (CachedAnswer<?>) response.context().get(LlmCacheChatAdvisor.ANSWER);
	}

	static Outcome outcome(ChatClient.ChatClientRequestSpec request) {
		return outcome(request.call().chatClientResponse());
	}

}
