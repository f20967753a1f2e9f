package io.github.llmcache.key;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Collects bytes up to a limit that it may share with others.
 */
final class BoundedOutput extends ByteArrayOutputStream {

	private final AtomicInteger remaining;

	BoundedOutput(AtomicInteger remaining) {
		super(256);
		this.remaining = remaining;
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
		if (length > this.remaining.get()) {
			throw new NotCanonicalException("it is too large");
		}
		this.remaining.addAndGet(-length);
	}

}
