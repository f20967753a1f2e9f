package io.github.llmcache.store;

/**
 * A {@link CacheStore} that keeps one text of settings for all instances.
 */
public interface SettingsStore extends CacheStore {

	/**
	 * Read the settings.
	 * @return the text that was written last; empty if there is none
	 */
	String settings();

	/**
	 * Write the settings, unless somebody else has written others in the meantime.
	 * @param expected the text that was read
	 * @param text the text to replace it; may be empty
	 * @return {@code false} if there is another text than the expected one; nothing was
	 * written then
	 */
	boolean replaceSettings(String expected, String text);

}
