package io.github.llmcache.benchmarks;

import java.time.Clock;
import java.util.concurrent.TimeUnit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.databind.json.JsonMapper;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.codec.JacksonPayloadCodec;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.core.LlmCacheBuilder;
import io.github.llmcache.djl.DjlParaphraseModel;
import io.github.llmcache.djl.DjlTextEmbedder;
import io.github.llmcache.event.LlmCacheListener;
import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.store.memory.MemoryLimits;
import io.github.llmcache.verify.GuardedMatchVerifier;
import io.github.llmcache.verify.MatchVerifier.Match;
import io.github.llmcache.verify.MatchVerifier.Verdict;

/**
 * What a hit costs, and its parts. The baseline is {@link #caffeine()}: looking up an
 * object by its prompt, with no identity, no digest and no copy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LookupBenchmark {

	private static final String PROMPT = "How do I turn on dark mode in the settings of the app?";

	private static final String REWORDED = "how can I turn dark mode on in the app settings";

	private final Cache<String, Answer> baseline = Caffeine.newBuilder().maximumSize(1_000).build();

	private final GuardedMatchVerifier verifier = new GuardedMatchVerifier();

	private final DjlParaphraseModel paraphrases = DjlParaphraseModel.bundled();

	private final DjlTextEmbedder embedder = DjlTextEmbedder.bundled().build();

	private final LlmCache cache = new LlmCacheBuilder(
			new MemoryCacheStore(new MemoryLimits(1_000, 100 << 20),
					new VectorIndexFactory(VectorIndexFactory.DEFAULT_GRAPH_THRESHOLD, Runnable::run),
					Clock.systemUTC(), LlmCacheListener.NO_OP),
			new JacksonPayloadCodec(JsonMapper.builder().build()), new DigestPromptKeyGenerator())
		.semantic(this.embedder, this.verifier)
		.build();

	/**
	 * Store the answer.
	 */
	@Setup
	public void fill() {
		Answer answer = new Answer("Open Settings, choose Appearance and set Theme to Dark.", 12);
		this.baseline.put(PROMPT, answer);
		this.cache.get(request(PROMPT), () -> answer);
		if (exactHit().outcome() != Outcome.EXACT || semanticHit().outcome() != Outcome.SEMANTIC) {
			throw new IllegalStateException("The benchmark would measure something else");
		}
	}

	/**
	 * Free the models.
	 */
	@TearDown
	public void close() {
		this.embedder.close();
		this.paraphrases.close();
	}

	/**
	 * The baseline.
	 * @return the answer
	 */
	@Benchmark
	public @Nullable Answer caffeine() {
		return this.baseline.getIfPresent(PROMPT);
	}

	/**
	 * A hit by the same prompt.
	 * @return the answer
	 */
	@Benchmark
	public CachedAnswer<Answer> exactHit() {
		return this.cache.get(request(PROMPT), () -> new Answer("", 0));
	}

	/**
	 * A hit by another wording, embedded each time.
	 * @return the answer
	 */
	@Benchmark
	public CachedAnswer<Answer> semanticHit() {
		return this.cache.get(request(REWORDED), () -> new Answer("", 0));
	}

	/**
	 * The part of a semantic hit that the embedding model takes.
	 * @return the embedding
	 */
	@Benchmark
	public float @Nullable [] embedding() {
		return this.embedder.embed(REWORDED);
	}

	/**
	 * The part of a semantic hit that the verifier takes, for one candidate.
	 * @return the verdict
	 */
	@Benchmark
	public Verdict verification() {
		return this.verifier.verify(new Match("support", REWORDED, PROMPT, 0.9));
	}

	/**
	 * The part that the paraphrase model takes, for one candidate; these prompts have 15
	 * and 13 tokens.
	 * @return the probability
	 */
	@Benchmark
	public @Nullable Double paraphrase() {
		return this.paraphrases.probability(REWORDED, PROMPT);
	}

	private static CacheRequest<Answer> request(String prompt) {
		return CacheRequest.forTask("support", Answer.class)
			.prompt(prompt)
			.model("small")
			.argument("temperature", 0.2)
			.semantic(true)
			.build();
	}

	/**
	 * An answer.
	 *
	 * @param text the text
	 * @param tokens how long it is
	 */
	public record Answer(String text, int tokens) {

	}

}
