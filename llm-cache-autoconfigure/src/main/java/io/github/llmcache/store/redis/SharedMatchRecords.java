package io.github.llmcache.store.redis;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.answer.AnswerEquivalence.Verdict;
import io.github.llmcache.encryption.SealedValueException;
import io.github.llmcache.store.LabelledMatch;
import io.github.llmcache.store.MatchRecord;
import io.github.llmcache.store.MatchRecordStore.MatchRecords;

/**
 * What instances learned about tasks, as a stream for each task: time, label (1 right, 0
 * wrong, ? nobody could tell), whether the verifier accepts the candidate, probability,
 * hits without a label, hits that could not be judged, whether the candidate was served,
 * and features, with blanks in between; and beside it the digest of the scope, if there
 * is one, so that it can be erased.
 */
final class SharedMatchRecords {

	private static final byte[] LIFETIME = RedisKeys.bytes(Long.toString(Duration.ofDays(90).toMillis()));

	private static final byte[] LENGTH = RedisKeys.bytes("1000");

	/** Time, label, accepted, probability, unlabelled and unknown hits, served. */
	private static final int FIXED_FIELDS = 7;

	private static final String HIT = "hit";

	private static final String MISS = "miss";

	private final RedisKeys keys;

	private final RedisScripts scripts;

	private final Sealing sealing;

	SharedMatchRecords(RedisKeys keys, RedisScripts scripts, Sealing sealing) {
		this.keys = keys;
		this.scripts = scripts;
		this.sealing = sealing;
	}

	MatchRecords exchange(String task, List<LabelledMatch> added, String since) {
		List<byte[]> arguments = new ArrayList<>(List.of(RedisKeys.bytes(since), LIFETIME, LENGTH));
		added.forEach((labelled) -> {
			String scope = this.sealing.scopeDigest(labelled.matchRecord().scope());
			arguments.add(RedisKeys.bytes(this.sealing.sealText(encode(labelled), context(task))));
			arguments.add(RedisKeys.bytes((scope != null) ? scope : ""));
		});
		Reply reply = this.scripts.run(Script.OBSERVE, List.of(this.keys.matchRecords(task)),
				arguments.toArray(new byte[0][]));
		List<LabelledMatch> matchRecords = new ArrayList<>();
		for (int i = 1; i < reply.size(); i++) {
			LabelledMatch matchRecord = open(task, reply.text(i));
			if (matchRecord != null) {
				matchRecords.add(matchRecord);
			}
		}
		return new MatchRecords(matchRecords, reply.text(0));
	}

	private @Nullable LabelledMatch open(String task, String text) {
		try {
			return decode(this.sealing.openText(text, context(task)));
		}
		catch (SealedValueException | IllegalArgumentException ex) {
			return null;
		}
	}

	private static String context(String task) {
		return "observations of " + task;
	}

	/**
	 * Remove what was learned from answers of a scope.
	 * @param count whether it is counted only
	 * @return how many match records there were
	 */
	long erase(String task, String scopeDigest, boolean count) {
		return this.scripts
			.run(Script.ERASE_OBSERVATIONS, List.of(this.keys.matchRecords(task)), RedisKeys.bytes(scopeDigest),
					RedisKeys.bytes(count ? "1" : ""))
			.number(0);
	}

	static String encode(LabelledMatch labelled) {
		MatchRecord matchRecord = labelled.matchRecord();
		return labelled.time().toEpochMilli() + " " + letter(labelled.verdict()) + " " + bit(matchRecord.accepted())
				+ " " + matchRecord.probability() + " " + labelled.unlabelled() + " " + labelled.unknown() + " "
				+ (labelled.served() ? HIT : MISS) + " "
				+ matchRecord.features().stream().map(String::valueOf).collect(Collectors.joining(" "));
	}

	/**
	 * Returns {@code null} for a text that is not a match record: somebody else's, or of
	 * another version. Earlier versions do not say what was served: taken for that is
	 * what the verifier accepted.
	 */
	static @Nullable LabelledMatch decode(String text) {
		String[] fields = text.split(" ");
		if (fields.length <= FIXED_FIELDS) {
			return null;
		}
		String outcome = fields[FIXED_FIELDS - 1];
		boolean told = outcome.equals(HIT) || outcome.equals(MISS);
		boolean accepted = fields[2].equals("1");
		try {
			List<Double> features = Arrays.stream(fields, told ? FIXED_FIELDS : FIXED_FIELDS - 1, fields.length)
				.map(Double::valueOf)
				.toList();
			MatchRecord matchRecord = new MatchRecord(features, Double.parseDouble(fields[3]), accepted);
			return new LabelledMatch(matchRecord, told ? outcome.equals(HIT) : accepted, verdict(fields[1]),
					Instant.ofEpochMilli(Long.parseLong(fields[0])), Long.parseLong(fields[4]),
					Long.parseLong(fields[5]));
		}
		catch (IllegalArgumentException | DateTimeException ex) {
			return null;
		}
	}

	private static char letter(Verdict verdict) {
		return switch (verdict) {
			case SAME -> '1';
			case DIFFERENT -> '0';
			case UNKNOWN -> '?';
		};
	}

	private static Verdict verdict(String letter) {
		return switch (letter) {
			case "1" -> Verdict.SAME;
			case "0" -> Verdict.DIFFERENT;
			case "?" -> Verdict.UNKNOWN;
			default -> throw new IllegalArgumentException("Not a verdict: " + letter);
		};
	}

	private static char bit(boolean value) {
		return value ? '1' : '0';
	}

}
