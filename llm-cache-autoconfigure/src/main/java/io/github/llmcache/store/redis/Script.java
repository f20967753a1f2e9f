package io.github.llmcache.store.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * What the server does in one step, each a Lua script. They all begin with
 * {@code common.lua}; each says itself what its keys and arguments are.
 */
enum Script {

	FIND, PUT, REMOVE, SIMILAR, ENTRIES, ADDITIONS, EVICT_ALL, SELECT, EVICT, TASKS, PARTITIONS, UNREGISTER, SAMPLE,
	USAGE, DETECT, LEASE, RELEASE, OBSERVE, REGROUP, REFUSE, REFUSALS, LOCATE, PEEK, LIST, SETTINGS, REPLACE_SETTINGS,
	REMEMBER, LIST_ALIAS, REMEMBER_DISTANT, FORGET_ALIAS, ALIASED, ERASE, REMAINS, ERASE_OBSERVATIONS, ANNOUNCE, QUOTA,
	TRIM, VOUCH, VOICES, WITHDRAW;

	private final byte[] source;

	private final String sha1;

	Script() {
		String text = read("common") + read(name().toLowerCase(Locale.ROOT));
		this.source = text.getBytes(StandardCharsets.UTF_8);
		this.sha1 = RedisScript.of(new ByteArrayResource(this.source)).getSha1();
	}

	byte[] source() {
		return this.source;
	}

	String sha1() {
		return this.sha1;
	}

	private static String read(String name) {
		try {
			return new ClassPathResource(name + ".lua", Script.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The script " + name + " is missing from the library", ex);
		}
	}

}
