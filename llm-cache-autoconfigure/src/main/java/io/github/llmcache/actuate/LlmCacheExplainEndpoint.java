package io.github.llmcache.actuate;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.explain.KnownEntry;
import io.github.llmcache.explain.KnownPartition;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.Partition;

/**
 * {@link Endpoint @Endpoint} that explains what the cache would do for a prompt, and why.
 * <p>
 * Nothing is served, stored or counted, and no method is called. What a call would pass
 * besides the prompt is taken from an existing partition: the only one, or the one that
 * the request names. Explanations quote the prompts of entries, so they have to be
 * allowed by {@code management.endpoint.llmcacheexplain.access=unrestricted};
 * {@code read-only} is not enough, since a prompt travels in the body of a {@code POST}.
 */
@Endpoint(id = "llmcacheexplain", defaultAccess = Access.NONE)
public class LlmCacheExplainEndpoint {

	/** The most partitions that a request may choose from. */
	private static final int MOST_PARTITIONS = 20;

	/** The most partitions that are searched for one whose id is not complete. */
	private static final int MOST_SEARCHED = 1_000;

	private final LlmCache cache;

	private final Supplier<CacheDescription> description;

	/**
	 * Create the endpoint.
	 * @param cache the cache
	 * @param description how the cache is set up
	 */
	public LlmCacheExplainEndpoint(LlmCache cache, Supplier<CacheDescription> description) {
		this.cache = cache;
		this.description = description;
	}

	/**
	 * Explain what would be served.
	 * @param task the task
	 * @param prompt the prompt; may be missing if there is an entry, whose own is then
	 * taken
	 * @param missed whether there was a miss, whose answer is stored by now: the entry of
	 * the very same prompt is left out
	 * @param entry id of an entry, to explain why it is or is not served; if it is of
	 * another wording, the entry of the very same prompt is left out
	 * @param partition id of the partition, or how it begins
	 * @param model the model, to choose among partitions
	 * @param template the template, to choose among partitions
	 * @param scope the scope, to choose among partitions
	 * @return the explanation, or the partitions to choose from
	 */
	@WriteOperation
	public ExplanationDescriptor explain(String task, @Nullable String prompt, @Nullable Boolean missed,
			@Nullable String entry, @Nullable String partition, @Nullable String model, @Nullable String template,
			@Nullable String scope) {
		KnownEntry known = (entry != null) ? this.cache.entry(task, entry) : null;
		if (prompt == null && known == null) {
			throw invalid(
					(entry != null)
							? "The entry is not there any more: it expired, was evicted or removed. "
									+ "Give a 'prompt' to see what would be served now"
							: "Give a 'prompt' or an 'entry'");
		}
		List<KnownPartition> partitions = (known != null) ? List.of(known.partition())
				: partitions(new EvictionSelector(task, model, template, scope, null, null, null), partition);
		if (partitions.isEmpty()) {
			throw invalid("No partition matches: this instance was not called for one since it started, "
					+ "and the store has none. Task, model, template and scope have to be as in the call");
		}
		if (partitions.size() > 1) {
			return ExplanationDescriptor.choice(task, partitions, entry != null && known == null);
		}
		KnownPartition chosen = withPolicy(partitions.get(0));
		String asked = (prompt != null) ? prompt : (known != null) ? known.entry().prompt() : "";
		try {
			return ExplanationDescriptor.of(chosen,
					this.cache.explain(chosen, asked, (known != null) ? entry : null, Boolean.TRUE.equals(missed)),
					entry != null && known == null);
		}
		catch (UnsupportedOperationException ex) {
			throw invalid(ex.getMessage() + ". Implement PromptKeyGenerator.generate(Partition, String)");
		}
	}

	private List<KnownPartition> partitions(EvictionSelector selector, @Nullable String id) {
		if (id == null) {
			return this.cache.partitions(selector, MOST_PARTITIONS);
		}
		List<KnownPartition> found = this.cache.partitions(selector, MOST_SEARCHED)
			.stream()
			.filter((known) -> known.partition().id().startsWith(id))
			.limit(MOST_PARTITIONS)
			.toList();
		return (found.isEmpty() && id.matches("[0-9a-f]{64}") && selector.task() != null)
				? List.of(new KnownPartition(new Partition(id, selector.task(), null, null, null), Map.of(),
						RequestedPolicy.DEFAULT, false, null))
				: found;
	}

	/**
	 * The annotation's settings of a task that this instance was not called for.
	 */
	private KnownPartition withPolicy(KnownPartition partition) {
		CachePolicy policy = this.description.get().policies().get(partition.partition().task());
		return (partition.called() || policy == null) ? partition
				: partition.withPolicy((builder) -> builder.ttl(policy.ttl())
					.semantic(policy.semantic())
					.minSimilarity(policy.minSimilarity())
					.maxCandidates(policy.maxCandidates())
					.accuracy(policy.accuracy()));
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * A partition to choose.
	 *
	 * @param partition its id
	 * @param identity the parts of its identity, by name
	 * @param called whether this instance was called for it lately
	 */
	public record PartitionDescriptor(String partition, Map<String, String> identity,
			boolean called) implements OperationResponseBody {

	}

}
