package io.github.llmcache.store.redis;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisNoScriptException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisConnectionFailureException;

import io.github.llmcache.store.StoreRefusedException;

/**
 * What a failed command says about the server.
 */
enum RedisFailure {

	/** There was no answer in time, or one that says to come back later. */
	UNAVAILABLE,

	/** There is no connection. */
	DISCONNECTED,

	/** The server answers, but is no longer the master. */
	READ_ONLY,

	/** The server has no memory left, and evicts nothing. */
	FULL,

	/** The user may not run the command, or not on these keys. */
	FORBIDDEN,

	/** The server does not know the script yet. */
	UNKNOWN_SCRIPT,

	/** The server does not know a command, although it did when it was asked. */
	UNKNOWN_COMMAND,

	/** The thread was interrupted. */
	INTERRUPTED,

	/** The server answers, and refuses this command. */
	REFUSED;

	/** Errors of a server that will answer in a while. */
	private static final Set<String> LATER = Set.of("LOADING", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "BUSY");

	/** How servers of different versions say that a user lacks a right. */
	private static final List<String> NO_PERMISSION = List.of("NOPERM", "can't run this command", "ACL failure");

	private static final Pattern CODE = Pattern.compile("[A-Z]{2,20}");

	static RedisFailure of(Throwable failure) {
		if (failure instanceof RedisConnectionFailureException) {
			return DISCONNECTED;
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RedisNoScriptException) {
				return UNKNOWN_SCRIPT;
			}
			if (cause instanceof RedisCommandInterruptedException || cause instanceof InterruptedException) {
				return INTERRUPTED;
			}
			if (cause instanceof RedisCommandTimeoutException) {
				return UNAVAILABLE;
			}
			if (cause instanceof RedisCommandExecutionException) {
				return of(cause.getMessage());
			}
		}
		return DISCONNECTED;
	}

	/**
	 * Whether the server cannot be used at all.
	 */
	boolean isOutage() {
		return this == UNAVAILABLE || this == DISCONNECTED;
	}

	/**
	 * What was refused, in words that may be logged.
	 */
	static RuntimeException refusal(RuntimeException failure) {
		RedisCommandExecutionException answer = answer(failure);
		if (answer == null) {
			return failure;
		}
		return switch (of(failure)) {
			case FULL -> new StoreRefusedException(
					"Redis has no memory left and evicts nothing (OOM); raise its maxmemory, or let it evict by volatile-lru",
					failure);
			case READ_ONLY -> new StoreRefusedException(
					"Redis takes no writes (READONLY); connect to the master, or wait until a fail-over is complete",
					failure);
			case FORBIDDEN -> new MissingRightsException(String.valueOf(answer.getMessage()), failure);
			case REFUSED, UNKNOWN_COMMAND ->
				new StoreRefusedException("Redis answered with an error (" + code(answer) + ")", failure);
			default -> failure;
		};
	}

	/**
	 * What was wrong, in one word: the server's own if it answered.
	 */
	static String describe(Throwable failure) {
		RedisCommandExecutionException answer = answer(failure);
		if (answer != null) {
			return code(answer);
		}
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root.getClass().getName();
	}

	private static @Nullable RedisCommandExecutionException answer(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof RedisCommandExecutionException answer) {
				return answer;
			}
		}
		return null;
	}

	/**
	 * Only the code that an error begins with: the rest may hold anything.
	 */
	private static String code(RedisCommandExecutionException answer) {
		String first = String.valueOf(answer.getMessage()).split(" ", 2)[0];
		return CODE.matcher(first).matches() ? first : "ERR";
	}

	/**
	 * Inside of a script, the error of a command may come in the middle of a sentence.
	 */
	private static RedisFailure of(@Nullable String error) {
		String text = (error != null) ? error : "";
		if (LATER.contains(text.split(" ", 2)[0])) {
			return UNAVAILABLE;
		}
		if (text.contains("READONLY")) {
			return READ_ONLY;
		}
		if (text.contains("OOM command not allowed")) {
			return FULL;
		}
		if (NO_PERMISSION.stream().anyMatch(text::contains)) {
			return FORBIDDEN;
		}
		return text.toLowerCase(Locale.ROOT).contains("unknown redis command") ? UNKNOWN_COMMAND : REFUSED;
	}

}
