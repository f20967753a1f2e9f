package io.github.llmcache.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.jspecify.annotations.Nullable;

import io.github.llmcache.observation.LlmCacheObservation.Key;

/**
 * What a registry has observed of the cache, as texts.
 */
final class ObservedCalls {

	private ObservedCalls() {
	}

	/**
	 * Each observation that has ended as {@code parent > name outcome}, in the order of
	 * their beginning.
	 */
	static List<String> of(TestObservationRegistry registry) {
		List<String> observed = new ArrayList<>();
		TestObservationRegistryAssert.assertThat(registry)
			.hasHandledContextsThatSatisfy((contexts) -> contexts.forEach((context) -> {
				if (context instanceof LlmCacheObservationContext cacheContext) {
					KeyValue outcome = context.getLowCardinalityKeyValue(Key.OUTCOME.asString());
					observed.add(parent(context) + " > " + word(cacheContext) + " "
							+ ((outcome != null) ? outcome.getValue() : "unfinished"));
				}
			}));
		return observed;
	}

	private static @Nullable String parent(Observation.Context context) {
		if (context.getParentObservation() == null) {
			return "none";
		}
		return (context.getParentObservation().getContextView() instanceof LlmCacheObservationContext parent)
				? word(parent) : context.getParentObservation().getContextView().getName();
	}

	private static String word(LlmCacheObservationContext context) {
		return context.observation().name().toLowerCase(Locale.ROOT);
	}

}
