package io.github.llmcache.sample.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;

/**
 * The arguments of a command, parsed.
 *
 * @param command the command
 * @param input the file to read
 * @param report the file to write, or {@code null} for none
 * @param failures the file for wrong and missed hits, or {@code null} for none
 * @param share the part of the input to work on
 * @param springArguments the arguments that are left to Spring Boot
 */
record Invocation(CommandName command, Path input, @Nullable Path report, @Nullable Path failures, Share share,
		List<String> springArguments) {

	private static final String REPORT = "report";

	private static final String FAILURES = "failures";

	private static final String SHARE = "share";

	private static final String JUDGE = "--sample.replay.judge=";

	/** Our options besides that of the input. */
	private static final Set<String> OWN_OPTIONS = Set.of(REPORT, FAILURES, SHARE);

	/** Spring Boot's options whose names have no dot. */
	private static final Set<String> SPRING_OPTIONS = Set.of("debug", "trace");

	static Invocation parse(String... args) {
		ApplicationArguments arguments = new DefaultApplicationArguments(args);
		CommandName command = command(arguments.getNonOptionArgs());
		for (String option : arguments.getOptionNames()) {
			if (!isOwnOption(command, option) && !isSpringOption(option)) {
				throw new UsageException("unknown option '--" + option + "'");
			}
		}
		Path input = path(arguments, command.inputOption());
		if (input == null) {
			throw new UsageException("option '--" + command.inputOption() + "=FILE' is missing");
		}
		List<String> springArguments = Arrays.stream(args).filter((arg) -> isSpringArgument(command, arg)).toList();
		Path report = path(arguments, REPORT);
		Path failures = path(arguments, FAILURES);
		if (report != null && report.equals(failures)) {
			throw new UsageException("options '--report' and '--failures' need different files");
		}
		return new Invocation(command, input, report, failures, share(arguments), springArguments);
	}

	/**
	 * Whether a judge is simulated.
	 */
	boolean isJudged() {
		return this.springArguments.stream().anyMatch((argument) -> argument.startsWith(JUDGE));
	}

	private static CommandName command(List<String> words) {
		if (words.isEmpty()) {
			throw new UsageException("no command");
		}
		if (words.size() > 1) {
			throw new UsageException("unexpected argument '" + words.get(1) + "'");
		}
		return CommandName.find(words.get(0))
			.orElseThrow(() -> new UsageException("unknown command '" + words.get(0) + "'"));
	}

	private static @Nullable Path path(ApplicationArguments arguments, String option) {
		List<String> values = arguments.getOptionValues(option);
		if (values == null) {
			return null;
		}
		if (values.size() != 1 || values.get(0).isBlank()) {
			throw new UsageException("option '--" + option + "=FILE' needs one file");
		}
		try {
			return Path.of(values.get(0));
		}
		catch (InvalidPathException ex) {
			throw new UsageException("'" + values.get(0) + "' is not a file name");
		}
	}

	private static Share share(ApplicationArguments arguments) {
		List<String> values = arguments.getOptionValues(SHARE);
		if (values == null) {
			return Share.ALL;
		}
		return Share.parse(String.join(" ", values));
	}

	private static boolean isOwnOption(CommandName command, String option) {
		return option.equals(command.inputOption()) || OWN_OPTIONS.contains(option);
	}

	private static boolean isSpringOption(String option) {
		return option.contains(".") || SPRING_OPTIONS.contains(option);
	}

	private static boolean isSpringArgument(CommandName command, String arg) {
		if (!arg.startsWith("--")) {
			return false;
		}
		int end = arg.indexOf('=');
		return !isOwnOption(command, arg.substring(2, (end >= 0) ? end : arg.length()));
	}

}
