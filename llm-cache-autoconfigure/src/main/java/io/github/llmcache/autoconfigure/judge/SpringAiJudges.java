package io.github.llmcache.autoconfigure.judge;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatModel;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.util.ClassUtils;

import io.github.llmcache.judge.EquivalenceJudge;
import io.github.llmcache.springai.ChatModelJudge;

/**
 * Judges that are beans of Spring AI. Only to be used if that is on the classpath.
 */
final class SpringAiJudges {

	private SpringAiJudges() {
	}

	static boolean isAvailable() {
		return ClassUtils.isPresent("org.springframework.ai.chat.model.ChatModel", null)
				&& ClassUtils.isPresent("org.springframework.ai.chat.client.ChatClient", null);
	}

	/**
	 * What creates the judge, or {@code null} if the bean is of another type.
	 */
	static @Nullable Supplier<EquivalenceJudge> named(String name, BeanFactory beans) {
		if (beans.isTypeMatch(name, ChatModel.class)) {
			return () -> ChatModelJudge.of(beans.getBean(name, ChatModel.class));
		}
		if (beans.isTypeMatch(name, ChatClient.class)) {
			return () -> ChatModelJudge.of(beans.getBean(name, ChatClient.class));
		}
		return null;
	}

}
