package io.github.llmcache.benchmarks.report;

import java.io.StringReader;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChartsTests {

	private final Results results = new Results();

	@Test
	void rowsWithoutNumbersAreBars() throws Exception {
		add("text", 1);

		Document chart = draw();

		// the background, and one for each row
		assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(3);
		assertThat(chart.getElementsByTagName("circle").getLength()).isZero();
	}

	@Test
	void rowsWithNumbersAreLines() throws Exception {
		add("1000", 1);
		add("10000", 2);

		Document chart = draw();

		assertThat(chart.getElementsByTagName("rect").getLength()).isEqualTo(1);
		// two points for each line, and one in the legend
		assertThat(chart.getElementsByTagName("circle").getLength()).isEqualTo(6);
	}

	private void add(String parameter, double value) {
		this.results.add(Section.EXACT_HIT, Section.EXACT_HIT.baseline(), parameter, value, null);
		this.results.add(Section.EXACT_HIT, "a < b & c", parameter, 2 * value, null);
	}

	private Document draw() throws Exception {
		String svg = Charts.draw(Section.EXACT_HIT, this.results.rows(Section.EXACT_HIT));
		return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
	}

}
