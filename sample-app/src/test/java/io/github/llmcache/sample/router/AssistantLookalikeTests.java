package io.github.llmcache.sample.router;

import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.sample.SampleApplication;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * 500 pairs of questions about one person each, which look alike and have other answers,
 * asked in turn: of a task that learns ({@code support}) and of one with the default
 * settings ({@code knowledge}), with the real models of the cache.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AssistantLookalikeTests {

	private static final int PAIRS = 500;

	/** The budget of one in a hundred. */
	private static final int MOST_WRONG = PAIRS / 100;

	private static final List<String> FIRST_NAMES = List.of("Anna", "Boris", "Carla", "Dmitri", "Elena", "Farid",
			"Greta", "Hugo", "Ines", "Jonas", "Karim", "Laura", "Milan", "Nadia", "Omar", "Petra", "Quentin", "Rosa",
			"Stefan", "Tamara", "Ulrich", "Vera", "Wanda", "Yusuf", "Zoe");

	private static final List<String> LAST_NAMES = List.of("Abel", "Brandt", "Castro", "Dorn", "Egli", "Fabre", "Grau",
			"Horvat", "Ibsen", "Jarosz", "Keller", "Lund", "Meier", "Nolan", "Ortega", "Pavlov", "Ricci", "Sato",
			"Toth", "Weiss");

	private static final List<String> ATTRIBUTES = List.of("Armenian", "famous", "married", "retired", "left-handed",
			"a vegetarian", "a pilot", "taller than her brother", "older than forty", "on the board", "in Vienna",
			"allergic to nuts", "insured", "a member of the choir", "rich", "bilingual", "colour-blind", "a twin",
			"afraid of dogs", "a registered voter", "Catholic", "the owner of the house", "employed by the city");

	private static final List<String> QUESTIONS = List.of("Is %s %s?", "Do you know whether %s is %s?",
			"I would like to know if %s is %s", "Was %s %s at the time?");

	private ConfigurableApplicationContext context;

	private AssistantService assistant;

	@BeforeAll
	void start() {
		this.context = new SpringApplicationBuilder(SampleApplication.class).web(WebApplicationType.NONE)
			.run("--sample.models.swift.latency=0ms", "--sample.models.swift.tokens-per-second=1e9");
		this.assistant = this.context.getBean(AssistantService.class);
	}

	@AfterAll
	void stop() {
		this.context.close();
	}

	@ParameterizedTest
	@CsvSource({ "SUPPORT, true", "SUPPORT, false", "KNOWLEDGE, true", "KNOWLEDGE, false" })
	void wrongHitsStayWithinTheBudget(AssistantTask task, boolean ownTenant) {
		int wrong = 0;
		for (int pair = 0; pair < PAIRS; pair++) {
			String name = FIRST_NAMES.get(pair % FIRST_NAMES.size()) + " " + LAST_NAMES.get(pair / FIRST_NAMES.size());
			String question = QUESTIONS.get(pair % QUESTIONS.size());
			String tenant = ownTenant ? "tenant-" + pair : null;
			ask(task, question.formatted(name, attribute(pair)), tenant);
			Outcome outcome = ask(task, question.formatted(name, attribute(pair + 1 + pair / ATTRIBUTES.size())),
					tenant);
			wrong += outcome.isHit() ? 1 : 0;
		}
		assertThat(wrong).isLessThanOrEqualTo(MOST_WRONG);
	}

	private Outcome ask(AssistantTask task, String prompt, String tenant) {
		return this.assistant.ask(task, prompt, tenant).outcome();
	}

	private static String attribute(int index) {
		return ATTRIBUTES.get(index % ATTRIBUTES.size());
	}

}
