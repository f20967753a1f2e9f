package io.github.llmcache.djl;

import com.sun.jna.Function;
import com.sun.jna.NativeLong;

/**
 * The memory that native code allocates.
 */
final class NativeHeap {

	private NativeHeap() {
	}

	/**
	 * Give back what is free, which loading a model leaves behind: some 15 MB for both
	 * models. It takes some milliseconds. Only glibc on Linux keeps that much; elsewhere,
	 * nothing happens.
	 * @return whether anything was given back
	 */
	static boolean trim() {
		if (!System.getProperty("os.name", "").equals("Linux")) {
			return false;
		}
		try {
			// DJL has started JNA already, to look for a GPU
			return Function.getFunction("c", "malloc_trim").invokeInt(new Object[] { new NativeLong(0) }) != 0;
		}
		catch (RuntimeException | LinkageError ex) {
			return false; // it is only a matter of memory
		}
	}

}
