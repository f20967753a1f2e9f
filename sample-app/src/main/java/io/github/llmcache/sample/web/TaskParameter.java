package io.github.llmcache.sample.web;

import java.util.Arrays;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

import io.github.llmcache.sample.router.AssistantTask;

/**
 * Reads the name of a task.
 */
final class TaskParameter {

	private TaskParameter() {
	}

	static AssistantTask required(@Nullable String name) {
		if (!StringUtils.hasText(name)) {
			throw new BadRequestException("The task is missing. Send one of " + names() + ".");
		}
		return AssistantTask.find(name)
			.orElseThrow(() -> new BadRequestException("There is no such task. Send one of " + names() + "."));
	}

	private static String names() {
		return Arrays.stream(AssistantTask.values()).map(AssistantTask::taskName).collect(Collectors.joining(", "));
	}

}
