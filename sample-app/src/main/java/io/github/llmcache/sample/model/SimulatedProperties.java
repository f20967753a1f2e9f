package io.github.llmcache.sample.model;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;

/**
 * How simulated models behave.
 *
 * @param seed determines the jitter and the answers that are made up, together with the
 * prompt
 * @param jitter by which share latency varies, between 0 and 1
 * @param answers what they know; the first that fits is given
 */
@ConfigurationProperties("sample.simulated")
public record SimulatedProperties(@DefaultValue("1") long seed, @DefaultValue("0.2") double jitter,
		@DefaultValue List<Answer> answers) {

	public SimulatedProperties {
		Assert.isTrue(jitter >= 0 && jitter <= 1, "sample.simulated.jitter must be between 0 and 1");
		answers = List.copyOf(answers);
	}

	/**
	 * One answer.
	 *
	 * @param words the words that the prompt has to contain, in lower case
	 * @param text the answer
	 */
	public record Answer(List<String> words, String text) {

		public Answer {
			words = List.copyOf(words);
		}

	}

}
