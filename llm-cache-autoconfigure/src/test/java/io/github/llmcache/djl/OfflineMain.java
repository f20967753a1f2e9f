package io.github.llmcache.djl;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/**
 * Loads and uses the bundled model, and prints each URL that somebody wants to open. With
 * an argument, it does not end by itself.
 */
final class OfflineMain {

	private OfflineMain() {
	}

	public static void main(String[] args) throws IOException {
		URL.setURLStreamHandlerFactory(
				(protocol) -> protocol.startsWith("http") || protocol.equals("ftp") ? new Recorder() : null);
		try (DjlTextEmbedder embedder = DjlTextEmbedder.bundled().build()) {
			System.out.println("dimensions " + embedder.embed("How do I reset my password?").length);
			if (args.length > 0) {
				System.in.read(); // until this process is killed
			}
		}
	}

	private static final class Recorder extends URLStreamHandler {

		@Override
		protected URLConnection openConnection(URL url) throws IOException {
			System.out.println("opened " + url);
			throw new IOException("no network here");
		}

		@Override
		protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
			return openConnection(url);
		}

	}

}
