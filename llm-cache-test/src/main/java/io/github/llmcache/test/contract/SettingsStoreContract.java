package io.github.llmcache.test.contract;

import org.junit.jupiter.api.Test;

import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.store.SettingsStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link SettingsStore} must keep.
 */
public abstract class SettingsStoreContract {

	/**
	 * The store under test, without settings.
	 * @return the same store each time
	 */
	protected abstract SettingsStore store();

	@Test
	void textIsReplacedIfItIsTheExpectedOne() {
		SettingsStore store = store();
		assertThat(store.settings()).isEmpty();
		assertThat(store.replaceSettings("other", "one")).isFalse();
		assertThat(store.settings()).isEmpty();
		assertThat(store.replaceSettings("", "one\nüber 1")).isTrue();
		assertThat(store.settings()).isEqualTo("one\nüber 1");
		assertThat(store.replaceSettings("", "two")).isFalse();
		assertThat(store.replaceSettings("one\nüber 1", "")).isTrue();
		assertThat(store.settings()).isEmpty();
	}

	@Test
	void evictionIsOfAnswersAndNotOfSettings() {
		SettingsStore store = store();
		store.replaceSettings("", "one");
		store.evict(EvictionSelector.all());
		assertThat(store.settings()).isEqualTo("one");
	}

}
