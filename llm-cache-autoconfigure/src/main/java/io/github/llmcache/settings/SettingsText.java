package io.github.llmcache.settings;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How settings are stored: a line for each, with the task, percent-encoded, and its
 * value. Lines that cannot be read are those of another version, and stay as they are.
 */
final class SettingsText {

	private SettingsText() {
	}

	static Map<String, TaskSettings> read(String text) {
		Map<String, TaskSettings> tasks = new TreeMap<>();
		text.lines().forEach((line) -> read(line, tasks));
		return tasks;
	}

	private static boolean read(String line, Map<String, TaskSettings> tasks) {
		String[] parts = line.split(" ");
		Setting setting = (parts.length == 3) ? Setting.of(parts[1]) : null;
		if (setting == null) {
			return false;
		}
		try {
			String task = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
			Object value = setting.read(parts[2]);
			tasks.merge(task, TaskSettings.NONE.with(setting, value), TaskSettings::with);
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * Change the settings of one task.
	 */
	static String with(String text, String task, TaskSettings settings) {
		Map<String, TaskSettings> tasks = new TreeMap<>();
		String unreadable = text.lines()
			.filter((line) -> !read(line, tasks))
			.map((line) -> line + '\n')
			.collect(Collectors.joining());
		tasks.put(task, settings);
		StringBuilder changed = new StringBuilder(unreadable);
		tasks.forEach((name, values) -> {
			for (Setting setting : Setting.values()) {
				Object value = values.get(setting);
				if (value != null) {
					changed.append(URLEncoder.encode(name, StandardCharsets.UTF_8))
						.append(' ')
						.append(setting.text())
						.append(' ')
						.append(value)
						.append('\n');
				}
			}
		});
		return changed.toString();
	}

}
