package io.github.llmcache.test;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.embedding.UnitVector;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.prompt.PromptNormalizer;
import io.github.llmcache.verify.GuardedMatchVerifier;
import io.github.llmcache.verify.MatchVerifier;

/**
 * An embedder without a model: what is similar is what a test says, or what has words in
 * common. The same text has the same vector in every JVM.
 * <p>
 * Each word has a direction of 256 dimensions, made of the bits of its SHA-256 digest,
 * and a text that of the sum of its words. Two texts of n words, of which k are the same,
 * have a cosine similarity of about k / n, give or take 0.1. Case, blanks and punctuation
 * at the end of sentences make no difference to {@link #same}. Safe for use by many
 * threads.
 */
public final class DeterministicEmbedder implements TextEmbedder {

	private static final int DIMENSIONS = 256;

	private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

	private final Map<String, String> meanings = new ConcurrentHashMap<>();

	private final Set<String> tooLong = ConcurrentHashMap.newKeySet();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger version = new AtomicInteger();

	/**
	 * Say that prompts ask for the same: they get one vector, and the {@link #verifier}
	 * accepts each for the others.
	 * @param prompt a prompt
	 * @param others other wordings of it
	 * @return this embedder
	 */
	public DeterministicEmbedder same(String prompt, String... others) {
		String meaning = meaning(prompt);
		float[] vector = vector(prompt);
		for (String other : others) {
			this.meanings.put(key(other), meaning);
			this.vectors.put(key(other), vector);
		}
		this.version.incrementAndGet();
		return this;
	}

	/**
	 * Set the similarity of two prompts, and leave it to the verifier whether they are
	 * the same.
	 * @param similarity cosine similarity, between -1 and 1
	 * @param prompt a prompt, which stays where it is
	 * @param other another prompt
	 * @return this embedder
	 */
	public DeterministicEmbedder similar(double similarity, String prompt, String other) {
		if (!(similarity >= -1 && similarity <= 1)) {
			throw new IllegalArgumentException("A similarity is between -1 and 1 but is " + similarity);
		}
		float[] one = vector(prompt);
		float[] across = ofWords(key(other));
		double cosine = TextEmbedder.similarity(one, across);
		for (int i = 0; i < DIMENSIONS; i++) {
			across[i] -= (float) (cosine * one[i]);
		}
		across = UnitVector.of(across);
		double sine = Math.sqrt(1 - similarity * similarity);
		float[] vector = new float[DIMENSIONS];
		for (int i = 0; i < DIMENSIONS; i++) {
			vector[i] = (float) (similarity * one[i] + sine * across[i]);
		}
		this.vectors.put(key(other), UnitVector.of(vector));
		return this;
	}

	/**
	 * Say that a text is longer than the window of the model.
	 * @param text the text
	 * @return this embedder
	 */
	public DeterministicEmbedder tooLong(String text) {
		this.tooLong.add(key(text));
		return this;
	}

	/**
	 * A verifier that accepts what a test has said to be the {@link #same}, and decides
	 * about everything else as the guards do.
	 * @return a verifier that knows what this embedder is told, also later
	 */
	public MatchVerifier verifier() {
		return new DeclaredVerifier();
	}

	/**
	 * How many texts were embedded.
	 * @return the number, since the embedder was created or cleared
	 */
	public int calls() {
		return this.calls.get();
	}

	/**
	 * Forget what a test has said.
	 */
	public void clear() {
		this.vectors.clear();
		this.meanings.clear();
		this.tooLong.clear();
		this.calls.set(0);
		this.version.incrementAndGet();
	}

	@Override
	public float @Nullable [] embed(String text) {
		this.calls.incrementAndGet();
		return this.tooLong.contains(key(text)) ? null : vector(text);
	}

	@Override
	public int dimensions() {
		return DIMENSIONS;
	}

	@Override
	public String fingerprint() {
		return "deterministic-1";
	}

	private float[] vector(String text) {
		String key = key(text);
		float[] vector = this.vectors.get(key);
		return (vector != null) ? vector : ofWords(key);
	}

	private String meaning(String prompt) {
		String key = key(prompt);
		return this.meanings.getOrDefault(key, key);
	}

	private static String key(String text) {
		return PromptFolding.fold(PromptNormalizer.normalize(text));
	}

	private static float[] ofWords(String text) {
		String[] words = text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+");
		float[] sum = new float[DIMENSIONS];
		for (String word : words) {
			if (!word.isEmpty()) {
				add(sum, word);
			}
		}
		// no words, or words that cancel each other out
		add(sum, text, 0.01f);
		return UnitVector.of(sum);
	}

	private static void add(float[] sum, String word) {
		add(sum, word, 1);
	}

	private static void add(float[] sum, String word, float weight) {
		byte[] digest = Sha256.begin().digest(word.getBytes(StandardCharsets.UTF_8));
		for (int i = 0; i < DIMENSIONS; i++) {
			boolean positive = (digest[i / Byte.SIZE] >> (i % Byte.SIZE) & 1) == 1;
			sum[i] += positive ? weight : -weight;
		}
	}

	private final class DeclaredVerifier implements MatchVerifier {

		private final MatchVerifier guards = new GuardedMatchVerifier();

		@Override
		public Verdict verify(Match match) {
			return meaning(match.prompt()).equals(meaning(match.cachedPrompt())) ? Verdict.accept()
					: this.guards.verify(match);
		}

		@Override
		public String fingerprint() {
			return "declared-" + DeterministicEmbedder.this.version.get() + "/" + this.guards.fingerprint();
		}

	}

}
