package io.github.llmcache.store.redis;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.llmcache.answer.TokenUsage;
import io.github.llmcache.store.CacheEntry;
import io.github.llmcache.store.CacheKey;
import io.github.llmcache.test.contract.Entries;
import io.github.llmcache.store.redis.EntryFormat.Stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EntryFormat}.
 */
class EntryFormatTests {

	private static final CacheKey KEY = Entries.key(Entries.partition("support"), "prompt");

	private final EntryFormat format = new EntryFormat(100L, 1 << 20, Sealing.NONE);

	@Test
	void entryComesBackAsItWas() {
		for (int size : new int[] { 0, 1, 100, 101, 100_000 }) {
			CacheEntry entry = entry(new byte[size], Set.of("a,b", "c&d=e", "ü", ""));
			Stored stored = this.format.encode(KEY, entry);
			CacheEntry read = this.format.decode(KEY, stored.prompt(), stored.payload(), stored.metadata(),
					stored.group());
			assertThat(read).usingRecursiveComparison().isEqualTo(entry);
		}
	}

	@Test
	void formIsTheDocumentedOne() {
		Stored stored = this.format.encode(KEY, entry("{}".getBytes(StandardCharsets.UTF_8), Set.of("b", "a")));
		assertThat(stored.metadata()).asString(StandardCharsets.UTF_8)
			.isEqualTo("created=1793491200000&ttl=60000&load=7000000&tags=a,b");
		assertThat(stored.payload()).asString(StandardCharsets.UTF_8).isEqualTo("{}");
	}

	@Test
	void tokensComeBackAsTheyWere() {
		for (TokenUsage usage : List.of(TokenUsage.reported(1_200, 34), new TokenUsage(0, 7, true))) {
			CacheEntry entry = entry(new byte[] { 1 }, Set.of("a~b+c")).withUsage(usage);
			Stored stored = this.format.encode(KEY, entry);
			assertThat(stored.metadata()).asString(StandardCharsets.UTF_8)
				.contains("&tokens=" + usage.inputTokens() + (usage.estimated() ? "~" : "+") + usage.outputTokens());
			assertThat(this.format.decode(KEY, stored.prompt(), stored.payload(), stored.metadata(), stored.group())
				.usage()).isEqualTo(usage);
		}
	}

	@Test
	void tokensThatWereNotWrittenHereAreRefused() {
		for (String tokens : List.of("", "7", "~7", "7~", "a+b", "-1+2")) {
			byte[] metadata = ("created=1793491200000&ttl=60000&load=7000000&tokens=" + tokens)
				.getBytes(StandardCharsets.UTF_8);
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.format.decodeWithoutPayload(KEY, new byte[] { 'p' }, metadata));
		}
	}

	@Test
	void retentionComesBackAsItWas() {
		CacheEntry entry = entry(Duration.ofMinutes(5));
		Stored stored = this.format.encode(KEY, entry);
		assertThat(stored.metadata()).asString(StandardCharsets.UTF_8)
			.isEqualTo("created=1793491200000&ttl=60000&retention=300000&load=7000000&tags=a%26retention%3D1");
		CacheEntry read = this.format.decode(KEY, stored.prompt(), stored.payload(), stored.metadata(), stored.group());
		assertThat(read).usingRecursiveComparison().isEqualTo(entry);
		assertThat(EntryFormat.lifetimeMillis(read)).isEqualTo(360_000);
	}

	@Test
	void entryThatWasWrittenWithoutRetentionHasNone() {
		byte[] metadata = "created=1793491200000&ttl=60000&load=7000000&tags=a,b".getBytes(StandardCharsets.UTF_8);
		CacheEntry read = this.format.decode(KEY, "prompt".getBytes(StandardCharsets.UTF_8), new byte[] { 1 }, metadata,
				null);
		assertThat(read.retention()).isZero();
		assertThat(read.removal()).isEqualTo(read.expires());
		assertThat(EntryFormat.lifetimeMillis(read)).isEqualTo(60_000);
	}

	@Test
	void groupComesBackAsItWas() {
		CacheEntry entry = entry(new byte[] { 1 }, Set.of()).withGroup("00112233445566ff");
		Stored stored = this.format.encode(KEY, entry);
		assertThat(stored.group()).asString(StandardCharsets.US_ASCII).isEqualTo("00112233445566ff");
		assertThat(
				this.format.decode(KEY, stored.prompt(), stored.payload(), stored.metadata(), stored.group()).group())
			.isEqualTo("00112233445566ff");
	}

	@Test
	void groupOfAnEntryThatWasWrittenWithoutOneIsThatOfItsPayload() {
		for (byte[] payload : List.of(new byte[] { 1 }, new byte[1_000])) {
			CacheEntry entry = entry(payload, Set.of());
			Stored stored = this.format.encode(KEY, entry.withGroup("00112233445566ff"));
			for (String group : Arrays.asList(null, "", "00112233445566fg", "00112233445566FF", "00112233445566ff0")) {
				byte[] bytes = (group != null) ? group.getBytes(StandardCharsets.UTF_8) : null;
				assertThat(this.format.decode(KEY, stored.prompt(), stored.payload(), stored.metadata(), bytes).group())
					.isEqualTo(entry.group());
			}
		}
	}

	@Test
	void payloadIsNotDigestedIfTheGroupIsKnown() {
		Stored stored = this.format.encode(KEY, entry(new byte[100], Set.of()));
		long known = allocated(
				() -> this.format.decode(KEY, stored.prompt(), stored.payload(), stored.metadata(), stored.group()));
		long digested = allocated(
				() -> this.format.decode(KEY, stored.prompt(), stored.payload(), stored.metadata(), null));
		assertThat(known).isLessThan(digested);
	}

	/**
	 * The least that a call allocates: the first ones load classes.
	 */
	private static long allocated(Runnable call) {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 20; i++) {
			long before = threads.getCurrentThreadAllocatedBytes();
			call.run();
			least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
		}
		return least;
	}

	@Test
	void unknownMetadataIsPassedOver() {
		byte[] metadata = "created=1793491200000&ttl=60000&later=x&load=7000000".getBytes(StandardCharsets.UTF_8);
		assertThat(this.format.decodeWithoutPayload(KEY, new byte[0], metadata).ttl()).isEqualTo(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "created", "=1", "created=1", "created=x&ttl=1&load=1", "created=1&ttl=0&load=1",
			"created=1&ttl=1&load=", "created=1&ttl=1&retention=x&load=1", "created=1&ttl=1&retention=-1&load=1",
			"created=1&ttl=1&load=1&gzip=x", "created=1&ttl=1&load=1&gzip=4" })
	void otherMetadataIsRefused(String metadata) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.format.decode(KEY, new byte[0],
				new byte[] { 1, 2, 3, 4 }, metadata.getBytes(StandardCharsets.UTF_8), null));
	}

	@Test
	void compressedPayloadExpandsToNoMoreThanItWas() {
		Stored stored = this.format.encode(KEY, entry(new byte[1_000_000], Set.of()));
		assertThat(stored.payload()).hasSizeLessThan(2_000);
		byte[] less = new String(stored.metadata(), StandardCharsets.UTF_8).replace("gzip=1000000", "gzip=1000")
			.getBytes(StandardCharsets.UTF_8);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.format.decode(KEY, stored.prompt(), stored.payload(), less, null));
	}

	@Test
	void payloadIsUnpackedUpToTheBoundOnly() {
		byte[] payload = new byte[(1 << 20) + 1];
		Stored stored = this.format.encode(KEY, entry(payload, Set.of()));
		assertThat(stored.payload()).isEqualTo(payload);
		Stored bomb = new EntryFormat(100L, Integer.MAX_VALUE, Sealing.NONE).encode(KEY, entry(payload, Set.of()));
		assertThat(bomb.payload()).hasSizeLessThan(2_000);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.format.decode(KEY, bomb.prompt(), bomb.payload(), bomb.metadata(), null));
		byte[] vast = new String(bomb.metadata(), StandardCharsets.UTF_8)
			.replace("gzip=" + payload.length, "gzip=1500000000")
			.getBytes(StandardCharsets.UTF_8);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.format.decode(KEY, bomb.prompt(), bomb.payload(), vast, null));
	}

	@Test
	void vectorIsLittleEndian() {
		assertThat(EntryFormat.bytes(new float[] { 1, -0.5f })).containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xbf);
		assertThat(EntryFormat.vector(EntryFormat.bytes(new float[] { 0.1f, -2, 3e-9f }))).containsExactly(0.1f, -2,
				3e-9f);
	}

	private static CacheEntry entry(Duration retention) {
		CacheEntry entry = entry(new byte[] { 1 }, Set.of("a&retention=1"));
		return new CacheEntry(entry.prompt(), entry.payload(), null, entry.created(), entry.ttl(), retention,
				entry.loadTime(), entry.tags());
	}

	private static CacheEntry entry(byte[] payload, Set<String> tags) {
		return new CacheEntry("What is a Möbius strip? ∞", payload, null, Instant.parse("2026-11-01T00:00:00Z"),
				Duration.ofMinutes(1), Duration.ofMillis(7), tags);
	}

}
