package io.github.llmcache.settings;

/**
 * The live settings of a task have changed.
 *
 * @param task the task
 * @param before what was set before
 * @param after what is set from now on
 * @param here whether it was changed through this instance; {@code false} where this
 * instance has found in the store what another one has changed
 */
public record SettingsChangedEvent(String task, TaskSettings before, TaskSettings after, boolean here) {

}
