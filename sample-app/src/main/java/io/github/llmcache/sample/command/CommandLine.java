package io.github.llmcache.sample.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Runs one of the commands on the beans of the application, without a web server.
 */
public final class CommandLine {

	private static final int OK = 0;

	private static final int FAILED = 1;

	private static final int BAD_INPUT = 2;

	private static final String USAGE = """
			Usage: java -jar sample-app.jar                                             the server
			       java -jar sample-app.jar replay   --requests=FILE [--report=OUT.json] [--failures=OUT.jsonl] [--share=1/2]
			       java -jar sample-app.jar evaluate --pairs=FILE    [--report=OUT.json] [--failures=OUT.jsonl] [--share=1/2]
			FILE holds one JSON object on each line and may be compressed by gzip. Of two processes that share
			it, 1/2 takes the first, third, fifth line and so on, and 2/2 the others. OUT.jsonl has a line for
			each wrong and each missed hit.
			All options of Spring Boot and of the cache can be added, such as
			  --llm-cache.semantic.enabled=false --llm-cache.tasks.support.min-similarity=0.8
			""";

	private final Class<?> application;

	/** A simulated judge is asked before serving, and without any limit by the minute. */
	private static final Map<String, Object> JUDGED = Map.of("llm-cache.semantic.judge.before-serving", "true",
			"llm-cache.semantic.judge.calls-per-minute", Integer.MAX_VALUE);

	private final PrintStream out;

	private final PrintStream err;

	public CommandLine(Class<?> application, PrintStream out, PrintStream err) {
		this.application = application;
		this.out = out;
		this.err = err;
	}

	/**
	 * Whether a command is asked for, rather than the server.
	 * @param args the arguments of the application
	 * @return {@code true} if there is an argument that is not an option, or
	 * {@code --help}
	 */
	public static boolean isCommand(String... args) {
		return Arrays.stream(args).anyMatch((arg) -> !arg.startsWith("--") || arg.equals("--help"));
	}

	/**
	 * Run a command.
	 * @param args the arguments of the application
	 * @return the exit code: 0, or 2 if arguments or input are wrong, or 1 if the
	 * application does not start
	 */
	public int run(String... args) {
		if (List.of(args).contains("--help")) {
			this.out.print(USAGE);
			return OK;
		}
		try {
			return run(Invocation.parse(args));
		}
		catch (UsageException ex) {
			this.err.println("error: " + ex.getMessage());
			this.err.print(USAGE);
			return BAD_INPUT;
		}
		catch (CommandException ex) {
			this.err.println("error: " + ex.getMessage());
			return BAD_INPUT;
		}
	}

	private int run(Invocation invocation) {
		JsonLines.requireFile(invocation.input());
		ReportFile report = prepare(invocation.report(), invocation);
		ReportFile failures = prepare(invocation.failures(), invocation);
		ConfigurableApplicationContext context;
		try {
			context = start(invocation);
		}
		catch (RuntimeException ex) {
			// Spring Boot has reported why
			return FAILED;
		}
		try (context) {
			Command<?> command = context.getBean(invocation.command().word(), Command.class);
			run(command, invocation, report, failures);
			return OK;
		}
	}

	private static @Nullable ReportFile prepare(@Nullable Path file, Invocation invocation) {
		return (file != null) ? ReportFile.prepare(file, invocation.input()) : null;
	}

	private <T> void run(Command<T> command, Invocation invocation, @Nullable ReportFile report,
			@Nullable ReportFile failures) {
		List<T> input = invocation.share().of(JsonLines.read(invocation.input(), command::parse));
		FailureLog log = new FailureLog(failures != null);
		Command.Result result = work(command, invocation, input, log);
		if (report != null) {
			report.write(result.report());
		}
		if (failures != null) {
			failures.writeLines(log.failures());
		}
		result.print(this.out);
	}

	private <T> Command.Result work(Command<T> command, Invocation invocation, List<T> input, FailureLog log) {
		if (!TerminalProgress.isTerminal()) {
			return command.run(input, Progress.NONE, log);
		}
		try (TerminalProgress progress = TerminalProgress.start(invocation.command().word(), input.size(), this.err)) {
			return command.run(input, progress, log);
		}
	}

	private ConfigurableApplicationContext start(Invocation invocation) {
		return new SpringApplicationBuilder(this.application).web(WebApplicationType.NONE)
			.profiles("command")
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.properties(Map.of("sample.command", invocation.command().word(), "logging.config",
					"classpath:logback-command.xml", "logging.level.root", "error"))
			.properties(invocation.isJudged() ? JUDGED : Map.of())
			.run(invocation.springArguments().toArray(String[]::new));
	}

}
