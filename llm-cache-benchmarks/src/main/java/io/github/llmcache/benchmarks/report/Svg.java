package io.github.llmcache.benchmarks.report;

import java.util.Locale;

/**
 * A drawing, written element by element; lengths are in pixels.
 */
final class Svg {

	private static final String HEAD = """
			<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d" \
			font-family="sans-serif" font-size="12">
			<rect width="100%%" height="100%%" fill="white"/>
			""";

	private final StringBuilder elements = new StringBuilder();

	private final int width;

	private final int height;

	Svg(int width, int height) {
		this.width = width;
		this.height = height;
	}

	Svg line(double x1, double y1, double x2, double y2, String colour) {
		return element("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>", x1, y1, x2, y2, colour);
	}

	Svg bar(double x, double y, double width, double height, String colour) {
		return element("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>", x, y, width, height,
				colour);
	}

	Svg dot(double x, double y, String colour) {
		return element("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, colour);
	}

	/**
	 * Write a text.
	 * @param x where the text is anchored
	 * @param y its base line
	 * @param anchor {@code start}, {@code middle} or {@code end}
	 * @param text the text
	 * @return this
	 */
	Svg text(double x, double y, String anchor, String text) {
		String escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("`", "");
		return element("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, escaped);
	}

	private Svg element(String format, Object... arguments) {
		this.elements.append(String.format(Locale.ROOT, format, arguments)).append('\n');
		return this;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, HEAD, this.width, this.height) + this.elements + "</svg>\n";
	}

}
