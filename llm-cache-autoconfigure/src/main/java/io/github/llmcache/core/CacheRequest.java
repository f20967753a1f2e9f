package io.github.llmcache.core;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterizedTypeReference;

import io.github.llmcache.answer.AdmissionPolicy;
import io.github.llmcache.key.Argument;
import io.github.llmcache.key.CacheIdentity;
import io.github.llmcache.policy.CachePolicy;
import io.github.llmcache.policy.RequestedPolicy;

/**
 * One question to the cache. Immutable.
 *
 * @param <T> type of the answer
 * @see LlmCache#get(CacheRequest, Loader)
 */
public final class CacheRequest<T> {

	private final CacheIdentity identity;

	private final @Nullable String prompt;

	private final Type resultType;

	private final RequestedPolicy policy;

	private final Set<String> tags;

	private final @Nullable String bypassReason;

	private final Predicate<@Nullable Object> unless;

	private final AdmissionPolicy validator;

	private CacheRequest(Builder<T> builder) {
		this.identity = new CacheIdentity(builder.task, builder.resultType.getTypeName(), builder.model,
				builder.template, builder.scope, builder.arguments);
		this.prompt = builder.prompt;
		this.resultType = builder.resultType;
		this.policy = builder.policy;
		this.tags = Set.copyOf(builder.tags);
		this.bypassReason = builder.bypassReason;
		this.unless = builder.unless;
		this.validator = builder.validator;
	}

	/**
	 * Start a request.
	 * @param <T> type of the answer
	 * @param task name of the kind of work; not blank
	 * @param resultType type of the answer
	 * @return a builder
	 */
	public static <T> Builder<T> forTask(String task, Class<T> resultType) {
		return new Builder<>(task, resultType);
	}

	/**
	 * Start a request for an answer of a generic type.
	 * @param <T> type of the answer
	 * @param task name of the kind of work; not blank
	 * @param resultType type of the answer
	 * @return a builder
	 */
	public static <T> Builder<T> forTask(String task, ParameterizedTypeReference<T> resultType) {
		return new Builder<>(task, resultType.getType());
	}

	/**
	 * Start a request for an answer whose type is known only at run time.
	 * @param task name of the kind of work; not blank
	 * @param resultType type of the answer
	 * @return a builder
	 */
	public static Builder<Object> forTask(String task, Type resultType) {
		return new Builder<>(task, resultType);
	}

	public CacheIdentity identity() {
		return this.identity;
	}

	public String task() {
		return this.identity.task();
	}

	public @Nullable String prompt() {
		return this.prompt;
	}

	public Type resultType() {
		return this.resultType;
	}

	public RequestedPolicy policy() {
		return this.policy;
	}

	public Set<String> tags() {
		return this.tags;
	}

	/**
	 * Why the cache must not be consulted.
	 * @return the reason, or {@code null} to consult it
	 */
	public @Nullable String bypassReason() {
		return this.bypassReason;
	}

	/**
	 * Whether the caller vetoes storing an answer.
	 * @param value the answer
	 * @return {@code true} if it must not be stored
	 */
	boolean isVetoed(@Nullable Object value) {
		return this.unless.test(value);
	}

	/**
	 * Why an answer, loaded or found, is useless to the caller.
	 * @param value the answer
	 * @return the reason, or {@code null} if it is valid
	 */
	@Nullable String invalidReason(Object value) {
		return this.validator.rejectionReason(task(), value);
	}

	/**
	 * The task only: the rest may hold personal data.
	 */
	@Override
	public String toString() {
		return "CacheRequest[task=" + task() + "]";
	}

	/**
	 * Builds a {@link CacheRequest}. Not for use by several threads.
	 *
	 * @param <T> type of the answer
	 */
	public static final class Builder<T> {

		private final String task;

		private final Type resultType;

		private @Nullable String prompt;

		private @Nullable String model;

		private @Nullable String template;

		private @Nullable String scope;

		private List<Argument> arguments = List.of();

		private Set<String> tags = Set.of();

		private RequestedPolicy policy = RequestedPolicy.DEFAULT;

		private @Nullable String bypassReason;

		private Predicate<@Nullable Object> unless = (value) -> false;

		private AdmissionPolicy validator = (task, value) -> null;

		private Builder(String task, Type resultType) {
			this.task = task;
			this.resultType = resultType;
		}

		/**
		 * The one text that may be worded differently and still mean the same. A request
		 * without it, or with a blank one, bypasses the cache.
		 * @param prompt the prompt
		 * @return this builder
		 */
		public Builder<T> prompt(@Nullable String prompt) {
			this.prompt = prompt;
			return this;
		}

		/**
		 * The language model that is asked.
		 * @param model the model's name
		 * @return this builder
		 */
		public Builder<T> model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * The prompt template, or its version.
		 * @param template the template
		 * @return this builder
		 */
		public Builder<T> template(@Nullable String template) {
			this.template = template;
			return this;
		}

		/**
		 * The tenant or user that the answer belongs to.
		 * @param scope the scope
		 * @return this builder
		 */
		public Builder<T> scope(@Nullable String scope) {
			this.scope = scope;
			return this;
		}

		/**
		 * Another thing that has to be equal, such as temperature, system prompt or
		 * language.
		 * @param name a name that is unique within the request
		 * @param value anything that can be written as JSON
		 * @return this builder
		 */
		public Builder<T> argument(String name, @Nullable Object value) {
			return argument(new Argument(name, value));
		}

		/**
		 * Another thing that has to be equal.
		 * @param argument the argument
		 * @return this builder
		 */
		public Builder<T> argument(Argument argument) {
			this.arguments = this.arguments.isEmpty() ? new ArrayList<>() : this.arguments;
			this.arguments.add(argument);
			return this;
		}

		/**
		 * A tag by which the answer can be evicted.
		 * @param tag the tag
		 * @return this builder
		 */
		public Builder<T> tag(String tag) {
			this.tags = this.tags.isEmpty() ? new TreeSet<>() : this.tags;
			this.tags.add(tag);
			return this;
		}

		/**
		 * How long the answer may be served.
		 * @param ttl the TTL; zero if it is not cached, {@code null} for the default
		 * @return this builder
		 */
		public Builder<T> ttl(@Nullable Duration ttl) {
			return policy((policy) -> policy.ttl(ttl));
		}

		/**
		 * Whether another wording of the prompt may be served.
		 * @param semantic {@code null} for the default
		 * @return this builder
		 */
		public Builder<T> semantic(@Nullable Boolean semantic) {
			return policy((policy) -> policy.semantic(semantic));
		}

		/**
		 * Any other setting of the task, such as
		 * {@code (policy) -> policy.refreshAfter(Duration.ofMinutes(10))}. The operator's
		 * properties take precedence.
		 * @param policy changes, which are applied after earlier ones
		 * @return this builder
		 */
		public Builder<T> policy(RequestedPolicy policy) {
			this.policy = this.policy.andThen(policy);
			return this;
		}

		/**
		 * Do not consult the cache for this call.
		 * @param reason the reason, one of a small fixed set of lower-case words joined
		 * by dashes, used as a tag of meters; {@code null} to consult it
		 * @return this builder
		 */
		public Builder<T> bypass(@Nullable String reason) {
			this.bypassReason = reason;
			return this;
		}

		/**
		 * Veto storing some answers.
		 * @param unless decides whether an answer must not be stored
		 * @return this builder
		 */
		public Builder<T> unless(Predicate<@Nullable Object> unless) {
			this.unless = unless;
			return this;
		}

		/**
		 * Check that answers are of use to the caller. A loaded answer that is not valid
		 * is returned but not stored. A cached one that is not valid is removed, and the
		 * lookup goes on as if it had not been there.
		 * @param validator judges loaded answers after all other policies, and each
		 * answer that is found; an answer on which it fails is not valid
		 * @return this builder
		 */
		public Builder<T> validator(AdmissionPolicy validator) {
			this.validator = validator;
			return this;
		}

		/**
		 * Build the request.
		 * @return the request
		 * @throws IllegalArgumentException if the task is blank, or a setting of the
		 * policy is out of its range
		 */
		public CacheRequest<T> build() {
			if (this.policy != RequestedPolicy.DEFAULT) {
				// fails here rather than in the call
				this.policy.applyTo(CachePolicy.DEFAULT);
			}
			return new CacheRequest<>(this);
		}

	}

}
