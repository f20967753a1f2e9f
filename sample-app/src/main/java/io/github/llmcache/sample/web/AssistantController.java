package io.github.llmcache.sample.web;

import java.util.Map;
import java.util.function.Supplier;

import reactor.core.publisher.Flux;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.llmcache.core.CallControl;
import io.github.llmcache.event.ReliabilitySource;
import io.github.llmcache.sample.model.ModelException;
import io.github.llmcache.sample.router.AssistantPart;
import io.github.llmcache.sample.router.AssistantReply;
import io.github.llmcache.sample.router.AssistantService;
import io.github.llmcache.sample.router.AssistantTask;
import io.github.llmcache.sample.router.Ledger;

/**
 * Asks the assistant, and shows the books. Eviction is left to the Actuator.
 */
@RestController
@RequestMapping("/api")
class AssistantController {

	private final AssistantService assistant;

	private final Ledger ledger;

	private final ObjectProvider<ReliabilitySource> reliability;

	AssistantController(AssistantService assistant, Ledger ledger, ObjectProvider<ReliabilitySource> reliability) {
		this.assistant = assistant;
		this.ledger = ledger;
		this.reliability = reliability;
	}

	@PostMapping("/ask")
	ResponseEntity<AskResponse> ask(@RequestBody AskRequest request,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, defaultValue = "") String cacheControl) {
		AssistantTask task = request.requiredTask();
		String prompt = request.requiredPrompt();
		AssistantReply reply = controlled(cacheControl, () -> this.assistant.ask(task, prompt, request.tenantOrNull()));
		return ResponseEntity.ok().headers(CacheStatusHeaders.of(reply)).body(AskResponse.of(reply));
	}

	/**
	 * Server-sent events: {@code text} for each part of the answer as it comes, and
	 * {@code end} with the same as {@link #ask}; or {@code error}.
	 */
	@PostMapping(path = "/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Flux<ServerSentEvent<Object>> stream(@RequestBody AskRequest request,
			@RequestHeader(name = HttpHeaders.CACHE_CONTROL, defaultValue = "") String cacheControl) {
		AssistantTask task = request.requiredTask();
		String prompt = request.requiredPrompt();
		return controlled(cacheControl, () -> this.assistant.stream(task, prompt, request.tenantOrNull()))
			.map(AssistantController::event)
			.onErrorResume(ModelException.class, (ex) -> Flux.just(event("error", noAnswer(ex))));
	}

	private static ServerSentEvent<Object> event(AssistantPart part) {
		return (part.reply() != null) ? event("end", AskResponse.of(part.reply()))
				: event("text", Map.of("text", part.text()));
	}

	private static ServerSentEvent<Object> event(String name, Object data) {
		return ServerSentEvent.builder(data).event(name).build();
	}

	private static <T> T controlled(String cacheControl, Supplier<T> call) {
		CallControl control = CacheControlHeader.parse(cacheControl);
		if (control == null) {
			return call.get();
		}
		try (CallControl.Scope scope = control.apply()) {
			return call.get();
		}
	}

	@GetMapping("/stats")
	StatsResponse stats() {
		ReliabilitySource source = this.reliability.getIfAvailable();
		return StatsResponse.of(this.ledger.balance(), (source != null) ? source.reliabilities() : Map.of());
	}

	@ExceptionHandler
	ProblemDetail badRequest(BadRequestException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_REQUEST, ex.getMessage());
	}

	@ExceptionHandler
	ProblemDetail noAnswer(ModelException ex) {
		return ProblemDetail.forStatusAndDetail(HttpStatus.BAD_GATEWAY, ex.getMessage());
	}

}
