package io.github.llmcache.sample.router;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.stereotype.Component;

import io.github.llmcache.annotation.LlmCacheScope;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.sample.model.ModelException;
import io.github.llmcache.sample.model.ModelReply;
import io.github.llmcache.sample.model.ReplyPart;

/**
 * Asks a model, unless the answer is in the cache. The model was chosen before. It is an
 * argument, so that no model's answer is served for another's.
 */
@Component
public class CachedAssistant {

	private final ModelRouter router;

	public CachedAssistant(ModelRouter router) {
		this.router = router;
	}

	/**
	 * Questions to a support desk come in many wordings, and each tenant has its own
	 * answers.
	 * @param prompt the question
	 * @param model name of the model to ask
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the answer, and where it came from
	 */
	@LlmCached(task = "support", semantic = true, ttl = "12h")
	public CachedAnswer<ModelReply> support(String prompt, String model, @LlmCacheScope @Nullable String tenant) {
		return ask(prompt, model);
	}

	/**
	 * Questions of general knowledge: an answer is renewed while it is served, and an old
	 * one is better than none if the model fails.
	 * @param prompt the question
	 * @param model name of the model to ask
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the answer, and where it came from
	 */
	@LlmCached(task = "knowledge", semantic = true, refreshAfter = "12h", staleIfError = "7d",
			staleOn = ModelException.class)
	public CachedAnswer<ModelReply> knowledge(String prompt, String model, @LlmCacheScope @Nullable String tenant) {
		return ask(prompt, model);
	}

	/**
	 * Programs: since a single letter matters, only the very same prompt is answered from
	 * the cache.
	 * @param prompt what to write
	 * @param model name of the model to ask
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the answer, and where it came from
	 */
	@LlmCached(task = "code")
	public CachedAnswer<ModelReply> code(String prompt, String model, @LlmCacheScope @Nullable String tenant) {
		return ask(prompt, model);
	}

	/**
	 * The same as {@link #support}, while it is being written.
	 * @param prompt the question
	 * @param model name of the model to ask
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the parts of the answer, and where they came from
	 */
	@LlmCached(task = "support", semantic = true, ttl = "12h")
	public Flux<CachedAnswer<ReplyPart>> streamSupport(String prompt, String model,
			@LlmCacheScope @Nullable String tenant) {
		return stream(prompt, model);
	}

	/**
	 * The same as {@link #knowledge}, while it is being written.
	 * @param prompt the question
	 * @param model name of the model to ask
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the parts of the answer, and where they came from
	 */
	@LlmCached(task = "knowledge", semantic = true, refreshAfter = "12h", staleIfError = "7d",
			staleOn = ModelException.class)
	public Flux<CachedAnswer<ReplyPart>> streamKnowledge(String prompt, String model,
			@LlmCacheScope @Nullable String tenant) {
		return stream(prompt, model);
	}

	/**
	 * The same as {@link #code}, while it is being written.
	 * @param prompt what to write
	 * @param model name of the model to ask
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the parts of the answer, and where they came from
	 */
	@LlmCached(task = "code")
	public Flux<CachedAnswer<ReplyPart>> streamCode(String prompt, String model,
			@LlmCacheScope @Nullable String tenant) {
		return stream(prompt, model);
	}

	private Flux<CachedAnswer<ReplyPart>> stream(String prompt, String model) {
		return this.router.model(model).stream(prompt).map(CachedAnswer::of);
	}

	private CachedAnswer<ModelReply> ask(String prompt, String model) {
		return CachedAnswer.of(this.router.model(model).ask(prompt));
	}

}
