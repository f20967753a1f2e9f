package io.github.llmcache.actuate;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

import io.github.llmcache.entries.EntryBrowser;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.EntryPage.KeptEntry;

/**
 * {@link Endpoint @Endpoint} that lists, shows and deletes single entries, as far as
 * {@code management.endpoint.llmcacheentries.access} allows it: {@code read-only} lists
 * and shows, {@code unrestricted} deletes, too. Of an entry that is shown, prompt, answer
 * and tags are left out unless they are asked for.
 */
@Endpoint(id = "llmcacheentries", defaultAccess = Access.NONE)
public class LlmCacheEntriesEndpoint {

	private static final int DEFAULT_LIMIT = 50;

	private static final int MOST = 500;

	private final EntryBrowser browser;

	private final boolean contents;

	/**
	 * Create the endpoint.
	 * @param browser finds entries
	 * @param contents whether prompts, answers and tags are shown
	 */
	public LlmCacheEntriesEndpoint(EntryBrowser browser, boolean contents) {
		this.browser = browser;
		this.contents = contents;
	}

	/**
	 * List the entries of a task.
	 * @param task the task
	 * @param cursor where to begin, as the page before says
	 * @param limit the most entries, at most 500; 50 by default
	 * @return the entries
	 */
	@ReadOperation
	public PageDescriptor list(@Selector String task, @Nullable String cursor, @Nullable Integer limit) {
		int most = (limit != null) ? limit : DEFAULT_LIMIT;
		if (most < 1 || most > MOST) {
			throw new InvalidEndpointRequestException("The limit is out of range",
					"'limit' must be between 1 and " + MOST);
		}
		EntryBrowser.Page page = checked(() -> this.browser.list(task, cursor, most, false));
		return new PageDescriptor(page.entries().stream().map(this::describe).toList(), page.cursor());
	}

	/**
	 * Show an entry.
	 * @param task its task
	 * @param entry its id
	 * @return the entry, or {@code null} if it is not there
	 */
	@ReadOperation
	public @Nullable EntryDescriptor show(@Selector String task, @Selector String entry) {
		KeptEntry found = checked(() -> this.browser.find(task, entry));
		return (found != null) ? describe(found) : null;
	}

	/**
	 * Delete an entry.
	 * @param task its task
	 * @param entry its id
	 * @return how many entries were removed: one, or none
	 */
	@DeleteOperation
	public LlmCacheEndpoint.EvictionDescriptor delete(@Selector String task, @Selector String entry) {
		return new LlmCacheEndpoint.EvictionDescriptor(checked(() -> this.browser.delete(task, entry)) ? 1 : 0);
	}

	private static <T extends @Nullable Object> T checked(Supplier<T> operation) {
		try {
			return operation.get();
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			throw new InvalidEndpointRequestException("The request cannot be answered", String.valueOf(ex.getMessage()),
					ex);
		}
	}

	private EntryDescriptor describe(KeptEntry kept) {
		CacheEntry entry = kept.entry();
		return new EntryDescriptor(kept.key().digest(), kept.key().partition().id(), entry.created(), entry.expires(),
				entry.retention().isZero() ? null : entry.removal(), entry.loadTime().toMillis(),
				entry.payload().length, entry.group(), this.contents ? new TreeSet<>(entry.tags()) : null,
				this.contents ? entry.prompt() : null,
				this.contents ? new String(entry.payload(), StandardCharsets.UTF_8) : null);
	}

	/**
	 * Some entries.
	 *
	 * @param entries the entries
	 * @param cursor where the next page begins; missing on the last page
	 */
	public record PageDescriptor(List<EntryDescriptor> entries,
			@Nullable String cursor) implements OperationResponseBody {

	}

	/**
	 * An entry.
	 *
	 * @param entry its id
	 * @param partition its partition's id
	 * @param created when it was stored
	 * @param expires until when it is served
	 * @param removal until when it is kept, if that is longer
	 * @param loadMillis how long the method took
	 * @param bytes the size of the answer
	 * @param group the group of answers that say the same
	 * @param tags its tags
	 * @param prompt its prompt
	 * @param answer its answer, as it is stored: JSON, unless the application's codec
	 * writes something else
	 */
	public record EntryDescriptor(String entry, String partition, Instant created, Instant expires,
			@Nullable Instant removal, long loadMillis, int bytes, String group, @Nullable Set<String> tags,
			@Nullable String prompt, @Nullable String answer) implements OperationResponseBody {

	}

}
