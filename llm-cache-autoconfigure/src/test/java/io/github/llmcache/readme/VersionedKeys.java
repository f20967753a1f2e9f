package io.github.llmcache.readme;

import java.util.ArrayList;
import java.util.List;

import io.github.llmcache.key.Argument;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.key.DigestPromptKeyGenerator;
import io.github.llmcache.key.PromptKeyGenerator;
import io.github.llmcache.store.CacheKey;

/**
 * Keys that a new version of the knowledge base changes.
 */
class VersionedKeys implements PromptKeyGenerator {

	private final PromptKeyGenerator digests = new DigestPromptKeyGenerator();

	private final String version;

	VersionedKeys(String version) {
		this.version = version;
	}

	@Override
	public CacheKey generate(CacheIdentity identity, String embedder, String prompt) {
		List<Argument> arguments = new ArrayList<>(identity.arguments());
		arguments.add(new Argument("knowledge-base-version", this.version));
		return this.digests.generate(new CacheIdentity(identity.task(), identity.resultType(), identity.model(),
				identity.template(), identity.scope(), arguments), embedder, prompt);
	}

}
