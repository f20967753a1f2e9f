package io.github.llmcache.core;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.Addressing.Address;
import io.github.llmcache.correction.Refusals;
import io.github.llmcache.explain.Explanation;
import io.github.llmcache.explain.Explanation.Agreement;
import io.github.llmcache.explain.Explanation.Judgement;
import io.github.llmcache.explain.Explanation.Served;
import io.github.llmcache.explain.Explanation.Setting;
import io.github.llmcache.explain.KnownPartition;
import io.github.llmcache.explain.KnownPartitions;
import io.github.llmcache.explain.SettingTrials;
import io.github.llmcache.match.CandidateChooser;
import io.github.llmcache.match.CandidateSearch;
import io.github.llmcache.match.CandidateSearch.Found;
import io.github.llmcache.match.Embedding;
import io.github.llmcache.match.Question;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.sharing.SharedAnswers;
import io.github.llmcache.sharing.SharedAnswers.Standing;
import io.github.llmcache.sharing.Sharing;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.Candidate;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.verify.MatchVerifier.Firmness;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * Explains what a call would be served, and why, by the same parts that decide about
 * calls. Which setting would have changed that is found out by trying.
 */
final class Explainer {

	private static final Verdict REPORTED = Verdict.refuse(Firmness.ABSOLUTE, Refusals.REASON, null);

	private static final Verdict UNSHARED = Verdict.refuse(Firmness.ABSOLUTE, SharedAnswers.REASON, null);

	/** What would keep an answer of other scopes from being served. */
	private static final Setting NOT_SHARED = new Setting("share-after-scopes", "0", false);

	/** The most candidates, as in the properties. */
	private static final int MOST_CANDIDATES = 100;

	private final Addressing addressing;

	private final CacheStore store;

	private final CandidateSearch search;

	private final CandidateChooser chooser;

	private final Refusals refusals;

	private final SharedAnswers shared;

	private final KnownPartitions partitions;

	private final Clock clock;

	Explainer(Addressing addressing, CacheStore store, CandidateSearch search, CandidateChooser chooser,
			Refusals refusals, SharedAnswers shared, KnownPartitions partitions, Clock clock) {
		this.addressing = addressing;
		this.store = store;
		this.search = search;
		this.chooser = chooser;
		this.refusals = refusals;
		this.shared = shared;
		this.partitions = partitions;
		this.clock = clock;
	}

	KnownPartitions partitions() {
		return this.partitions;
	}

	Explanation explain(Call call) {
		Address address = this.addressing.address(call);
		CacheKey key = address.key();
		Sharing sharing = this.addressing.sharing(call, address);
		return explain(call, address, (key != null) ? this.partitions.of(key.partition()) : null, sharing, null, false);
	}

	/**
	 * Explain.
	 * @param entryId an entry that is judged in any case
	 * @param missed whether to leave out what was stored for the very same prompt
	 */
	Explanation explain(Call call, KnownPartition partition, @Nullable String entryId, boolean missed) {
		Address address = this.addressing.address(call, partition.partition());
		return explain(call, address, partition, this.addressing.sharing(call, address, partition), entryId, missed);
	}

	private Explanation explain(Call call, Address address, @Nullable KnownPartition partition,
			@Nullable Sharing sharing, @Nullable String entryId, boolean missed) {
		Map<String, String> identity = (partition != null) ? partition.identity() : Map.of();
		CacheKey key = address.key();
		if (key == null) {
			return bypass(call, identity, String.valueOf(address.bypassReason()));
		}
		// the answer of a miss, and that of an audit, are stored by now
		boolean without = missed || (entryId != null && !entryId.equals(key.digest()));
		CacheEntry exact;
		try {
			exact = without ? null : peek(key);
		}
		catch (RuntimeException ex) {
			return bypass(call, identity, "store-failure");
		}
		Instant now = this.clock.instant();
		boolean hit = exact != null && !exact.isStale(now);
		Trial trial = new Trial(call.question(address.prompt()), key, now);
		Found found = trial.search(MOST_CANDIDATES, without);
		List<Judgement> judgements = judge(trial, found, (entryId != null) ? entryId(trial, found, entryId) : null);
		if (exact != null && hit) {
			return new Explanation(key, identity, null, true, found.embedding().skip(), call.policy.minSimilarity(),
					judgements, new Served(Outcome.EXACT, key.digest(), exact.prompt(), null), null,
					List.of(new Setting("ttl", "0", false)));
		}
		String skip = call.policy.semantic() ? found.embedding().skip() : "exact-only";
		Explanation own = own(call, identity, trial, found, skip, judgements);
		return (sharing != null) ? withShared(own, call, sharing, now) : own;
	}

	private Explanation own(Call call, Map<String, String> identity, Trial trial, Found found, @Nullable String skip,
			List<Judgement> judgements) {
		Candidate served = trial.served(call.policy, found);
		return new Explanation(trial.key, identity, null, false, skip, call.policy.minSimilarity(), judgements,
				(served != null) ? served(served) : new Served(Outcome.MISS, null, null, null), null,
				SettingTrials.find(call.policy, this.chooser.caution(trial.question), served, judgements,
						(policy) -> trial.served(policy, found)));
	}

	private static Served served(Candidate candidate) {
		return new Served(Outcome.SEMANTIC, candidate.key().digest(), candidate.entry().prompt(),
				candidate.similarity());
	}

	/**
	 * What other scopes share comes first if it is of the very same prompt, and else
	 * after what the scope has itself.
	 */
	private Explanation withShared(Explanation own, Call call, Sharing sharing, Instant now) {
		Standing standing = this.shared.standing(sharing);
		Agreement agreement = new Agreement(standing.scopes(), sharing.scopes());
		CacheEntry entry = standing.entry();
		if (entry != null) {
			return own.with(agreement, own.candidates(),
					new Served(Outcome.EXACT, sharing.shared().digest(), entry.prompt(), null), List.of(NOT_SHARED));
		}
		Trial trial = new Trial(call.question(sharing.prompt()), sharing.shared(), now);
		Found found = trial.search(MOST_CANDIDATES, false);
		Set<String> servable = found.candidates()
			.stream()
			.filter((candidate) -> this.shared.mayServe(sharing, candidate.key(), candidate.entry()))
			.map((candidate) -> candidate.key().digest())
			.collect(Collectors.toSet());
		List<Judgement> judgements = new ArrayList<>(own.candidates());
		judge(trial, found, null).stream()
			.map((judged) -> servable.contains(judged.entryId()) ? judged : judged.with(UNSHARED))
			.forEach(judgements::add);
		Candidate served = trial.served(call.policy, new Found(
				found.candidates().stream().filter((candidate) -> servable.contains(candidate.key().digest())).toList(),
				found.look(), found.embedding()));
		if (served != null && own.served().outcome() == Outcome.MISS) {
			return own.with(agreement, judgements, served(served), List.of(NOT_SHARED));
		}
		List<Setting> settings = new ArrayList<>(own.settings());
		if (standing.scopes() >= 2 && standing.scopes() < sharing.scopes()) {
			settings.add(new Setting("share-after-scopes", String.valueOf(standing.scopes()), true));
		}
		return own.with(agreement, judgements, own.served(), settings);
	}

	private static Explanation bypass(Call call, Map<String, String> identity, String reason) {
		List<Setting> settings = switch (reason) {
			case "ttl-zero" -> List.of(new Setting("ttl", "24h", true));
			case "prompt-too-long" -> List
				.of(new Setting("max-prompt", String.valueOf(String.valueOf(call.request.prompt()).length()), true));
			default -> List.of();
		};
		return new Explanation(null, identity, reason, false, null, call.policy.minSimilarity(), List.of(),
				new Served(Outcome.BYPASS, null, null, null), null, settings);
	}

	private @Nullable CacheEntry peek(CacheKey key) {
		return (this.store instanceof EntryStore entries) ? entries.peek(key) : this.store.find(key).entry();
	}

	/**
	 * The candidate for an entry that is not among the first that the search found.
	 */
	private @Nullable Candidate entryId(Trial trial, Found found, String entryId) {
		CacheKey key = new CacheKey(trial.key.partition(), entryId);
		CacheEntry entry = peek(key);
		float[] vector = found.embedding().vector();
		float[] other = (entry != null)
				? this.search.embed(trial.question.with(entry.prompt()), Embedding.NONE).vector() : null;
		return (entry != null && vector != null && other != null) ? new Candidate(key, entry, cosine(vector, other))
				: null;
	}

	private static double cosine(float[] one, float[] other) {
		double product = 0;
		for (int i = 0; i < one.length; i++) {
			product += one[i] * other[i];
		}
		return product;
	}

	/**
	 * Judge the nearest candidates, however far away, and an entry besides.
	 */
	private List<Judgement> judge(Trial trial, Found found, @Nullable Candidate besides) {
		int most = trial.question.policy().maxCandidates();
		List<Candidate> candidates = new ArrayList<>(
				found.candidates().subList(0, Math.min(most, found.candidates().size())));
		if (besides != null && candidates.stream().noneMatch((candidate) -> candidate.key().equals(besides.key()))) {
			candidates.add(besides);
		}
		Predicate<CacheEntry> refused = this.refusals.of(trial.key.partition(), trial.question.prompt());
		return this.chooser
			.judge(trial.question, candidates,
					(candidate) -> candidate != besides
							&& trial.isServable(candidate, trial.question.policy(), refused))
			.stream()
			.map((judged) -> refused.test(judged.candidate().entry()) ? judged.with(REPORTED) : judged)
			.map((judged) -> new Judgement(judged.candidate().key().digest(), judged.candidate().entry().prompt(),
					judged.candidate().similarity(), judged.verdict(), judged.objections(), judged.probability()))
			.toList();
	}

	/**
	 * What would be served under one policy or another.
	 */
	private final class Trial {

		private final Question question;

		private final CacheKey key;

		private final Instant now;

		Trial(Question question, CacheKey key, Instant now) {
			this.question = question;
			this.key = key;
			this.now = now;
		}

		/**
		 * The nearest entries, however far away.
		 */
		Found search(int limit, boolean missed) {
			CachePolicy wide = this.question.policy().mutate().maxCandidates(limit).build();
			Found found = Explainer.this.search.find(this.question.with(wide), this.key.partition(), Embedding.NONE,
					-1);
			return missed ? new Found(
					found.candidates().stream().filter((candidate) -> !candidate.key().equals(this.key)).toList(),
					found.look(), found.embedding()) : found;
		}

		@Nullable Candidate served(CachePolicy policy, Found found) {
			if (!policy.semantic()) {
				return null;
			}
			Predicate<CacheEntry> refused = Explainer.this.refusals.of(this.key.partition(), this.question.prompt());
			List<Candidate> servable = found.candidates()
				.stream()
				.filter((candidate) -> candidate.similarity() >= policy.minSimilarity())
				.limit(policy.maxCandidates())
				.filter((candidate) -> isServable(candidate, policy, refused))
				.toList();
			return Explainer.this.chooser.preview(this.question.with(policy), servable);
		}

		boolean isServable(Candidate candidate, CachePolicy policy, Predicate<CacheEntry> refused) {
			return candidate.similarity() >= policy.minSimilarity() && !candidate.entry().isStale(this.now)
					&& !refused.test(candidate.entry());
		}

	}

}
