package io.github.llmcache.actuate;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import io.github.llmcache.core.LlmCache;
import io.github.llmcache.store.Erasure;

/**
 * {@link Endpoint @Endpoint} that erases everything that is kept of a scope, if
 * {@code management.endpoint.llmcacheerasure.access=unrestricted} allows it. The scope
 * travels in the body, since it may be personal data.
 */
@Endpoint(id = "llmcacheerasure", defaultAccess = Access.NONE)
public class LlmCacheErasureEndpoint {

	private final LlmCache cache;

	/**
	 * Create the endpoint.
	 * @param cache the cache to erase from
	 */
	public LlmCacheErasureEndpoint(LlmCache cache) {
		this.cache = cache;
	}

	/**
	 * Erase a scope.
	 * @param scope the scope
	 * @return what was erased, and what was found when the store was looked through again
	 */
	@WriteOperation
	public ErasureDescriptor erase(String scope) {
		try {
			return ErasureDescriptor.of(this.cache.erase(scope));
		}
		catch (IllegalArgumentException | UnsupportedOperationException ex) {
			throw new InvalidEndpointRequestException("The scope cannot be erased", String.valueOf(ex.getMessage()),
					ex);
		}
	}

	/**
	 * What was erased.
	 *
	 * @param partitions partitions that were forgotten
	 * @param entries entries, with their vectors
	 * @param aliases aliases of other wordings
	 * @param refusals what feedback had forbidden
	 * @param voices that answers were equal to those of other scopes
	 * @param observations labelled match records of the calibration
	 * @param left how much of all that was found afterwards
	 */
	public record ErasureDescriptor(long partitions, long entries, long aliases, long refusals, long voices,
			long observations, long left) implements OperationResponseBody {

		static ErasureDescriptor of(Erasure erasure) {
			return new ErasureDescriptor(erasure.partitions(), erasure.entries(), erasure.aliases(), erasure.refusals(),
					erasure.voices(), erasure.observations(), erasure.left());
		}

	}

}
