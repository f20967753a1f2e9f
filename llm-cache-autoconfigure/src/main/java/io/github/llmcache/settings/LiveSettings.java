package io.github.llmcache.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import io.github.llmcache.policy.CachePolicies;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.store.CacheStore;
import io.github.llmcache.store.SettingsStore;

/**
 * Settings of tasks that are changed while the application runs. They win over
 * annotations and properties, until they are taken back.
 * <p>
 * If the store is a {@link SettingsStore}, they are kept there: they hold on all
 * instances that share it, each of which reads them whenever {@link #refresh()} is
 * called, and survive restarts if the store does. Otherwise they are those of this
 * instance. Safe for use by many threads: calls read what is in memory.
 */
public final class LiveSettings {

	/** Settings are for a few tasks; this class does not write more text than this. */
	private static final int LONGEST_TEXT = 1 << 20;

	private static final int MOST_ATTEMPTS = 20;

	private static final Log logger = LogFactory.getLog(LiveSettings.class);

	private final Supplier<CacheStore> store;

	private final SettingsRules rules;

	private final Consumer<SettingsChangedEvent> listener;

	private final ReentrantLock lock = new ReentrantLock();

	/** The text that the settings were read from. */
	private String text = "";

	private volatile Map<String, TaskSettings> tasks = Map.of();

	/**
	 * Begin without any settings.
	 * @param store where settings are kept; asked for with the first refresh or change
	 * @param rules decides whether settings are valid
	 * @param listener is notified of each change, on the thread that finds it; what it
	 * throws is logged and otherwise ignored
	 */
	public LiveSettings(Supplier<CacheStore> store, SettingsRules rules, Consumer<SettingsChangedEvent> listener) {
		this.store = store;
		this.rules = rules;
		this.listener = listener;
	}

	/**
	 * What is set for a task.
	 * @param task the task
	 * @return its live settings; {@link TaskSettings#NONE} without any
	 */
	public TaskSettings of(String task) {
		return this.tasks.getOrDefault(task, TaskSettings.NONE);
	}

	/**
	 * All tasks with live settings.
	 * @return an immutable map by task
	 */
	public Map<String, TaskSettings> tasks() {
		return this.tasks;
	}

	/**
	 * Change settings of a task, for all instances.
	 * @param task the task
	 * @param changes what to set; the rest stays as it is
	 * @return what is set now
	 * @throws IllegalArgumentException if a setting is not valid; the message is that of
	 * the rules. Nothing has changed then
	 * @throws RuntimeException if the store failed; nothing has changed then
	 */
	public TaskSettings change(String task, TaskSettings changes) {
		return update(task, (before) -> before.with(changes));
	}

	/**
	 * Take settings of a task back, for all instances: what annotation and properties say
	 * applies again.
	 * @param task the task
	 * @param settings which settings; none for all
	 * @return what is still set
	 * @throws RuntimeException if the store failed; nothing has changed then
	 */
	public TaskSettings reset(String task, Set<Setting> settings) {
		return update(task, (before) -> {
			TaskSettings after = settings.isEmpty() ? TaskSettings.NONE : before;
			for (Setting setting : settings) {
				after = after.without(setting);
			}
			return after;
		});
	}

	/**
	 * Read what other instances have changed.
	 * @throws RuntimeException if the store failed; the settings stay as they are
	 */
	public void refresh() {
		List<SettingsChangedEvent> events = List.of();
		this.lock.lock();
		try {
			if (this.store.get() instanceof SettingsStore settingsStore) {
				events = apply(settingsStore.settings(), false);
			}
		}
		finally {
			this.lock.unlock();
		}
		events.forEach(this::notifyListener);
	}

	/**
	 * Apply live settings to what annotation and properties say.
	 * @param policies what they say
	 * @return what applies to calls
	 */
	public CachePolicies over(CachePolicies policies) {
		return (task, requested) -> {
			CachePolicy policy = policies.resolve(task, requested);
			TaskSettings live = this.tasks.get(task);
			return (live != null) ? live.applyTo(policy) : policy;
		};
	}

	private TaskSettings update(String task, UnaryOperator<TaskSettings> change) {
		List<SettingsChangedEvent> events = new ArrayList<>();
		this.lock.lock();
		try {
			SettingsStore settingsStore = (this.store.get() instanceof SettingsStore shared) ? shared : null;
			String before;
			String after;
			int attempts = 0;
			do {
				if (attempts++ == MOST_ATTEMPTS) {
					throw new IllegalStateException("Other instances change live settings all the time; try again");
				}
				before = (settingsStore != null) ? settingsStore.settings() : this.text;
				after = changed(before, task, change);
			}
			while (settingsStore != null && !settingsStore.replaceSettings(before, after));
			events.addAll(apply(before, false));
			events.addAll(apply(after, true));
			return of(task);
		}
		finally {
			this.lock.unlock();
			events.forEach(this::notifyListener);
		}
	}

	private String changed(String before, String task, UnaryOperator<TaskSettings> change) {
		TaskSettings settings = change.apply(SettingsText.read(before).getOrDefault(task, TaskSettings.NONE));
		try {
			this.rules.check(task, settings);
		}
		catch (RuntimeException ex) {
			throw new IllegalArgumentException(ex.getMessage(), ex);
		}
		String after = SettingsText.with(before, task, settings);
		if (after.length() > LONGEST_TEXT) {
			throw new IllegalStateException("There are live settings for too many tasks; take some back");
		}
		return after;
	}

	/**
	 * Called with the lock held, from reading the store on, so that nothing older is
	 * applied later.
	 */
	private List<SettingsChangedEvent> apply(String newText, boolean here) {
		if (newText.equals(this.text)) {
			return List.of();
		}
		Map<String, TaskSettings> before = this.tasks;
		Map<String, TaskSettings> after = valid(newText);
		this.text = newText;
		this.tasks = after;
		return Stream.concat(before.keySet().stream(), after.keySet().stream())
			.distinct()
			.sorted()
			.map((task) -> new SettingsChangedEvent(task, before.getOrDefault(task, TaskSettings.NONE),
					after.getOrDefault(task, TaskSettings.NONE), here))
			.filter((event) -> !event.before().equals(event.after()))
			.toList();
	}

	private Map<String, TaskSettings> valid(String newText) {
		Map<String, TaskSettings> all = (newText.length() <= LONGEST_TEXT) ? SettingsText.read(newText) : Map.of();
		Map<String, TaskSettings> valid = new TreeMap<>();
		all.forEach((task, settings) -> {
			try {
				this.rules.check(task, settings);
				valid.put(task, settings);
			}
			catch (RuntimeException ex) {
				logger.warn("LlmCache: live settings in the store are ignored: " + ex.getMessage());
			}
		});
		return Map.copyOf(valid);
	}

	private void notifyListener(SettingsChangedEvent event) {
		logger.info("LlmCache: live settings of task '" + event.task() + "' are now " + event.after());
		try {
			this.listener.accept(event);
		}
		catch (RuntimeException ex) {
			logger.warn("LlmCache: a listener of changed settings failed", ex);
		}
	}

}
