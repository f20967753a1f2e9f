package io.github.llmcache.answer;

import java.util.Collection;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether an answer is worth keeping.
 * <p>
 * Called after the method has returned, by many threads at once. May throw any unchecked
 * exception: the answer is then returned to the caller and not stored.
 */
public interface AdmissionPolicy {

	/**
	 * Judge an answer.
	 * @param task the task
	 * @param value what the method returned, without a {@link CachedAnswer} around it
	 * @return {@code null} to admit it; otherwise why not, as one of a small fixed set of
	 * words in lower case joined by dashes, used as a tag of meters
	 */
	@Nullable String rejectionReason(String task, @Nullable Object value);

	/**
	 * Judge with this policy first, then with another.
	 * @param next asked only if this one admits
	 * @return both as one
	 */
	default AdmissionPolicy and(AdmissionPolicy next) {
		return (task, value) -> {
			String reason = rejectionReason(task, value);
			return (reason != null) ? reason : next.rejectionReason(task, value);
		};
	}

	/**
	 * Rejects what holds no answer: {@code null} ({@code null-value}); empty or blank
	 * text, empty maps, arrays and optionals, and collections and streams that hold
	 * nothing else ({@code empty-value}).
	 * @return the policy
	 */
	static AdmissionPolicy rejectEmpty() {
		return (task, value) -> EmptyValues.rejectionReason(value);
	}

	/**
	 * Rejects an answer that says that it is incomplete ({@code incomplete}), also inside
	 * an optional, a collection or a stream.
	 * @return the policy
	 * @see Completeness
	 */
	static AdmissionPolicy rejectIncomplete() {
		return (task, value) -> isIncomplete(value) ? "incomplete" : null;
	}

	private static boolean isIncomplete(@Nullable Object value) {
		if (value instanceof Optional<?> optional) {
			return isIncomplete(optional.orElse(null));
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().anyMatch(AdmissionPolicy::isIncomplete);
		}
		return value instanceof Completeness completeness && !completeness.complete();
	}

	/**
	 * Rejects what is empty or incomplete.
	 * @return the policy that applies by default
	 */
	static AdmissionPolicy standard() {
		return rejectEmpty().and(rejectIncomplete());
	}

}
