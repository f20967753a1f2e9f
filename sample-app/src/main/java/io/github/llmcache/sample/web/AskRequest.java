package io.github.llmcache.sample.web;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

import io.github.llmcache.sample.router.AssistantTask;

/**
 * A question, as it comes in.
 *
 * @param task name of the task
 * @param prompt the prompt
 * @param tenant whose answers, or {@code null} for those of everybody
 */
record AskRequest(@Nullable String task, @Nullable String prompt, @Nullable String tenant) {

	static final int MAX_PROMPT = 20_000;

	AssistantTask requiredTask() {
		return TaskParameter.required(this.task);
	}

	String requiredPrompt() {
		if (!StringUtils.hasText(this.prompt)) {
			throw new BadRequestException("The prompt is missing. Send a field 'prompt' with some text.");
		}
		if (this.prompt.length() > MAX_PROMPT) {
			throw new BadRequestException(
					"The prompt has %d characters. Send at most %d.".formatted(this.prompt.length(), MAX_PROMPT));
		}
		return this.prompt;
	}

	@Nullable String tenantOrNull() {
		return StringUtils.hasText(this.tenant) ? this.tenant.strip() : null;
	}

}
