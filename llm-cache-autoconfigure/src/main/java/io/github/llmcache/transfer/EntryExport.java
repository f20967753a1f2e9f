package io.github.llmcache.transfer;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Enumeration;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.encryption.KeyedPromptKeyGenerator;
import io.github.llmcache.entries.EntryBrowser;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.prompt.PromptFolding;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.store.EntryPage.KeptEntry;
import io.github.llmcache.store.Partition;

/**
 * Writes the entries of a task, a page at a time, while they are read.
 * <p>
 * Each line is a JSON object with a checksum. After each page there is a line with the
 * {@code cursor} from which an export that was broken off goes on, and at the end one
 * that says {@code end} and how many {@code entries} there were. A scope is written as a
 * digest. Safe for use by many threads.
 */
public final class EntryExport {

	private static final String DIGEST = "sha256:";

	private static final String KEYED_DIGEST = "hmac:";

	private static final int PAGE = 100;

	private final EntryBrowser browser;

	private final PromptKeyGenerator keys;

	private final UnaryOperator<Partition> names;

	/**
	 * Create an export.
	 * @param browser lists entries
	 * @param keys shows whether the prompt of an entry was folded for its key
	 * @param names gives a partition the texts of model and template if they are known
	 * elsewhere, since the store may know their digests only
	 */
	public EntryExport(EntryBrowser browser, PromptKeyGenerator keys, UnaryOperator<Partition> names) {
		this.browser = browser;
		this.keys = keys;
		this.names = names;
	}

	/**
	 * Export a task.
	 * @param task the task
	 * @param cursor where to go on, or {@code null} to begin
	 * @return the lines, which are made while they are read
	 * @throws IllegalArgumentException if the cursor is not valid
	 */
	public InputStream read(String task, @Nullable String cursor) {
		EntryBrowser.Page first = this.browser.list(task, cursor, PAGE, true);
		return new SequenceInputStream(new Enumeration<InputStream>() {

			private EntryBrowser.@Nullable Page next = first;

			private long entries;

			@Override
			public boolean hasMoreElements() {
				return this.next != null;
			}

			@Override
			public InputStream nextElement() {
				EntryBrowser.Page page = this.next;
				if (page == null) {
					throw new NoSuchElementException();
				}
				StringBuilder lines = new StringBuilder();
				page.entries().forEach((kept) -> lines.append(line(kept)));
				this.entries += page.entries().size();
				String after = page.cursor();
				ObjectNode last = TransferLine.begin();
				lines.append(TransferLine.write((after != null) ? last.put("cursor", after)
						: last.put("end", true).put("entries", this.entries)));
				this.next = (after != null) ? EntryExport.this.browser.list(task, after, PAGE, true) : null;
				return new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8));
			}

		});
	}

	private String line(KeptEntry kept) {
		CacheKey key = kept.key();
		CacheEntry entry = kept.entry();
		Partition partition = this.names.apply(key.partition());
		ObjectNode line = TransferLine.begin()
			.put("v", 1)
			.put("task", partition.task())
			.put("partition", partition.id())
			.put("model", partition.model())
			.put("template", partition.template())
			.put("scope", digest(key.partition().scope()))
			.put("keyed", fingerprint(this.keys))
			.put("entry", key.digest())
			.put("folded", isFolded(key, entry))
			.put("prompt", entry.prompt())
			.put("payload", entry.payload())
			.put("group", entry.group())
			.put("created", entry.created().toEpochMilli())
			.put("ttl", entry.ttl().toMillis())
			.put("retention", entry.retention().toMillis())
			.put("load", entry.loadTime().toNanos());
		ArrayNode tags = line.putArray("tags");
		entry.tags().stream().sorted().forEach(tags::add);
		TokenUsage usage = entry.usage();
		if (usage != null) {
			line.putObject("tokens")
				.put("input", usage.inputTokens())
				.put("output", usage.outputTokens())
				.put("estimated", usage.estimated());
		}
		float[] embedding = entry.embedding();
		if (embedding != null) {
			ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * embedding.length).order(ByteOrder.LITTLE_ENDIAN);
			bytes.asFloatBuffer().put(embedding);
			line.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
		}
		return TransferLine.write(line);
	}

	/**
	 * Whether the key is that of the folded prompt and not of the prompt itself.
	 */
	private boolean isFolded(CacheKey key, CacheEntry entry) {
		try {
			return !this.keys.generate(key.partition(), entry.prompt()).digest().equals(key.digest())
					&& this.keys.generate(key.partition(), PromptFolding.fold(entry.prompt()))
						.digest()
						.equals(key.digest());
		}
		catch (UnsupportedOperationException ex) {
			return false;
		}
	}

	private static @Nullable String digest(@Nullable String scope) {
		return (scope == null || scope.startsWith(DIGEST) || scope.startsWith(KEYED_DIGEST)) ? scope
				: DIGEST + Sha256.hex(scope);
	}

	/**
	 * What tells with which key for digests keys are made.
	 * @return {@code null} if they are made without one
	 */
	static @Nullable String fingerprint(PromptKeyGenerator keys) {
		return (keys instanceof KeyedPromptKeyGenerator keyed) ? keyed.fingerprint() : null;
	}

}
