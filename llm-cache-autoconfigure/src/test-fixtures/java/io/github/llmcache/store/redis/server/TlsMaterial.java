package io.github.llmcache.store.redis.server;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate for this machine that nobody trusts yet, made by the JDK's keytool.
 *
 * @param certificate path of the certificate in PEM
 * @param key path of its private key in PEM
 */
public record TlsMaterial(Path certificate, Path key) {

	private static final String PASSWORD = "changeit";

	public static TlsMaterial create(Path directory) throws IOException, GeneralSecurityException {
		Path store = directory.resolve("tls.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "redis", "-keyalg", "RSA", "-dname", "CN=localhost", "-ext",
				"san=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore",
				store.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (!Files.exists(store)) {
			throw new IOException("keytool made no certificate: " + output);
		}
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		Path certificate = write(directory.resolve("certificate.pem"), "CERTIFICATE",
				keys.getCertificate("redis").getEncoded());
		Path key = write(directory.resolve("key.pem"), "PRIVATE KEY",
				keys.getKey("redis", PASSWORD.toCharArray()).getEncoded());
		return new TlsMaterial(certificate, key);
	}

	private static Path write(Path file, String kind, byte[] content) throws IOException {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		return Files.writeString(file, "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
	}

}
