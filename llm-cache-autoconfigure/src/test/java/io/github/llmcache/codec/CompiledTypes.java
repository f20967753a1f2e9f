package io.github.llmcache.codec;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

import com.fasterxml.jackson.annotation.JsonProperty;
import tools.jackson.core.TreeNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Classes that are compiled while a test runs, so that one name can have several
 * versions, each in its own class loader.
 */
public final class CompiledTypes {

	private static final String CLASS_PATH = Stream.of(JsonProperty.class, TreeNode.class, JsonMapper.class)
		.map((type) -> type.getProtectionDomain().getCodeSource().getLocation().getPath())
		.collect(Collectors.joining(File.pathSeparator));

	private CompiledTypes() {
	}

	/**
	 * Compile and load.
	 * @param directory where to put the source and the classes
	 * @param source one file, in the package {@code answers}, that declares a public
	 * {@code Answer}
	 * @return the class {@code answers.Answer}
	 */
	public static Class<?> answer(Path directory, String source) throws IOException, ClassNotFoundException {
		Path version = Files.createTempDirectory(directory, "version");
		Path file = Files.writeString(version.resolve("Answer.java"), source);
		int status = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-cp", CLASS_PATH, "-d", version.toString(), file.toString());
		assertThat(status).isZero();
		return new URLClassLoader(new URL[] { version.toUri().toURL() }, CompiledTypes.class.getClassLoader())
			.loadClass("answers.Answer");
	}

}
