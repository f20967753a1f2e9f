package io.github.llmcache.actuate;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.InvocationContext;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.boot.actuate.endpoint.invoke.ParameterMappingException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.WebServerNamespace;
import org.springframework.util.MimeTypeUtils;

import io.github.llmcache.store.StoreRefusedException;
import io.github.llmcache.store.StoreUnavailableException;

/**
 * Refuses requests to the endpoints of the cache that name a criterion or setting that
 * does not exist, name one twice, or give it the value {@code null}: ignoring it would
 * remove or change something other than what was meant. Over JMX, {@code null} stands for
 * what is left out.
 * <p>
 * Over HTTP, a request that is refused here or by the endpoint is answered with the
 * reason. The reason does not quote the values of criteria. A body that is not a JSON
 * object of simple values does not get this far. The same holds for a task or an entry
 * that is not there, and for a store that does not answer or refuses.
 */
public class LlmCacheEndpointAdvisor implements OperationInvokerAdvisor {

	/** What the parameters of each endpoint are called in messages. */
	private static final Map<EndpointId, String> ENDPOINTS = Map.of(EndpointId.of("llmcache"), "criterion",
			EndpointId.of("llmcacheexplain"), "criterion", EndpointId.of("llmcacheentries"), "parameter",
			EndpointId.of("llmcachetransfer"), "parameter", EndpointId.of("llmcacheerasure"), "parameter",
			EndpointId.of("llmcachesettings"), "setting");

	@Override
	public OperationInvoker apply(EndpointId endpointId, OperationType operationType, OperationParameters parameters,
			OperationInvoker invoker) {
		String parameter = ENDPOINTS.get(endpointId);
		if (parameter == null) {
			return invoker;
		}
		boolean reads = operationType == OperationType.READ;
		List<String> known = parameters.stream().map(OperationParameter::getName).toList();
		return (context) -> {
			try {
				if (!reads || parameter.equals("parameter")) {
					check(context, known, parameter);
				}
				Object result = invoker.invoke(context);
				return (result == null && reads && isWeb(context)) ? notFound(context) : result;
			}
			catch (InvalidEndpointRequestException ex) {
				return refuse(context, ex);
			}
			catch (StoreUnavailableException | StoreRefusedException ex) {
				return fail(context, reads, ex);
			}
		};
	}

	private static void check(InvocationContext context, List<String> known, String parameter) {
		// JMX has null for whatever is left out
		boolean mayBeNull = !isWeb(context);
		context.getArguments().forEach((name, value) -> {
			if (!known.contains(name)) {
				throw invalid("'" + name + "' is not a " + parameter + ". Use " + String.join(", ", known));
			}
			if (value instanceof Collection) {
				throw invalid("Give '" + name + "' once");
			}
			if (value == null && !mayBeNull) {
				throw invalid("'" + name + "' is null. Give a value, or leave it out");
			}
		});
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	private static Object refuse(InvocationContext context, InvalidEndpointRequestException cause) {
		if (!isWeb(context)) {
			throw cause;
		}
		String reason = (cause instanceof ParameterMappingException mapping) ? "'" + mapping.getParameter().getName()
				+ "' is not valid. Give " + example(mapping.getParameter().getType())
				: String.valueOf(cause.getReason());
		return response(WebEndpointResponse.STATUS_BAD_REQUEST, reason);
	}

	private static String example(Class<?> type) {
		if (type == Duration.class) {
			return "a duration such as 30m, 12h or 7d";
		}
		if (type == Boolean.class || type == boolean.class) {
			return "true or false";
		}
		return (type == Integer.class) ? "a whole number" : "a number";
	}

	private static Object notFound(InvocationContext context) {
		return response(WebEndpointResponse.STATUS_NOT_FOUND,
				context.getArguments().containsKey("entry")
						? "The entry is not there: it expired, was evicted or removed, or is of another task"
						: "The task is not known: no call since the start has named it, no annotation and no property. "
								+ "Leave it out to see all tasks");
	}

	private static Object fail(InvocationContext context, boolean reads, RuntimeException cause) {
		if (!isWeb(context)) {
			throw cause;
		}
		return response(WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE, cause.getMessage()
				+ (reads ? ". Ask again later" : ". The request may have had its effect in part: send it again later"));
	}

	private static boolean isWeb(InvocationContext context) {
		return context.canResolve(WebServerNamespace.class);
	}

	private static Object response(int status, String message) {
		return new WebEndpointResponse<>(new RefusalDescriptor(status, message), status,
				MimeTypeUtils.APPLICATION_JSON);
	}

	/**
	 * Why a request is not answered.
	 *
	 * @param status the status of the response
	 * @param message what is wrong, and what to do
	 */
	public record RefusalDescriptor(int status, String message) implements OperationResponseBody {

	}

}
