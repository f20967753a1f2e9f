package io.github.llmcache.store.redis;

import java.util.Locale;
import java.util.Set;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisNoScriptException;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.RedisConnectionFailureException;

/**
 * What a failed command says about the server.
 */
enum RedisFailure {

	/** There was no answer in time, or one that says to come back later. */
	UNAVAILABLE,

	/** There is no connection. */
	DISCONNECTED,

	/** The server answers, but is no master any more. */
	READ_ONLY,

	/** The server does not know the script yet. */
	UNKNOWN_SCRIPT,

	/** The server does not know a command, although it did when it was asked. */
	UNKNOWN_COMMAND,

	/** The thread is to end. */
	INTERRUPTED,

	/** The server answers, and refuses this command. */
	REFUSED;

	/** Errors of a server that will answer in a while. */
	private static final Set<String> LATER = Set.of("LOADING", "CLUSTERDOWN", "MASTERDOWN", "TRYAGAIN", "BUSY");

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
		return text.toLowerCase(Locale.ROOT).contains("unknown redis command") ? UNKNOWN_COMMAND : REFUSED;
	}

}
