package io.github.llmcache.store.redis.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * Everything that a server keeps, as the bytes of the file that it saves.
 */
public final class RedisDump {

	/** Options of a server that is to be dumped: no value is compressed. */
	public static final String[] OPTIONS = { "--rdbcompression", "no", "--dbfilename", "dump.rdb" };

	private final String bytes;

	private RedisDump(byte[] bytes) {
		this.bytes = new String(bytes, StandardCharsets.ISO_8859_1);
	}

	/**
	 * Have a server save what it has.
	 * @param server one that was started with {@link #OPTIONS}
	 */
	public static RedisDump of(RedisServer server) {
		try {
			server.command("SAVE");
			return new RedisDump(Files.readAllBytes(server.directory().resolve("dump.rdb")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Whether bytes are anywhere in it.
	 */
	public boolean holds(byte[] wanted) {
		return this.bytes.contains(new String(wanted, StandardCharsets.ISO_8859_1));
	}

	/**
	 * Whether a text is anywhere in it, as key, member, field or value, or within one.
	 */
	public boolean holds(String text) {
		return this.bytes.contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
	}

}
