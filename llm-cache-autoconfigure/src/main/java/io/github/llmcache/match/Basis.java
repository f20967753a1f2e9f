package io.github.llmcache.match;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.calibration.Calibration;
import io.github.llmcache.platform.RecentValues;
import io.github.llmcache.platform.Sha256;
import io.github.llmcache.policy.Accuracy;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.verify.MatchVerifier;
import io.github.llmcache.verify.ParaphraseModel;

/**
 * A digest of what decisions about candidates rest on, apart from prompts and entries.
 */
final class Basis {

	private static final int DIGITS = 16;

	private final String parts;

	private final RecentValues<Settings, String> known = new RecentValues<>(64);

	Basis(@Nullable MatchVerifier verifier, @Nullable ParaphraseModel paraphrases, Calibration calibration,
			boolean judged) {
		// rules and trees that the library carries change with its version
		String version = Basis.class.getPackage().getImplementationVersion();
		this.parts = String.join("\n",
				List.of((version != null) ? version : "", (verifier != null) ? verifier.fingerprint() : "",
						(paraphrases != null) ? paraphrases.fingerprint() : "", calibration.getClass().getName(),
						String.valueOf(judged)));
	}

	String of(CachePolicy policy) {
		return this.known.computeIfAbsent(
				new Settings(policy.minSimilarity(), policy.maxCandidates(), policy.accuracy()),
				(settings) -> Sha256.hex(this.parts + '\n' + settings).substring(0, DIGITS));
	}

	private record Settings(double minSimilarity, int maxCandidates, Accuracy accuracy) {

	}

}
