package io.github.llmcache.sample.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.ExpectedCondition;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;

import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.sample.router.AssistantService;
import io.github.llmcache.sample.router.AssistantTask;
import io.github.llmcache.settings.LiveSettings;
import io.github.llmcache.store.EvictionSelector;
import io.github.llmcache.test.MutableClock;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the dashboard in a browser; see {@link Browser} for what they need.
 */
@Tag("thorough")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "sample.models.swift.latency=80ms", "sample.models.swift.tokens-per-second=1000000",
				"sample.models.sage.latency=5ms", "sample.models.sage.tokens-per-second=1000000",
				"llm-cache.tasks.support.audit-rate=1", "llm-cache.cost.semantic-lookup=0.000002" })
class DashboardTests {

	private static final String ON = "How do I turn on dark mode?";

	private static final String ON_AGAIN = "How can I turn on dark mode?";

	private static final String OFF = "How do I turn off dark mode?";

	private static final String REVERSE = "Reverse a string in Java";

	@LocalServerPort
	private int port;

	@Autowired
	private AssistantService assistant;

	@Autowired
	private LlmCache cache;

	@Autowired
	private LiveSettings settings;

	@Autowired
	private MutableClock clock;

	@TempDir
	Path profile;

	private ChromeDriver browser;

	@BeforeEach
	void startBrowser() {
		this.browser = Browser.start(this.profile);
		this.cache.evict(EvictionSelector.all());
		this.settings.reset("support", Set.of());
	}

	@AfterEach
	void closeBrowser() {
		if (this.browser != null) {
			this.browser.quit();
		}
	}

	@Test
	void showsWhatHappened() {
		this.clock.advance(Duration.ofDays(1)); // beyond what other tests did
		ask(ON);
		ask(ON);
		ask(ON_AGAIN);
		ask(OFF);
		open();
		assertThat(find("figures").getText()).contains("hit rate\n50 %\n2 hits", "calls\n4\n2 ran the method",
				"entries\n");
		assertThat(find("hit-rate-chart").findElement(By.tagName("svg")).getAttribute("aria-label"))
			.isEqualTo("Hit rate over time, in all 50 % of 4 calls");
		assertThat(rows("hit-rate-table")).hasSize(1).allMatch((row) -> row.endsWith("4 1 1 0 2 0 50 %"));
		assertThat(find("near-misses").getText()).startsWith("1 of 2 misses (50 %) in this range were near");
		assertThat(rows("reasons-table")).anyMatch((row) -> row.startsWith("antonym refusal"));
		assertThat(rows("latency-table")).extracting((row) -> row.split(" ")[0])
			.contains("exact", "semantic", "miss", "the");
		assertThat(find("entries-table").getText()).contains(ON);
		assertThat(find("tasks-table").getText()).contains("support", "any wording", "code", "same wording");
		assertThat(this.browser.findElement(By.cssSelector("#hit-rate-chart rect.semantic")).getRect().getHeight())
			.isPositive();
	}

	@Test
	void showsHowManyHitsWereWrongAndTheBudget() {
		ask(ON);
		ask(ON_AGAIN);
		openUntil("wrong-hits-table", "support");
		assertThat(find("wrong-hits-chart").getText()).contains("support", "at most");
		assertThat(rows("wrong-hits-table")).anyMatch((row) -> row.matches("support \\d+ 0 .* 1 % .*"));
		assertThat(find("figures").getText()).contains("wrong hits, at most", "support, budget 1 %");
	}

	@Test
	void taskAndRangeAreChosen() {
		this.clock.advance(Duration.ofDays(1));
		ask(ON);
		this.clock.advance(Duration.ofHours(2));
		this.assistant.ask(AssistantTask.CODE, REVERSE, null);
		open();
		assertThat(find("figures").getText()).contains("calls\n2\n");
		new Select(find("range")).selectByVisibleText("last 1 h");
		await(textOf("figures", "calls\n1\n"));
		new Select(find("task")).selectByVisibleText("support");
		await(textOf("figures", "calls\n0\n"));
		new Select(find("range")).selectByVisibleText("last 6 h");
		await(textOf("figures", "calls\n1\n"));
	}

	@Test
	void showsWhatWasSavedAndSpent() {
		this.assistant.ask(AssistantTask.KNOWLEDGE, "What is the capital of Austria?", null);
		this.assistant.ask(AssistantTask.KNOWLEDGE, "What is the capital of Austria?", null);
		look("unpriced", "Is anybody there?");
		open();
		String amount = "\\$[0-9.,]+";
		assertThat(rows("cost-table"))
			.anyMatch((row) -> row.matches("knowledge ≈ [0-9.K]+ " + amount + " " + amount + " −?" + amount + " .*"))
			.anyMatch((row) -> row.matches("unpriced 0 – \\$0\\.00000\\d – 0 s .*"))
			.last()
			.matches((row) -> row.matches("all tasks ≈ [0-9.K]+ " + amount + " " + amount + " −?" + amount + " .*"));
		assertThat(find("figures").getText()).containsPattern("money saved, net\n−?" + amount + "\nsince the start; ");
		new Select(find("task")).selectByVisibleText("unpriced");
		await(textOf("figures", "since the start; no hit has a price"));
		assertThat(find("figures").getText()).contains("money spent\n$0.00000");
		assertThat(rows("cost-table")).singleElement().asString().startsWith("unpriced");
	}

	@Test
	void saysForWhichTaskMatchingOtherWordingsDoesNotPay() {
		for (int i = 0; i < 120; i++) {
			look("rare", "Question " + i);
		}
		look("new", "Question");
		open();
		assertThat(rows("cost-table")).anyMatch((row) -> row.matches("rare .* 0 of 120 costs time"))
			.anyMatch((row) -> row.matches("new .* 0 of 1 not clear yet"));
		assertThat(find("cost-note").getText()).matches("Matching other wordings does not pay for .*rare.*");
		new Select(find("task")).selectByVisibleText("rare");
		await(textOf("cost-note", "Matching other wordings does not pay for rare. "));
		new Select(find("task")).selectByVisibleText("new");
		await(ExpectedConditions.invisibilityOfElementLocated(By.id("cost-note")));
	}

	/**
	 * Other tests leave partitions of other tenants behind, among which the page has to
	 * ask.
	 */
	private void explainAgain(String prompt) {
		field("explain", "task").sendKeys("support");
		field("explain", "prompt").sendKeys(prompt);
		field("explain", "missed").click();
		submit("explain");
		await((browser) -> find("explanation").findElements(By.cssSelector(".parts")).size() > 0);
		this.browser.findElements(By.cssSelector(".choice > li"))
			.stream()
			.filter((choice) -> !choice.getText().contains("scope "))
			.findFirst()
			.ifPresent((choice) -> choice.findElement(By.tagName("button")).click());
		await(textOf("explanation", "What has to be equal"));
	}

	@Test
	void explainsWhyThereWasNoHit() {
		ask(ON);
		ask(OFF);
		open();
		explainAgain(OFF);
		await(textOf("explain-result", "the most similar one is refused (antonym)"));
		assertThat(find("explanation").getText()).contains(ON, "refused: antonym", "What has to be equal",
				"model swift");
	}

	@Test
	void asksWhichPartitionIsMeant() {
		this.assistant.ask(AssistantTask.SUPPORT, ON, "acme");
		this.assistant.ask(AssistantTask.SUPPORT, ON, "globex");
		open();
		field("explain", "task").sendKeys("support");
		field("explain", "prompt").sendKeys(ON);
		submit("explain");
		await(textOf("explanation", "scope acme"));
		this.browser.findElements(By.cssSelector(".choice > li"))
			.stream()
			.filter((choice) -> choice.getText().contains("scope acme"))
			.findFirst()
			.orElseThrow()
			.findElement(By.tagName("button"))
			.click();
		await(textOf("explain-result", "The entry of the very same prompt would be served."));
	}

	@Test
	void answerThatIsReportedIsNeverServedToThatPromptAgain() {
		String asked = "What is the capital of Australia?";
		String again = "what's the capital of Australia";
		AssistantTask task = AssistantTask.KNOWLEDGE;
		this.assistant.ask(task, asked, null);
		assertThat(this.assistant.ask(task, again, null).outcome()).isEqualTo(Outcome.SEMANTIC);
		open();
		field("explain", "task").sendKeys("knowledge");
		field("explain", "prompt").sendKeys(again);
		submit("explain");
		await(textOf("explain-result", "another wording would be served"));
		this.browser.findElement(By.cssSelector("#explanation td button")).click();
		assertThat(field("feedback", "prompt").getDomProperty("value")).isEqualTo(again);
		this.browser.findElement(By.cssSelector("#feedback-form button[value=false]")).click();
		await(textOf("feedback-result", "The entry is removed; its answer is refused for one prompt from now on."));
		assertThat(this.assistant.ask(task, asked, null).outcome()).isEqualTo(Outcome.MISS);
		assertThat(this.assistant.ask(task, again, null).outcome()).isEqualTo(Outcome.MISS);
	}

	@Test
	void topEntryIsConfirmed() {
		ask(ON);
		ask(ON);
		open();
		this.browser
			.findElement(By
				.xpath("//section[@id='entries']//tr[contains(., '" + ON + "')]//button[contains(., 'Feedback')]"))
			.click();
		this.browser.findElement(By.cssSelector("#feedback-form button[value=true]")).click();
		await(textOf("feedback-result", "Thank you."));
		assertThat(ask(ON)).isEqualTo(Outcome.EXACT);
	}

	@Test
	void entriesAreInvalidatedAfterAQuestion() {
		ask(ON);
		open();
		field("invalidate", "task").sendKeys("support");
		field("invalidate", "promptPattern").sendKeys("*dark mode*");
		submit("invalidate");
		await(textOf("confirm-text", "Remove all entries with task “support” and prompt “*dark mode*”?"));
		this.browser.switchTo().activeElement().sendKeys(Keys.ESCAPE);
		await(textOf("invalidate-result", "Nothing was removed."));
		assertThat(ask(ON)).isEqualTo(Outcome.EXACT);
		submit("invalidate");
		await(ExpectedConditions.elementToBeClickable(By.id("confirm-yes"))).click();
		await(textOf("invalidate-result", "1 entry removed."));
		assertThat(ask(ON)).isEqualTo(Outcome.MISS);
	}

	@Test
	void settingIsChangedRefusedAndTakenBack() {
		open();
		this.browser
			.findElement(
					By.xpath("//section[@id='tasks']//tr[contains(., 'support')]//button[contains(., 'Settings')]"))
			.click();
		await(ExpectedConditions.attributeToBe(By.id("settings-rows"), "data-task", "support"));
		await(textOf("settings-rows", "Minimum similarity 0.5 default"));
		field("settings", "minSimilarity").sendKeys("0.9", Keys.ENTER);
		await(textOf("settings-rows", "Minimum similarity 0.9 live"));
		assertThat(this.settings.tasks().get("support").minSimilarity()).isEqualTo(0.9);
		field("settings", "minSimilarity").sendKeys("9", Keys.ENTER);
		await(textOf("settings-result", "Give a cosine similarity between 0 and 1."));
		this.browser.findElement(By.xpath("//tr[contains(., 'Minimum similarity')]//button")).click();
		await(textOf("settings-rows", "Minimum similarity 0.5 default"));
		assertThat(this.settings.tasks()).doesNotContainKey("support");
	}

	@Test
	void keyboardReachesEverythingAndShowsWhereItIs() {
		ask(ON);
		ask(ON);
		open();
		Set<String> reached = new LinkedHashSet<>();
		for (int i = 0; i < 120; i++) {
			this.browser.switchTo().activeElement().sendKeys(Keys.TAB);
			reached.add((String) this.browser.executeScript(
					"""
							const focused = document.activeElement;
							const outlined = getComputedStyle(focused).outlineStyle !== "none";
							return focused === document.body ? "end" : `${outlined ? "" : "no outline: "}${focused.id || focused.name || focused.textContent.trim()}`;
							"""));
		}
		assertThat(reached)
			.contains("Skip to the figures", "task", "range", "live", "Hit rate", "As a table", "Explain " + ON,
					"prompt", "entry", "missed", "The answer was wrong", "promptPattern", "settings-task",
					"minSimilarity", "Change")
			.noneMatch((name) -> name.startsWith("no outline"));
	}

	@Test
	void keyboardIsEnoughToExplain() {
		this.assistant.ask(AssistantTask.CODE, REVERSE, null);
		open();
		field("explain", "task").sendKeys("code");
		this.browser.switchTo().activeElement().sendKeys(Keys.TAB);
		this.browser.switchTo().activeElement().sendKeys(REVERSE, Keys.ENTER);
		await(textOf("explain-result", "The entry of the very same prompt would be served."));
		assertThat(find("explain-result").getAttribute("role")).isEqualTo("status");
	}

	@Test
	void focusStaysWhereItWasWhenFiguresChange() {
		ask(ON);
		ask(ON);
		open();
		WebElement button = this.browser.findElement(By.cssSelector("#entries-table button"));
		this.browser.executeScript("arguments[0].focus()", button);
		String name = this.browser.switchTo().activeElement().getText();
		ask(ON);
		this.browser.executeScript("document.getElementById('live').dispatchEvent(new Event('change'))");
		await(ExpectedConditions.stalenessOf(button));
		await((browser) -> browser.switchTo().activeElement().getText().equals(name));
	}

	@Test
	void nothingScrollsSidewaysOnAnyScreen() {
		ask(ON);
		ask(ON_AGAIN);
		open();
		for (int width : new int[] { 320, Screen.PHONE, 700, Screen.WIDE }) {
			new Screen(width, false).show(this.browser);
			assertThat((Long) this.browser.executeScript("return document.documentElement.scrollWidth"))
				.as(width + " pixels")
				.isLessThanOrEqualTo(width);
		}
	}

	@Test
	void colourSchemeIsThatOfTheBrowser() {
		open();
		String colour = "return getComputedStyle(document.body).backgroundColor";
		new Screen(Screen.WIDE, false).show(this.browser);
		assertThat(this.browser.executeScript(colour)).isEqualTo("rgb(245, 246, 249)");
		new Screen(Screen.WIDE, true).show(this.browser);
		assertThat(this.browser.executeScript(colour)).isEqualTo("rgb(18, 20, 28)");
	}

	@Test
	void screenReadersAndWeakEyesCanUseIt() throws IOException {
		ask(ON);
		ask(ON_AGAIN);
		openUntil("wrong-hits-table", "support");
		explainAgain(ON_AGAIN);
		this.browser.executeScript("document.querySelectorAll('details').forEach((details) => details.open = true)");
		for (Screen screen : Screen.ALL) {
			screen.show(this.browser);
			assertThat(Accessibility.violations(this.browser)).as(screen.toString()).isEmpty();
		}
	}

	@Test
	void pageBreaksNoRuleAndNothingElseRuns() {
		ask(ON);
		ask(ON);
		open();
		explainAgain(ON);
		// that an entry is gone is no violation
		assertThat(this.browser.manage().logs().get(LogType.BROWSER).getAll()).extracting(LogEntry::getMessage)
			.allMatch((message) -> message.contains("/llmcacheentries/") && message.contains("404"));
		Object ran = this.browser.executeScript("""
				const script = document.createElement("script");
				script.textContent = "window.foreign = true";
				document.head.append(script);
				document.body.insertAdjacentHTML("beforeend", "<p id='styled' style='color: rgb(1, 2, 3)'></p>");
				return `${Boolean(window.foreign)} ${getComputedStyle(document.getElementById("styled")).color}`;
				""");
		assertThat(ran).asString().startsWith("false").doesNotContain("rgb(1, 2, 3)");
	}

	@Test
	void promptIsShownAsTextWhateverItSays() {
		String hostile = "<img src=x onerror=\"document.title = 'broken'\"><b>bold</b>";
		ask(hostile);
		ask(hostile);
		open();
		assertThat(find("entries-table").getText()).contains(hostile);
		assertThat(this.browser.getTitle()).isEqualTo("LlmCache dashboard");
	}

	@Test
	void samplePageLeadsHere() {
		this.browser.get("http://localhost:" + this.port + "/");
		this.browser.findElement(By.linkText("dashboard")).click();
		await(ExpectedConditions.titleIs("LlmCache dashboard"));
	}

	@Test
	void pictures() throws IOException {
		Random random = new Random(7);
		List<String> tenants = List.of("acme", "globex", "");
		List<String> questions = List.of(ON, ON_AGAIN, "how can i turn dark mode on", OFF, "How do I get a refund?",
				"How can I get a refund?", "How can I reset my password?", "how do i reset my password");
		List<String> knowledge = List.of("What is the capital of Australia?", "what's the capital of Australia",
				"What is the capital of Austria?");
		this.clock.advance(Duration.ofDays(1));
		for (int step = 0; step < 230; step++) {
			this.clock.advance(Duration.ofSeconds(90));
			int calls = (int) (2 + 1.5 * Math.sin(step / 30.0) + random.nextInt(2));
			for (int call = 0; call < calls; call++) {
				boolean support = random.nextInt(3) != 0;
				List<String> prompts = support ? questions : knowledge;
				String prompt = prompts.get(random.nextInt(prompts.size()));
				String tenant = tenants.get(random.nextInt(tenants.size()));
				this.assistant.ask(support ? AssistantTask.SUPPORT : AssistantTask.KNOWLEDGE,
						(random.nextInt(4) == 0) ? prompt + " I use version " + random.nextInt(60) + "." : prompt,
						tenant.isEmpty() ? null : tenant);
			}
		}
		openUntil("wrong-hits-table", "support");
		new Select(find("range")).selectByVisibleText("last 6 h");
		for (Screen screen : Screen.ALL) {
			screen.show(this.browser);
			Object end = this.browser.executeScript("return document.getElementById(arguments[0]).offsetTop - 6",
					(screen.width() == Screen.WIDE) ? "explain" : "reasons");
			screen.picture(this.browser, "dashboard", ((Number) end).longValue());
		}
	}

	private Outcome ask(String prompt) {
		return this.assistant.ask(AssistantTask.SUPPORT, prompt, null).outcome();
	}

	private void look(String task, String prompt) {
		this.cache.get(CacheRequest.forTask(task, String.class).prompt(prompt).model("unknown").semantic(true).build(),
				() -> "Answer to " + prompt);
	}

	private void open() {
		this.browser.get("http://localhost:" + this.port + "/actuator/llmcachedashboard");
		await(ExpectedConditions.attributeToBe(By.tagName("html"), "data-ready", "true"));
	}

	/**
	 * Open the page until it shows what happens in the background.
	 */
	private void openUntil(String id, String text) {
		await((browser) -> {
			open();
			return text(id).contains(text);
		});
	}

	private void submit(String form) {
		this.browser.findElement(By.cssSelector("#" + form + "-form > button")).click();
	}

	private WebElement field(String form, String name) {
		return this.browser.findElement(By.cssSelector("#" + form + "-form [name=" + name + "]"));
	}

	/**
	 * The rows of a table, shown or not.
	 */
	private List<String> rows(String id) {
		return this.browser.findElements(By.cssSelector("#" + id + " tbody tr"))
			.stream()
			.map((row) -> String.join(" ",
					row.findElements(By.cssSelector("th, td"))
						.stream()
						.map((cell) -> cell.getDomProperty("textContent"))
						.toList()))
			.toList();
	}

	private String text(String id) {
		return find(id).getDomProperty("textContent");
	}

	private ExpectedCondition<Boolean> textOf(String id, String text) {
		return (browser) -> find(id).getText().contains(text);
	}

	private <T> T await(ExpectedCondition<T> condition) {
		return new WebDriverWait(this.browser, Duration.ofSeconds(60)).until(condition);
	}

	private WebElement find(String id) {
		return this.browser.findElement(By.id(id));
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class ClockConfiguration {

		@Bean
		MutableClock testClock() {
			return new MutableClock(Instant.parse("2026-11-01T08:30:00Z"));
		}

	}

}
