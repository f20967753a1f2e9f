package io.github.llmcache.sample.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.openqa.selenium.chrome.ChromeDriver;

import org.springframework.core.io.ClassPathResource;

/**
 * What axe-core has against a page, by the rules of WCAG, levels A and AA, and by its own
 * best practices.
 */
final class Accessibility {

	private Accessibility() {
	}

	@SuppressWarnings("unchecked")
	static List<String> violations(ChromeDriver browser) throws IOException {
		browser.executeScript(new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8));
		return (List<String>) browser.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run().then(({ violations }) => done(violations.flatMap((violation) =>
						violation.nodes.map((node) => `${violation.id}: ${node.html} ${node.failureSummary}`))));
				""");
	}

}
