package io.github.llmcache.judge;

import java.time.Duration;

/**
 * When a judge is asked, and how much that may take.
 *
 * @param beforeServing whether calls wait for it; otherwise it is asked in the background
 * only, where nobody else can tell whether two answers say the same
 * @param maxWait how long one call waits for verdicts, all of them together; positive
 * @param callsPerMinute how often the judge is asked within a minute; positive
 * @param minProbability lowest probability that two prompts ask for the same, by the
 * paraphrase model, at which a candidate is worth a question, between 0 and 1
 * @param confirmBelow below this probability, {@code SAME} counts only if a second
 * question is answered so, too; between 0 (never ask twice) and 1 (always)
 * @param maxCandidates how many different answers a call asks about at most; positive
 * @param remembered how many verdicts are remembered; not negative
 */
public record JudgeSettings(boolean beforeServing, Duration maxWait, int callsPerMinute, double minProbability,
		double confirmBelow, int maxCandidates, int remembered) {

	/**
	 * The default, in the background only.
	 */
	public static final JudgeSettings DEFAULT = new JudgeSettings(false, Duration.ofSeconds(2), 120, 0.3, 1, 3, 10_000);

	public JudgeSettings {
		if (maxWait.isNegative() || maxWait.isZero()) {
			throw new IllegalArgumentException("The longest wait must be positive but is " + maxWait);
		}
		if (callsPerMinute < 1) {
			throw new IllegalArgumentException("At least one call a minute is needed, not " + callsPerMinute);
		}
		if (!(minProbability >= 0 && minProbability <= 1)) {
			throw new IllegalArgumentException(
					"The lowest probability must be between 0 and 1 but is " + minProbability);
		}
		if (!(confirmBelow >= 0 && confirmBelow <= 1)) {
			throw new IllegalArgumentException(
					"The probability to confirm below must be between 0 and 1 but is " + confirmBelow);
		}
		if (maxCandidates < 1) {
			throw new IllegalArgumentException("At least one candidate has to be allowed, not " + maxCandidates);
		}
		if (remembered < 0) {
			throw new IllegalArgumentException("A number of verdicts cannot be " + remembered);
		}
	}

}
