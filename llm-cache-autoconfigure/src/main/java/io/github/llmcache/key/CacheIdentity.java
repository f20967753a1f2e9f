package io.github.llmcache.key;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Everything but the prompt that has to be equal for an answer to be reusable.
 *
 * @param task name of the kind of work; not blank
 * @param resultType the generic type of the answer: in a request, as
 * {@link java.lang.reflect.Type#getTypeName()} spells it; where a key is generated, as
 * {@link io.github.llmcache.codec.PayloadCodec#shape PayloadCodec.shape} describes it
 * @param model the language model that is asked, if it is known
 * @param template the prompt template or its version, if there is one
 * @param scope the tenant or user that the answer belongs to; {@code null} if the answer
 * is for everybody
 * @param arguments every other argument, in any order, with unique names
 */
public record CacheIdentity(String task, String resultType, @Nullable String model, @Nullable String template,
		@Nullable String scope, List<Argument> arguments) {

	/** No parameter of a method has such a name. */
	private static final Argument ALL_SCOPES = new Argument("llm-cache:all-scopes", true);

	public CacheIdentity {
		if (task.isBlank()) {
			throw new IllegalArgumentException("The task must not be blank");
		}
		arguments = List.copyOf(arguments);
	}

	public CacheIdentity withResultType(String resultType) {
		return new CacheIdentity(this.task, resultType, this.model, this.template, this.scope, this.arguments);
	}

	/**
	 * What this identity has in common with the same one of all other scopes. No call has
	 * it by itself, not even one without a scope.
	 * @return an identity without a scope
	 */
	public CacheIdentity forAllScopes() {
		List<Argument> all = new ArrayList<>(this.arguments);
		all.add(ALL_SCOPES);
		return new CacheIdentity(this.task, this.resultType, this.model, this.template, null, all);
	}

	/**
	 * Task and type only: the rest may hold personal data.
	 */
	@Override
	public String toString() {
		return "CacheIdentity[task=" + this.task + ", resultType=" + this.resultType + "]";
	}

}
