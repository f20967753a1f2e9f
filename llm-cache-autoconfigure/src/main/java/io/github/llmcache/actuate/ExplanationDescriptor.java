package io.github.llmcache.actuate;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

import io.github.llmcache.actuate.LlmCacheExplainEndpoint.PartitionDescriptor;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.Explanation.Agreement;
import io.github.llmcache.explain.Explanation.Judgement;
import io.github.llmcache.explain.Explanation.Served;
import io.github.llmcache.explain.Explanation.Setting;
import io.github.llmcache.explain.KnownPartition;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * An {@link Explanation} as the endpoint shows it; words are in lower case.
 *
 * @param task the task
 * @param summary what would be served, and why, in a sentence
 * @param identity what has to be equal, by name
 * @param partition id of the partition
 * @param key id of the entry that an answer to the very same prompt has
 * @param served what would be served
 * @param bypassReason why the cache is not consulted
 * @param semanticSkip why no other wording is looked for
 * @param minSimilarity the lowest similarity that is served
 * @param candidates the most similar entries
 * @param sharing how many scopes have an equal answer to the same prompt, and how many
 * are needed before it is served to others
 * @param settings the properties that would have changed what is served
 * @param partitions the partitions to choose from, if it is not clear which is meant;
 * nothing is explained then
 */
public record ExplanationDescriptor(String task, String summary, @Nullable Map<String, String> identity,
		@Nullable String partition, @Nullable String key, @Nullable ServedDescriptor served,
		@Nullable String bypassReason, @Nullable String semanticSkip, @Nullable Double minSimilarity,
		@Nullable List<CandidateDescriptor> candidates, @Nullable SharingDescriptor sharing,
		@Nullable List<SettingDescriptor> settings,
		@Nullable List<PartitionDescriptor> partitions) implements OperationResponseBody {

	private static final Set<String> OF_ALL_TASKS = Set.of("max-prompt");

	static ExplanationDescriptor choice(String task, List<KnownPartition> partitions, boolean gone) {
		return new ExplanationDescriptor(task, (gone ? "The entry that was asked about is not there any more. " : "")
				+ "There are several partitions. Repeat the request with the 'partition' that is meant, or with model, "
				+ "template or scope", null, null, null, null, null, null, null, null, null, null,
				partitions.stream()
					.map((known) -> new PartitionDescriptor(known.partition().id(), known.identity(), known.called()))
					.toList());
	}

	static ExplanationDescriptor of(KnownPartition partition, Explanation explanation, boolean gone) {
		String task = partition.partition().task();
		List<CandidateDescriptor> candidates = explanation.candidates()
			.stream()
			.map((judged) -> CandidateDescriptor.of(judged, explanation.served()))
			.toList();
		return new ExplanationDescriptor(task, summary(explanation, gone), partition.identity(),
				partition.partition().id(), (explanation.key() != null) ? explanation.key().digest() : null,
				ServedDescriptor.of(explanation.served()), explanation.bypassReason(), explanation.semanticSkip(),
				explanation.minSimilarity(), candidates, SharingDescriptor.of(explanation.sharing()),
				explanation.settings().stream().map((setting) -> setting(task, setting)).toList(), null);
	}

	private static String summary(Explanation explanation, boolean gone) {
		String summary = switch (explanation.served().outcome()) {
			case EXACT -> explanation.exact() ? "The entry of the very same prompt would be served"
					: "The entry of the very same prompt that other scopes share would be served";
			case SEMANTIC -> "The entry of another wording would be served";
			case BYPASS -> "The cache would not be consulted: " + explanation.bypassReason();
			default -> "The method would be called: there is no entry of the very same prompt, and "
					+ whyNotSimilar(explanation) + whyNotShared(explanation.sharing());
		};
		return gone ? summary + ". The entry that was asked about is not there any more" : summary;
	}

	private static String whyNotSimilar(Explanation explanation) {
		if (explanation.semanticSkip() != null) {
			return "no other wording is looked for (" + explanation.semanticSkip() + ")";
		}
		if (explanation.candidates().isEmpty()) {
			return "no entry with another prompt";
		}
		Judgement first = explanation.candidates().get(0);
		if (first.similarity() < explanation.minSimilarity()) {
			return "the most similar one is below the minimum similarity";
		}
		return first.verdict().accepted() ? "the task is beyond its error budget, or the answer is too old"
				: "the most similar one is refused (" + first.verdict().reason() + ")";
	}

	private static String whyNotShared(@Nullable Agreement sharing) {
		return (sharing == null || sharing.scopes() == 0) ? "" : ". The answer of other scopes is not yet shared: "
				+ sharing.scopes() + " of " + sharing.needed() + " scopes";
	}

	private static SettingDescriptor setting(String task, Setting setting) {
		String property = OF_ALL_TASKS.contains(setting.name()) ? "llm-cache." + setting.name()
				: setting.name().equals("max-candidates") ? "llm-cache.semantic.max-candidates"
						: "llm-cache.tasks." + task + "." + setting.name();
		return new SettingDescriptor(property, setting.value(), setting.served());
	}

	private static String word(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What would be served.
	 *
	 * @param outcome {@code exact}, {@code semantic}, {@code miss} or {@code bypass}
	 * @param entry id of the entry
	 * @param prompt its prompt
	 * @param similarity similarity of another wording
	 */
	public record ServedDescriptor(String outcome, @Nullable String entry, @Nullable String prompt,
			@Nullable Double similarity) {

		static ServedDescriptor of(Served served) {
			return new ServedDescriptor(word(served.outcome()), served.entryId(), served.prompt(), served.similarity());
		}

	}

	/**
	 * How far scopes agree on an answer.
	 *
	 * @param scopes how many have an equal answer, by the one that most have
	 * @param needed how many are needed
	 */
	public record SharingDescriptor(int scopes, int needed) {

		static @Nullable SharingDescriptor of(@Nullable Agreement sharing) {
			return (sharing != null) ? new SharingDescriptor(sharing.scopes(), sharing.needed()) : null;
		}

	}

	/**
	 * An entry, and what was said of it.
	 *
	 * @param entry its id
	 * @param prompt its prompt
	 * @param similarity cosine similarity, between -1 and 1
	 * @param served whether it would be served
	 * @param verdict what guards and model decided together
	 * @param guards all that the guards have against it
	 * @param paraphrase the probability that the prompts ask for the same, by the model
	 */
	public record CandidateDescriptor(String entry, String prompt, double similarity, boolean served,
			VerdictDescriptor verdict, List<VerdictDescriptor> guards, @Nullable Double paraphrase) {

		static CandidateDescriptor of(Judgement judged, Served served) {
			return new CandidateDescriptor(judged.entryId(), judged.prompt(), judged.similarity(),
					judged.entryId().equals(served.entryId()), VerdictDescriptor.of(judged.verdict()),
					judged.objections().stream().map(VerdictDescriptor::of).toList(), judged.paraphrase());
		}

	}

	/**
	 * A verdict.
	 *
	 * @param accepted whether the candidate may be served
	 * @param reason the reason
	 * @param detail what it rests on
	 * @param firmness what may outweigh a refusal
	 */
	public record VerdictDescriptor(boolean accepted, String reason, @Nullable String detail,
			@Nullable String firmness) {

		static VerdictDescriptor of(Verdict verdict) {
			Firmness firmness = verdict.firmness();
			return new VerdictDescriptor(verdict.accepted(), verdict.reason(), verdict.detail(),
					(firmness != null) ? word(firmness) : null);
		}

	}

	/**
	 * A property that would have changed what is served.
	 *
	 * @param property its name
	 * @param value a value that would have been enough
	 * @param served whether an entry would be served with it
	 */
	public record SettingDescriptor(String property, String value, boolean served) {

	}

}
