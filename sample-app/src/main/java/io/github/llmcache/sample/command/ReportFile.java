package io.github.llmcache.sample.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of a report, which is written completely or not at all.
 */
final class ReportFile {

	private static final JsonMapper JSON = JsonMapper.builder()
		.enable(SerializationFeature.INDENT_OUTPUT)
		.disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
		.build();

	private static final JsonMapper LINES = JSON.rebuild().disable(SerializationFeature.INDENT_OUTPUT).build();

	private final Path file;

	private final Path directory;

	private ReportFile(Path file, Path directory) {
		this.file = file;
		this.directory = directory;
	}

	/**
	 * Check that the report can be written before the work starts.
	 * @param file the file, which is replaced if it is there
	 * @param input the file that is read, which must not be the same
	 * @return where the report goes
	 * @throws CommandException if it cannot be written
	 */
	static ReportFile prepare(Path file, Path input) {
		try {
			Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath().normalize();
			Path directory = target.getParent();
			if (directory == null || !Files.isDirectory(directory)) {
				throw unwritable(file, "its directory does not exist");
			}
			if (Files.exists(target) && !Files.isRegularFile(target)) {
				throw unwritable(file, "it is not a file");
			}
			if (Files.exists(target) && Files.exists(input) && Files.isSameFile(target, input)) {
				throw unwritable(file, "it is the input");
			}
			if (!Files.isWritable(directory)) {
				throw unwritable(file, "its directory is not writable");
			}
			return new ReportFile(target, directory);
		}
		catch (IOException ex) {
			throw unwritable(file, ex.getClass().getSimpleName());
		}
	}

	void write(Object report) {
		write(JSON.writeValueAsBytes(report));
	}

	/**
	 * Write each of the objects on a line of its own.
	 * @param objects the objects
	 */
	void writeLines(List<?> objects) {
		StringBuilder lines = new StringBuilder();
		for (Object object : objects) {
			lines.append(LINES.writeValueAsString(object)).append('\n');
		}
		write(lines.toString().getBytes(StandardCharsets.UTF_8));
	}

	private void write(byte[] content) {
		Path temporary = this.directory.resolve("." + this.file.getFileName() + "." + UUID.randomUUID() + ".tmp");
		try {
			try {
				Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
				Files.move(temporary, this.file, StandardCopyOption.ATOMIC_MOVE);
			}
			finally {
				Files.deleteIfExists(temporary);
			}
		}
		catch (IOException ex) {
			throw unwritable(this.file, ex.getClass().getSimpleName());
		}
	}

	private static CommandException unwritable(Path file, String problem) {
		return new CommandException(file + ": the report cannot be written: " + problem);
	}

}
