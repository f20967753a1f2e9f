package io.github.llmcache.autoconfigure.settings;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

import io.github.llmcache.settings.LiveSettings;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.SettingsStore;
import io.github.llmcache.store.memory.MemoryCacheStore;
import io.github.llmcache.thread.DaemonThreads;

/**
 * Reads live settings from a store that instances share: before requests are served, and
 * once a second from then on, so that no call has to.
 */
final class SettingsRefresh implements SmartLifecycle {

	private static final long INTERVAL_MILLIS = 1_000;

	/** Starts before a web server, which is among the last to start. */
	private static final int PHASE = 0;

	private static final Log logger = LogFactory.getLog(SettingsRefresh.class);

	private final LiveSettings settings;

	private final Supplier<@Nullable CacheStore> store;

	private @Nullable ScheduledExecutorService executor;

	SettingsRefresh(LiveSettings settings, Supplier<@Nullable CacheStore> store) {
		this.settings = settings;
		this.store = store;
	}

	@Override
	public synchronized void start() {
		CacheStore cacheStore = this.store.get();
		if (this.executor != null || !(cacheStore instanceof SettingsStore) || cacheStore instanceof MemoryCacheStore) {
			return;
		}
		refresh();
		ScheduledExecutorService scheduler = Executors
			.newSingleThreadScheduledExecutor(new DaemonThreads("llm-cache-settings"));
		scheduler.scheduleWithFixedDelay(this::refresh, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
		this.executor = scheduler;
	}

	private void refresh() {
		try {
			this.settings.refresh();
		}
		catch (RuntimeException ex) {
			logger.debug("Live settings cannot be read; they stay as they are", ex);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.executor != null) {
			this.executor.shutdownNow();
			this.executor = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.executor != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
