package io.github.llmcache.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.llmcache.core.TestCaches;
import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.store.FailingStore;
import io.github.llmcache.store.memory.MemoryCacheStore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Settings that are changed while the application runs, by two instances on one store.
 */
class LiveSettingsTests {

	private static final TaskSettings TTL = new TaskSettings(Duration.ofMinutes(5), null, null, null, null);

	private static final TaskSettings SEMANTIC = new TaskSettings(null, true, 0.7, 0.99, 0.02);

	private static final CachePolicies CONFIGURED = (task, requested) -> requested.applyTo(CachePolicy.DEFAULT);

	private final MemoryCacheStore store = TestCaches.store();

	private final List<SettingsChangedEvent> events = new ArrayList<>();

	private final LiveSettings settings = instance(this.events);

	private final List<SettingsChangedEvent> otherEvents = new ArrayList<>();

	private final LiveSettings other = instance(this.otherEvents);

	private LiveSettings instance(List<SettingsChangedEvent> itsEvents) {
		return new LiveSettings(() -> this.store, (task, changed) -> {
			if (changed.minSimilarity() != null && changed.minSimilarity() > 1) {
				throw new IllegalStateException("min-similarity is " + changed.minSimilarity());
			}
		}, itsEvents::add);
	}

	@Test
	void changedSettingsApplyOverWhatIsConfiguredUntilTheyAreTakenBack() {
		CachePolicies policies = this.settings.over(CONFIGURED);
		assertThat(policies.resolve("task", RequestedPolicy.DEFAULT)).isEqualTo(CachePolicy.DEFAULT);
		this.settings.change("task", TTL);
		assertThat(this.settings.change("task", SEMANTIC))
			.isEqualTo(new TaskSettings(Duration.ofMinutes(5), true, 0.7, 0.99, 0.02));
		CachePolicy policy = policies.resolve("task", (requested) -> requested.ttl(Duration.ofHours(9)));
		assertThat(TaskSettings.of(policy)).isEqualTo(new TaskSettings(Duration.ofMinutes(5), true, 0.7, 0.99, 0.02));
		assertThat(policies.resolve("another task", RequestedPolicy.DEFAULT)).isEqualTo(CachePolicy.DEFAULT);
		assertThat(this.settings.reset("task", Set.of(Setting.SEMANTIC, Setting.TTL)).ttl()).isNull();
		assertThat(policies.resolve("task", RequestedPolicy.DEFAULT).minSimilarity()).isEqualTo(0.7);
		assertThat(this.settings.reset("task", Set.of())).isEqualTo(TaskSettings.NONE);
		assertThat(policies.resolve("task", RequestedPolicy.DEFAULT)).isEqualTo(CachePolicy.DEFAULT);
		assertThat(this.settings.tasks()).isEmpty();
		assertThat(this.store.settings()).isEmpty();
	}

	@Test
	void otherInstancesSeeChangesWhenTheyRefresh() {
		this.settings.change("a task: ü", TTL);
		assertThat(this.other.of("a task: ü")).isEqualTo(TaskSettings.NONE);
		this.other.refresh();
		assertThat(this.other.of("a task: ü")).isEqualTo(TTL);
		this.other.change("a task: ü", SEMANTIC);
		this.settings.refresh();
		assertThat(this.settings.of("a task: ü")).isEqualTo(TTL.with(SEMANTIC));
		this.settings.reset("a task: ü", Set.of());
		this.other.refresh();
		assertThat(this.other.tasks()).isEmpty();
	}

	@Test
	void eachChangeIsAnEventOnEveryInstance() {
		this.settings.change("task", TTL);
		this.settings.change("task", TTL);
		this.settings.refresh();
		assertThat(this.events).containsExactly(new SettingsChangedEvent("task", TaskSettings.NONE, TTL, true));
		this.other.change("another task", SEMANTIC);
		assertThat(this.otherEvents).containsExactly(new SettingsChangedEvent("task", TaskSettings.NONE, TTL, false),
				new SettingsChangedEvent("another task", TaskSettings.NONE, SEMANTIC, true));
		this.other.reset("task", Set.of());
		assertThat(this.otherEvents).last().isEqualTo(new SettingsChangedEvent("task", TTL, TaskSettings.NONE, true));
	}

	@Test
	void settingThatBreaksARuleChangesNothing() {
		this.settings.change("task", TTL);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.settings.change("task", new TaskSettings(null, false, 1.5, null, null)))
			.withMessage("min-similarity is 1.5");
		assertThat(this.settings.of("task")).isEqualTo(TTL);
		this.other.refresh();
		assertThat(this.other.of("task")).isEqualTo(TTL);
	}

	@Test
	void whatCannotBeReadOrIsNotValidIsIgnoredAndStays() {
		String text = "garbage\nx ttl long\nx color red\ny min-similarity 7.0\nz semantic true\n";
		this.store.replaceSettings("", text);
		this.settings.refresh();
		assertThat(this.settings.tasks()).containsOnlyKeys("z");
		this.settings.change("x", TTL);
		assertThat(this.store.settings()).contains("garbage\n", "x ttl long\n", "x color red\n", "x ttl PT5M\n");
		assertThat(this.settings.of("x")).isEqualTo(TTL);
	}

	@Test
	void changesOfManyInstancesAtOnceAreAllKept() {
		List<CompletableFuture<?>> changes = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			LiveSettings instance = (i % 2 == 0) ? this.settings : this.other;
			int number = i;
			changes.add(CompletableFuture
				.runAsync(() -> IntStream.range(0, 20).forEach((task) -> instance.change(number + "-" + task, TTL))));
		}
		changes.forEach(CompletableFuture::join);
		this.settings.refresh();
		assertThat(this.settings.tasks()).hasSize(160);
	}

	@Test
	void storeWithoutSettingsLeavesThemToTheInstance() {
		FailingStore plain = new FailingStore(this.store);
		LiveSettings alone = new LiveSettings(() -> plain, (task, changed) -> {
		}, this.events::add);
		alone.change("task", TTL);
		alone.refresh();
		assertThat(alone.of("task")).isEqualTo(TTL);
		assertThat(alone.reset("task", Set.of(Setting.TTL))).isEqualTo(TaskSettings.NONE);
		assertThat(this.store.settings()).isEmpty();
	}

	@Test
	void listenerThatFailsUndoesNothing() {
		LiveSettings live = new LiveSettings(() -> this.store, (task, changed) -> {
		}, (event) -> {
			throw new IllegalStateException("listener");
		});
		assertThat(live.change("task", TTL)).isEqualTo(TTL);
	}

}
