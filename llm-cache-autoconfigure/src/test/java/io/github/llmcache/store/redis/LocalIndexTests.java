package io.github.llmcache.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.llmcache.index.VectorIndexFactory;
import io.github.llmcache.store.redis.LocalIndex.Additions;
import io.github.llmcache.test.contract.Entries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LocalIndex}: replies come in any order.
 */
class LocalIndexTests {

	private static final long EPOCH = 7;

	private static final int LIMIT = 3;

	private final LocalIndex index = new LocalIndex(new VectorIndexFactory(1_000, Runnable::run).create(), 2);

	@Test
	void pageThatIsNotFullIsTheLast() {
		assertThat(this.index.apply(EPOCH, additions(0, 1, 2, 3))).isTrue();
		assertThat(this.index.isComplete()).isFalse();
		assertThat(this.index.apply(EPOCH, additions(3, 4))).isTrue();
		assertThat(this.index.isComplete()).isTrue();
		assertThat(this.index.position().sequence()).isEqualTo(4);
		assertThat(this.index.apply(EPOCH, additions(4))).isFalse();
		assertThat(this.index.isComplete()).isTrue();
	}

	@Test
	void olderReplyThatComesLaterChangesNothing() {
		this.index.apply(EPOCH, additions(0, 1));
		this.index.apply(EPOCH, additions(1, 2, 3, 4));
		this.index.apply(EPOCH, additions(1, 2));
		assertThat(this.index.position().sequence()).isEqualTo(4);
		assertThat(this.index.isComplete()).isFalse();
	}

	@Test
	void replyThatLeavesAGapIsIgnored() {
		assertThat(this.index.apply(EPOCH, additions(5, 6))).isFalse();
		assertThat(this.index.position().sequence()).isZero();
		assertThat(found()).isZero();
	}

	@Test
	void replyOfAnotherEpochIsIgnored() {
		this.index.apply(EPOCH, additions(0, 1));
		assertThat(this.index.isOutdated(EPOCH)).isFalse();
		assertThat(this.index.isOutdated(EPOCH + 1)).isTrue();
		assertThat(this.index.apply(EPOCH + 1, additions(1, 2))).isFalse();
		assertThat(found()).isOne();
	}

	@Test
	void whatTheInstanceStoredItselfIsNotAskedForAgainIfItIsNext() {
		this.index.apply(EPOCH, additions(0, 1));
		this.index.add("2", Entries.vector(2), 2);
		assertThat(this.index.position().sequence()).isEqualTo(2);
		this.index.add("4", Entries.vector(4), 4);
		assertThat(this.index.position().sequence()).isEqualTo(2);
		assertThat(found()).isEqualTo(3);
	}

	@Test
	void vectorThatMayHaveBeenStoredAgainStays() {
		this.index.apply(EPOCH, additions(0, 1, 2));
		this.index.remove("1", 1);
		assertThat(found()).isEqualTo(2);
		this.index.remove("1", 2);
		assertThat(found()).isOne();
	}

	@Test
	void entryThatIsGoneHasNoVector() {
		byte[] digest = "1".getBytes(StandardCharsets.UTF_8);
		List<Object> elements = new ArrayList<>(List.of(digest, digest));
		elements.add(null);
		assertThat(this.index.apply(EPOCH, new Additions(0, LIMIT, new Reply(elements), (id, stored) -> stored)))
			.isTrue();
		assertThat(this.index.position().sequence()).isOne();
		assertThat(found()).isZero();
	}

	private long found() {
		return this.index.search(Entries.vector(0), 100, -1).size();
	}

	private static Additions additions(long since, int... sequences) {
		List<Object> elements = new ArrayList<>();
		for (int sequence : sequences) {
			byte[] number = Integer.toString(sequence).getBytes(StandardCharsets.UTF_8);
			elements.addAll(List.of(number, number, EntryFormat.bytes(Entries.vector(sequence))));
		}
		return new Additions(since, LIMIT, new Reply(elements), (id, stored) -> stored);
	}

}
