package io.github.llmcache.sample.replay;

import java.util.Map;
import java.util.Objects;

import org.springframework.stereotype.Component;

import io.github.llmcache.sample.model.ModelReply;
import io.github.llmcache.sample.model.ModelSettings;
import io.github.llmcache.sample.model.SimulatedProvider;
import io.github.llmcache.sample.router.ModelRouter;
import io.github.llmcache.sample.router.RouterProperties;

/**
 * What asking the model would have taken, by the figures of the simulated models.
 */
@Component
class ModelEstimate {

	private final ModelRouter router;

	private final Map<String, ModelSettings> models;

	private final SimulatedProvider simulated;

	ModelEstimate(ModelRouter router, RouterProperties properties, SimulatedProvider simulated) {
		this.router = router;
		this.models = properties.models();
		this.simulated = simulated;
	}

	ModelReply estimate(String task, String prompt) {
		String model = this.router.route(task, prompt);
		return this.simulated.draft(model, Objects.requireNonNull(this.models.get(model)), prompt);
	}

}
