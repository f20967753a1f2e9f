package io.github.llmcache.sample.web;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

import org.openqa.selenium.chrome.ChromeDriver;

/**
 * How wide a screen is, and whether its owner likes it dark. Takes pictures of it.
 */
record Screen(int width, boolean dark) {

	static final int WIDE = 1200;

	static final int PHONE = 390;

	static final List<Screen> ALL = List.of(new Screen(WIDE, false), new Screen(WIDE, true), new Screen(PHONE, false),
			new Screen(PHONE, true));

	/** Pictures are those of the documents if these are to be written. */
	private static final Path DIRECTORY = "write".equals(System.getProperty("llm-cache.docs"))
			? Path.of("../docs/images") : Path.of("target/images");

	private static final int MOST_COLOURS = 256;

	void show(ChromeDriver browser) {
		browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features",
				List.of(Map.of("name", "prefers-color-scheme", "value", this.dark ? "dark" : "light"))));
		browser.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", this.width, "height", 900, "deviceScaleFactor", 1, "mobile", this.width == PHONE));
		// two frames: one to lay out, one to draw charts as wide as they may be
		browser.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done())));
				""");
	}

	/**
	 * Take a picture of the upper part of the page.
	 */
	void picture(ChromeDriver browser, String page, long height) throws IOException {
		Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", this.width, "height", height, "scale", 1);
		Object data = browser
			.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
			.get("data");
		BufferedImage image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode((String) data)));
		Files.createDirectories(DIRECTORY);
		write(indexed(image), DIRECTORY.resolve(
				page + "-" + (this.width == PHONE ? "phone" : "wide") + "-" + (this.dark ? "dark" : "light") + ".png"));
	}

	/**
	 * The image in 256 colours, which a page of few colours and smooth letters can do
	 * with.
	 */
	private static BufferedImage indexed(BufferedImage image) {
		Map<Integer, Integer> counts = new HashMap<>();
		int[] pixels = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
		for (int pixel : pixels) {
			counts.merge(pixel, 1, Integer::sum);
		}
		int[] colours = palette(counts);
		Map<Integer, Integer> indexes = new HashMap<>();
		counts.keySet().forEach((pixel) -> indexes.put(pixel, nearest(colours, pixel)));
		BufferedImage indexed = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED,
				new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE));
		byte[] bytes = new byte[pixels.length];
		for (int i = 0; i < pixels.length; i++) {
			bytes[i] = indexes.get(pixels[i]).byteValue();
		}
		indexed.getRaster().setDataElements(0, 0, image.getWidth(), image.getHeight(), bytes);
		return indexed;
	}

	/**
	 * The most frequent colours, but first those among them that no other is like.
	 */
	private static int[] palette(Map<Integer, Integer> counts) {
		List<Integer> frequent = counts.entrySet()
			.stream()
			.sorted(Map.Entry.<Integer, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
			.map(Map.Entry::getKey)
			.toList();
		Set<Integer> chosen = new LinkedHashSet<>();
		for (int difference : new int[] { 40, 20, 0 }) {
			for (int colour : frequent) {
				if (chosen.size() < MOST_COLOURS
						&& chosen.stream().noneMatch((other) -> distance(other, colour) < difference * difference)) {
					chosen.add(colour);
				}
			}
		}
		return chosen.stream().mapToInt(Integer::intValue).toArray();
	}

	private static int nearest(int[] colours, int colour) {
		int nearest = 0;
		for (int i = 1; i < colours.length; i++) {
			if (distance(colours[i], colour) < distance(colours[nearest], colour)) {
				nearest = i;
			}
		}
		return nearest;
	}

	private static int distance(int one, int other) {
		int sum = 0;
		for (int shift = 0; shift <= 16; shift += 8) {
			int difference = ((one >> shift) & 0xff) - ((other >> shift) & 0xff);
			sum += difference * difference;
		}
		return sum;
	}

	private static void write(BufferedImage image, Path file) throws IOException {
		ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
		ImageWriteParam parameters = writer.getDefaultWriteParam();
		parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
		parameters.setCompressionQuality(0);
		Files.deleteIfExists(file);
		try (ImageOutputStream output = ImageIO.createImageOutputStream(file.toFile())) {
			writer.setOutput(output);
			writer.write(null, new IIOImage(image, null, null), parameters);
		}
		finally {
			writer.dispose();
		}
	}

}
