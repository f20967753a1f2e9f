package io.github.llmcache.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.embedding.TextEmbedder;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.EntryStore;
import io.github.llmcache.store.Partition;

/**
 * Stores entries that {@link EntryExport} has written, with what is left of their time.
 * <p>
 * What is there already stays, so that an import that was broken off can be done again.
 * Entries of another embedder are embedded again, and belong to the partition of the same
 * identity with the embedder of this application. Safe for use by many threads.
 */
public final class EntryImport {

	private static final String SEND_AGAIN = "Everything before it is imported. Export again, from the last line with a "
			+ "'cursor', and import from this line on";

	private final CacheStore store;

	private final PromptKeyGenerator keys;

	private final @Nullable TextEmbedder embedder;

	private final Clock clock;

	/**
	 * Create an import.
	 * @param store where entries go; an {@link EntryStore}
	 * @param keys computes keys of a partition
	 * @param embedder embeds prompts; {@code null} if there is none
	 * @param clock decides what is left of an entry's time
	 */
	public EntryImport(CacheStore store, PromptKeyGenerator keys, @Nullable TextEmbedder embedder, Clock clock) {
		this.store = store;
		this.keys = keys;
		this.embedder = embedder;
		this.clock = clock;
	}

	/**
	 * Import lines.
	 * @param task the task that all lines have to be of
	 * @param lines the lines; read one at a time
	 * @return what was imported
	 * @throws TransferException if a line cannot be imported; those before it have been
	 * @throws UnsupportedOperationException if the store takes no entries from elsewhere
	 */
	public ImportResult read(String task, Reader lines) {
		if (!(this.store instanceof EntryStore target)) {
			throw new UnsupportedOperationException("The cache store takes no entries from elsewhere: use the memory"
					+ " store or Redis, or implement EntryStore");
		}
		Tally tally = new Tally();
		BufferedReader reader = new BufferedReader(lines);
		try {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				tally.line++;
				if (!line.isBlank()) {
					read(target, task, line, tally);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return tally.result();
	}

	private void read(EntryStore target, String task, String line, Tally tally) {
		JsonNode node = TransferLine.read(line);
		if (node == null) {
			throw new TransferException(tally.line, "is cut off, or was changed. " + SEND_AGAIN);
		}
		if (node.has("end")) {
			tally.complete = true;
		}
		else if (!node.has("cursor")) {
			if (!node.path("task").asString("").equals(task)) {
				throw new TransferException(tally.line, "is of another task. Import it there");
			}
			if (!Objects.equals(optional(node, "keyed"), EntryExport.fingerprint(this.keys))) {
				throw new TransferException(tally.line, "was exported where llm-cache.encryption.digest-key is another"
						+ " one, or only one of both applications encrypts, so that it would never be found. Set the same");
			}
			try {
				restore(target, node, tally);
			}
			catch (IllegalArgumentException ex) {
				throw new TransferException(tally.line, "cannot be imported: " + ex.getMessage() + ". " + SEND_AGAIN);
			}
		}
	}

	private void restore(EntryStore target, JsonNode node, Tally tally) {
		Instant now = this.clock.instant();
		CacheEntry entry = entry(node);
		Duration left = Duration.between(now, entry.removal());
		if (left.isNegative() || left.isZero()) {
			tally.expired++;
			return;
		}
		Partition from = new Partition(text(node, "partition"), text(node, "task"), optional(node, "model"),
				optional(node, "template"), optional(node, "scope"));
		Partition to = this.keys.withEmbedder(from, (this.embedder != null) ? this.embedder.fingerprint() : "");
		boolean same = to.id().equals(from.id());
		String prompt = node.path("folded").asBoolean(false) ? PromptFolding.fold(entry.prompt()) : entry.prompt();
		CacheKey key = same ? new CacheKey(to, text(node, "entry")) : this.keys.generate(to, prompt);
		CacheStore.Finding finding = target.find(key);
		if (finding.entry() != null) {
			tally.present++;
			return;
		}
		boolean embed = !same && entry.embedding() != null;
		CacheEntry restored = embed ? entry.withEmbedding(embed(entry.prompt())) : entry;
		if (!target.restore(key, restored, finding.generation(), left)) {
			tally.evicted++;
			return;
		}
		tally.imported++;
		tally.embedded += (embed && restored.embedding() != null) ? 1 : 0;
	}

	private float @Nullable [] embed(String prompt) {
		return (this.embedder != null) ? this.embedder.embed(prompt) : null;
	}

	private static CacheEntry entry(JsonNode node) {
		Set<String> tags = new HashSet<>();
		node.path("tags").forEach((tag) -> tags.add(tag.asString()));
		String embedding = optional(node, "embedding");
		return new CacheEntry(text(node, "prompt"), Base64.getDecoder().decode(text(node, "payload")),
				text(node, "group"), (embedding != null) ? vector(embedding) : null,
				Instant.ofEpochMilli(number(node, "created")), Duration.ofMillis(number(node, "ttl")),
				Duration.ofMillis(number(node, "retention")), Duration.ofNanos(number(node, "load")), tags,
				usage(node.path("tokens")));
	}

	private static @Nullable TokenUsage usage(JsonNode node) {
		return node.isObject()
				? new TokenUsage(number(node, "input"), number(node, "output"), node.path("estimated").asBoolean(false))
				: null;
	}

	private static float[] vector(String embedding) {
		byte[] bytes = Base64.getDecoder().decode(embedding);
		float[] vector = new float[bytes.length / Float.BYTES];
		ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
		return vector;
	}

	private static String text(JsonNode node, String field) {
		String text = optional(node, field);
		if (text == null) {
			throw new IllegalArgumentException("there is no '" + field + "'");
		}
		return text;
	}

	private static @Nullable String optional(JsonNode node, String field) {
		JsonNode value = node.get(field);
		return (value != null && value.isString()) ? value.stringValue() : null;
	}

	private static long number(JsonNode node, String field) {
		JsonNode value = node.get(field);
		if (value == null || !value.isIntegralNumber()) {
			throw new IllegalArgumentException("'" + field + "' is not a number");
		}
		return value.longValue();
	}

	private static final class Tally {

		private long line;

		private long imported;

		private long embedded;

		private long present;

		private long expired;

		private long evicted;

		private boolean complete;

		ImportResult result() {
			return new ImportResult(this.imported, this.embedded, this.present, this.expired, this.evicted,
					this.complete);
		}

	}

}
