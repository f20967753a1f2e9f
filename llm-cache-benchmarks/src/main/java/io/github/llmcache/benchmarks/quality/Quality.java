package io.github.llmcache.benchmarks.quality;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.benchmarks.load.Figure;
import io.github.llmcache.benchmarks.peer.Contender;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.djl.DjlTextEmbedder;

/**
 * Lets the cache and the rules of others answer the same requests. The thresholds of
 * others are chosen in hindsight: for each, the highest that gives as many right hits as
 * the cache has.
 */
public final class Quality {

	/** The rule that the others are compared with. */
	public static final String BASELINE = "cosine, best threshold";

	private static final double HYDRA_THRESHOLD = 0.95;

	private Quality() {
	}

	/**
	 * Measure all of them. @param arguments number of needs
	 */
	public static void main(String[] arguments) throws IOException {
		List<Request> requests = Request.ofNeeds(Integer.parseInt(arguments[0]));
		SimilarityCache others = new SimilarityCache(requests, embed(requests));
		Score cache = cache(requests);
		print(BASELINE, best(others, Guard.NONE, cache.right()));
		print("semantic-router's guard, best threshold", best(others, new SemanticRouterGuard(), cache.right()));
		print("hydra's guard, 0.95", others.score(new HydraGuard(), HYDRA_THRESHOLD));
		print(Contender.LLM_CACHED_SEMANTIC.label(), cache);
	}

	private static List<float[]> embed(List<Request> requests) {
		List<float[]> embeddings = new ArrayList<>();
		try (DjlTextEmbedder embedder = DjlTextEmbedder.bundled().build()) {
			for (Request request : requests) {
				embeddings.add(Objects.requireNonNull(embedder.embed(request.prompt())));
			}
		}
		return embeddings;
	}

	/**
	 * With the highest threshold that gives enough right hits, or else the most.
	 */
	private static Score best(SimilarityCache cache, Guard guard, int enough) {
		List<Score> scores = IntStream.rangeClosed(1, 50)
			.mapToObj((percent) -> cache.score(guard, 1 - percent / 100.0))
			.toList();
		return scores.stream()
			.filter((score) -> score.right() >= enough)
			.findFirst()
			.orElseGet(() -> Collections.max(scores, Comparator.comparingInt(Score::right)));
	}

	private static Score cache(List<Request> requests) {
		try (ConfigurableApplicationContext context = Contender.LLM_CACHED_SEMANTIC.start()) {
			LlmCache cache = context.getBean(LlmCache.class);
			Set<String> loaded = new HashSet<>();
			int right = 0;
			int wrong = 0;
			int possible = 0;
			for (Request request : requests) {
				possible += loaded.contains(request.answer()) ? 1 : 0;
				CachedAnswer<String> answer = cache.get(
						CacheRequest.forTask("quality", String.class).prompt(request.prompt()).semantic(true).build(),
						request::answer);
				if (!answer.outcome().isHit()) {
					loaded.add(request.answer());
				}
				else if (request.answer().equals(answer.value())) {
					right++;
				}
				else {
					wrong++;
				}
			}
			return new Score(right, wrong, possible);
		}
	}

	private static void print(String contender, Score score) {
		new Figure("RIGHT_HITS", contender, "", score.rightPercent()).print();
		new Figure("WRONG_HITS", contender, "", score.wrongPercent()).print();
	}

}
