package io.github.llmcache.key;

import java.io.ByteArrayOutputStream;

/**
 * Collects bytes up to a limit.
 */
final class BoundedOutput extends ByteArrayOutputStream {

	private final int limit;

	BoundedOutput(int limit) {
		super(256);
		this.limit = limit;
	}

	@Override
	public void write(int value) {
		check(1);
		super.write(value);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) {
		check(length);
		super.write(bytes, offset, length);
	}

	private void check(int length) {
		if (this.count + (long) length > this.limit) {
			throw new IllegalStateException("More than " + this.limit + " bytes of JSON");
		}
	}

}
