package io.github.llmcache.key;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.CacheKey;

/**
 * Generates keys to compare.
 */
final class Keys {

	private static final DigestPromptKeyGenerator GENERATOR = new DigestPromptKeyGenerator();

	private Keys() {
	}

	static CacheKey key(CacheIdentity identity, String embedder, String prompt) {
		return GENERATOR.generate(identity, embedder, prompt);
	}

	static CacheKey key(String task, String type, @Nullable String model, @Nullable String template,
			@Nullable String scope, Argument... arguments) {
		return key(new CacheIdentity(task, type, model, template, scope, List.of(arguments)), "embedder", "prompt");
	}

	/**
	 * The digest of a call that differs from others by one argument only.
	 */
	static String of(@Nullable Object argument) {
		return ofAll(new Argument("argument", argument));
	}

	static String ofAll(Argument... arguments) {
		return key("task", "type", null, null, null, arguments).digest();
	}

}
