package io.github.llmcache.sample.command;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Invocation}.
 */
class InvocationTests {

	@Test
	void filesAreOursAndEverythingElseIsSprings() {
		Invocation invocation = Invocation.parse("replay", "--requests=in.jsonl", "--report=out.json",
				"--llm-cache.semantic.enabled=false", "--debug");
		assertThat(invocation).isEqualTo(new Invocation(CommandName.REPLAY, Path.of("in.jsonl"), Path.of("out.json"),
				null, Share.ALL, List.of("--llm-cache.semantic.enabled=false", "--debug")));
	}

	@Test
	void reportIsOptionalAndTheCommandMayComeLast() {
		Invocation invocation = Invocation.parse("--pairs=in.jsonl", "evaluate");
		assertThat(invocation.command()).isEqualTo(CommandName.EVALUATE);
		assertThat(invocation.report()).isNull();
		assertThat(invocation.springArguments()).isEmpty();
	}

	@Test
	void shareIsOurs() {
		Invocation invocation = Invocation.parse("replay", "--requests=in.jsonl", "--share=2/3");
		assertThat(invocation.share()).isEqualTo(new Share(2, 3));
		assertThat(invocation.springArguments()).isEmpty();
	}

	@Test
	void failuresAreOurs() {
		Invocation invocation = Invocation.parse("evaluate", "--pairs=in.jsonl", "--failures=out.jsonl");
		assertThat(invocation.failures()).isEqualTo(Path.of("out.jsonl"));
		assertThat(invocation.springArguments()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "replya --requests=a, unknown command 'replya'", "replay, option '--requests=FILE' is missing",
			"replay --requests, option '--requests=FILE' needs one file",
			"replay --requests=, option '--requests=FILE' needs one file",
			"replay --requests=a --requests=b, option '--requests=FILE' needs one file",
			"replay --requests=a --report, option '--report=FILE' needs one file",
			"replay --requests=a --failures, option '--failures=FILE' needs one file",
			"replay --requests=a --report=b --failures=b, options '--report' and '--failures' need different files",
			"replay --pairs=a, unknown option '--pairs'", "replay --request=a, unknown option '--request'",
			"replay a --requests=a, unexpected argument 'a'", "--requests=a, no command" })
	void wrongArgumentsAreNamed(String args, String problem) {
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> Invocation.parse(args.split(" ")))
			.withMessage(problem);
	}

	@Test
	void applicationWithoutWordsIsTheServer() {
		assertThat(CommandLine.isCommand()).isFalse();
		assertThat(CommandLine.isCommand("--server.port=0")).isFalse();
		assertThat(CommandLine.isCommand("replay")).isTrue();
		assertThat(CommandLine.isCommand("--help")).isTrue();
	}

}
