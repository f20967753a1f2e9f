package io.github.llmcache.core;

import java.text.Normalizer;

/**
 * Conservative normalisation of prompts for the exact tier.
 * <p>
 * Unicode normalisation form C, line ends to {@code \n}, and blanks at both ends removed.
 * Inner blanks, case and punctuation stay: they carry meaning in code and in data.
 */
public final class PromptNormalizer {

	private PromptNormalizer() {
	}

	/**
	 * Normalise a prompt. Normalising twice changes nothing more.
	 * @param prompt the prompt as the caller wrote it
	 * @return the normalised prompt; empty if there were only blanks
	 */
	public static String normalize(String prompt) {
		String text = Normalizer.isNormalized(prompt, Normalizer.Form.NFC) ? prompt
				: Normalizer.normalize(prompt, Normalizer.Form.NFC);
		if (text.indexOf('\r') >= 0) {
			text = text.replace("\r\n", "\n").replace('\r', '\n');
		}
		return text.strip();
	}

}
