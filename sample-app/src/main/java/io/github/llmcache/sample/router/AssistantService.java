package io.github.llmcache.sample.router;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

import org.springframework.stereotype.Service;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.sample.model.ModelException;
import io.github.llmcache.sample.model.ModelReply;
import io.github.llmcache.sample.model.ReplyPart;

/**
 * Routes each prompt to a model, asks it through the cache, and keeps the books.
 */
@Service
public class AssistantService {

	private final ModelRouter router;

	private final CachedAssistant assistant;

	private final Ledger ledger;

	public AssistantService(ModelRouter router, CachedAssistant assistant, Ledger ledger) {
		this.router = router;
		this.assistant = assistant;
		this.ledger = ledger;
	}

	/**
	 * Ask the assistant.
	 * @param task the kind of work
	 * @param prompt the prompt
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the answer, and what it took
	 */
	public AssistantReply ask(AssistantTask task, String prompt, @Nullable String tenant) {
		String model = this.router.route(task.taskName(), prompt);
		long start = System.nanoTime();
		CachedAnswer<ModelReply> answer = switch (task) {
			case SUPPORT -> this.assistant.support(prompt, model, tenant);
			case KNOWLEDGE -> this.assistant.knowledge(prompt, model, tenant);
			case CODE -> this.assistant.code(prompt, model, tenant);
		};
		AssistantReply reply = reply(answer, Duration.ofNanos(System.nanoTime() - start));
		this.ledger.add(reply);
		return reply;
	}

	/**
	 * Ask the assistant, and get the answer while it is being written.
	 * @param task the kind of work
	 * @param prompt the prompt
	 * @param tenant whose answers, or {@code null} for those of everybody
	 * @return the parts of the answer, and what it took with the last of them
	 */
	public Flux<AssistantPart> stream(AssistantTask task, String prompt, @Nullable String tenant) {
		String model = this.router.route(task.taskName(), prompt);
		Flux<CachedAnswer<ReplyPart>> parts = switch (task) {
			case SUPPORT -> this.assistant.streamSupport(prompt, model, tenant);
			case KNOWLEDGE -> this.assistant.streamKnowledge(prompt, model, tenant);
			case CODE -> this.assistant.streamCode(prompt, model, tenant);
		};
		return Flux.defer(() -> {
			long start = System.nanoTime();
			StringBuilder text = new StringBuilder();
			return parts.map((part) -> part(part, text, start));
		});
	}

	private AssistantPart part(CachedAnswer<ReplyPart> part, StringBuilder text, long start) {
		ReplyPart value = Objects.requireNonNull(part.value());
		text.append(value.text());
		if (value.end() == null) {
			return new AssistantPart(value.text(), null);
		}
		AssistantReply reply = reply(part.withValue(value.end().reply(text.toString())),
				Duration.ofNanos(System.nanoTime() - start));
		this.ledger.add(reply);
		return new AssistantPart(value.text(), reply);
	}

	private static AssistantReply reply(CachedAnswer<ModelReply> answer, Duration time) {
		ModelReply reply = answer.value();
		if (reply == null) {
			throw new ModelException("The model gave no answer");
		}
		Duration lookupTime = answer.isHit() ? time : positive(time.minus(reply.latency()));
		Duration timeSaved = answer.isHit() ? positive(reply.latency().minus(time)) : Duration.ZERO;
		return new AssistantReply(reply.text(), reply.model(), answer.outcome(), answer.similarity(),
				answer.matchedPrompt(), answer.age(), answer.entryId(), lookupTime, time, timeSaved,
				answer.isHit() ? 0 : reply.cost(), answer.isHit() ? reply.cost() : 0);
	}

	private static Duration positive(Duration duration) {
		return duration.isNegative() ? Duration.ZERO : duration;
	}

}
