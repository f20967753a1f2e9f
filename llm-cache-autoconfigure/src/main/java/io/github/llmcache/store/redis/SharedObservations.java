package io.github.llmcache.store.redis;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.llmcache.store.LabelledObservation;
import io.github.llmcache.store.Observation;
import io.github.llmcache.store.ObservationStore.Observations;

/**
 * What instances learned about tasks, as a stream for each task: time, label, whether the
 * candidate is served in any case, probability, hits without a label, hits that could not
 * be judged, and features, with blanks in between.
 */
final class SharedObservations {

	private static final byte[] LIFETIME = RedisKeys.bytes(Long.toString(Duration.ofDays(90).toMillis()));

	private static final byte[] LENGTH = RedisKeys.bytes("1000");

	/** Time, label, accepted, probability, unlabelled and unknown hits. */
	private static final int FIXED_FIELDS = 6;

	private final RedisKeys keys;

	private final RedisScripts scripts;

	SharedObservations(RedisKeys keys, RedisScripts scripts) {
		this.keys = keys;
		this.scripts = scripts;
	}

	Observations exchange(String task, List<LabelledObservation> added, String since) {
		List<byte[]> arguments = new ArrayList<>(List.of(RedisKeys.bytes(since), LIFETIME, LENGTH));
		added.forEach((observation) -> arguments.add(RedisKeys.bytes(encode(observation))));
		Reply reply = this.scripts.run(Script.OBSERVE, List.of(this.keys.observations(task)),
				arguments.toArray(new byte[0][]));
		List<LabelledObservation> observations = new ArrayList<>();
		for (int i = 1; i < reply.size(); i++) {
			LabelledObservation observation = decode(new String(reply.requiredBytes(i), StandardCharsets.UTF_8));
			if (observation != null) {
				observations.add(observation);
			}
		}
		return new Observations(observations, reply.text(0));
	}

	static String encode(LabelledObservation labelled) {
		Observation observation = labelled.observation();
		return labelled.time().toEpochMilli() + " " + bit(labelled.right()) + " " + bit(observation.accepted()) + " "
				+ observation.probability() + " " + labelled.unlabelled() + " " + labelled.unknown() + " "
				+ observation.features().stream().map(String::valueOf).collect(Collectors.joining(" "));
	}

	/**
	 * {@code null} for what is no observation: somebody else's, or of another version.
	 */
	static @Nullable LabelledObservation decode(String text) {
		String[] fields = text.split(" ");
		if (fields.length <= FIXED_FIELDS) {
			return null;
		}
		try {
			List<Double> features = Arrays.stream(fields, FIXED_FIELDS, fields.length).map(Double::valueOf).toList();
			Observation observation = new Observation(features, Double.parseDouble(fields[3]), fields[2].equals("1"));
			return new LabelledObservation(observation, fields[1].equals("1"),
					Instant.ofEpochMilli(Long.parseLong(fields[0])), Long.parseLong(fields[4]),
					Long.parseLong(fields[5]));
		}
		catch (NumberFormatException | DateTimeException ex) {
			return null;
		}
	}

	private static char bit(boolean value) {
		return value ? '1' : '0';
	}

}
