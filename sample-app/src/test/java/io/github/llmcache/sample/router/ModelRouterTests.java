package io.github.llmcache.sample.router;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.llmcache.sample.model.ModelSettings;
import io.github.llmcache.sample.model.SimulatedProperties;
import io.github.llmcache.sample.model.SimulatedProvider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ModelRouter}.
 */
class ModelRouterTests {

	private static final ModelSettings SETTINGS = new ModelSettings(null, Duration.ZERO, 1, 0, 0);

	private final ModelRouter router = new ModelRouter(
			properties(new RouterProperties.Router("small", "large", 10, Map.of("code", "large"))),
			new SimulatedProvider(new SimulatedProperties(1, 0, List.of()), (duration) -> {
			}));

	@Test
	void shortPromptGoesToTheSmallModel() {
		assertThat(this.router.route("support", "x".repeat(36))).isEqualTo("small");
	}

	@Test
	void longPromptGoesToTheLargeModel() {
		assertThat(this.router.route("support", "x".repeat(37))).isEqualTo("large");
	}

	@Test
	void taskWithAModelAlwaysGoesThere() {
		assertThat(this.router.route("code", "x")).isEqualTo("large");
	}

	@Test
	void modelIsFoundByName() {
		assertThat(this.router.model("small").ask("x").model()).isEqualTo("small");
		assertThatIllegalArgumentException().isThrownBy(() -> this.router.model("medium"))
			.withMessage("There is no model 'medium'");
	}

	@Test
	void rulesNameModelsThatExist() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> properties(new RouterProperties.Router("small", "large", 10, Map.of("code", "medium"))))
			.withMessage("There is no model 'medium' in sample.models");
	}

	private static RouterProperties properties(RouterProperties.Router router) {
		return new RouterProperties(RouterProperties.Provider.SIMULATED, Map.of("small", SETTINGS, "large", SETTINGS),
				router);
	}

}
