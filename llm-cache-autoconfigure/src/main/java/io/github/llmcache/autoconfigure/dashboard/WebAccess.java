package io.github.llmcache.autoconfigure.dashboard;

import java.util.function.Function;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;

/**
 * How far endpoints are there for a browser: by the operations that exposure and access
 * levels have left.
 */
final class WebAccess implements Function<EndpointId, Access> {

	/** Not asked before a request comes, since endpoints are found by creating them. */
	private final ObjectProvider<WebEndpointsSupplier> endpoints;

	WebAccess(ObjectProvider<WebEndpointsSupplier> endpoints) {
		this.endpoints = endpoints;
	}

	@Override
	public Access apply(EndpointId id) {
		return this.endpoints.stream()
			.flatMap((supplier) -> supplier.getEndpoints().stream())
			.filter((endpoint) -> endpoint.getEndpointId().equals(id))
			.map(WebAccess::access)
			.findFirst()
			.orElse(Access.NONE);
	}

	private static Access access(ExposableWebEndpoint endpoint) {
		if (endpoint.getOperations().isEmpty()) {
			return Access.NONE;
		}
		return endpoint.getOperations().stream().allMatch((operation) -> operation.getType() == OperationType.READ)
				? Access.READ_ONLY : Access.UNRESTRICTED;
	}

}
