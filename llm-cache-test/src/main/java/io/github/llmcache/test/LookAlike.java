package io.github.llmcache.test;

/**
 * Two prompts that look alike, and whether they ask for the same.
 *
 * @param prompt a prompt
 * @param other another one
 * @param same whether each may be served the other's answer
 */
public record LookAlike(String prompt, String other, boolean same) {

	/**
	 * Two prompts that must not be mixed up.
	 * @param prompt a prompt
	 * @param other one that looks like it
	 * @return the pair
	 */
	public static LookAlike different(String prompt, String other) {
		return new LookAlike(prompt, other, false);
	}

	/**
	 * Two wordings of the same, of which the second is to be served the answer to the
	 * first.
	 * @param prompt a prompt
	 * @param other another wording
	 * @return the pair
	 */
	public static LookAlike same(String prompt, String other) {
		return new LookAlike(prompt, other, true);
	}

}
