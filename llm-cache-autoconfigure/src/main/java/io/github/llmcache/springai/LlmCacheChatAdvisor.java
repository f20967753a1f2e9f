package io.github.llmcache.springai;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.Advisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisor;
import org.springframework.ai.chat.client.advisor.api.StreamAdvisorChain;
import reactor.core.publisher.Flux;

import org.springframework.core.Ordered;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.convert.converter.Converter;
import org.springframework.util.Assert;

import io.github.llmcache.answer.CachedAnswer;
import io.github.llmcache.answer.Outcome;
import io.github.llmcache.core.CacheRequest;
import io.github.llmcache.core.CallControl;
import io.github.llmcache.core.LlmCache;
import io.github.llmcache.reactive.ReactiveLlmCache;

/**
 * The cache for a {@code ChatClient} of Spring AI, for calls and for streams:
 *
 * <pre class="code">
 * ChatClient client = ChatClient.builder(model).defaultAdvisors(advisor).build();
 * </pre>
 *
 * <p>
 * The prompt is the text of the last message, if that is a user's and has no media.
 * Everything else that the model sees is in the identity: the texts, roles, tool calls
 * (with their ids) and media of the other messages, their metadata, the model, every
 * field of the options, the definitions of the tools, and the format of structured
 * output. A {@code toolContext} without tools is not part of it, nor are
 * {@linkplain Builder#ignoredOptions options} that say how the model is reached, and
 * {@linkplain Builder#ignoredMetadata metadata of earlier replies}, such as their ids. So
 * a {@code user}, a {@code metadata} or a header that differs with each request makes
 * every call a miss, unless it is named there. What cannot be compared makes the call
 * bypass the cache, and so does a model whose name the options do not give, unless the
 * {@linkplain Builder#model builder} does. Calls and streams have entries of their own.
 * <p>
 * A hit has the texts, finish reasons, metadata, id, model and usage of the response that
 * was stored, and a stream the same chunks. Of the metadata, enumerations and simple
 * values of the platform are kept, alone or in lists and maps; values of a provider's own
 * classes are left out, and a rate limit is, too. An answer is not stored if it has no
 * text, calls tools, has media, lists something that cannot be restored (like citations
 * of a provider's own class), or did not end by itself, that is, has another finish
 * reason than {@code stop}, {@code end_turn}, {@code stop_sequence} or {@code complete},
 * in any case, or none.
 * <p>
 * If a request asks for JSON, by the format of a converter or by the options, an answer
 * that is not JSON is neither stored ({@code not-json}) nor served, and neither is one
 * that does not fit the schema ({@code schema-violation}). The entry is removed then, and
 * the model is asked.
 * <p>
 * The context of the response holds the {@link #OUTCOME outcome} and {@linkplain #ANSWER
 * more}. Parameters of single requests are {@link #TASK}, {@link #SCOPE},
 * {@link #SEMANTIC}, {@link #CONTROL} and {@link #CONVERTER}:
 *
 * <pre class="code">
 * client.prompt(question).advisors((advisors) -&gt; advisors.param(LlmCacheChatAdvisor.SCOPE, tenant))
 * </pre>
 *
 * <p>
 * By its {@linkplain #DEFAULT_ORDER default order} it is the last advisor before the
 * model, so that it sees what the model would see. With tools, each turn to the model is
 * a call of its own then; that which follows a tool's result is never cached. An
 * {@linkplain Builder#order earlier} one also saves what later advisors do, but does not
 * see what they add. Their classes and the whole context of the request are then part of
 * the identity, and a call with a memory among them bypasses the cache. Before the
 * {@code ToolCallingAdvisor}, it caches answers to which tools have contributed.
 * <p>
 * Safe for use by many threads.
 */
public final class LlmCacheChatAdvisor implements CallAdvisor, StreamAdvisor {

	/** The last before the model. */
	public static final int DEFAULT_ORDER = Ordered.LOWEST_PRECEDENCE - 1;

	/** The task unless another one is named. */
	public static final String DEFAULT_TASK = "chat";

	/** Advisor parameter, a {@code String}: the task of the request. */
	public static final String TASK = "llm-cache.task";

	/**
	 * Advisor parameter, a {@code String}: the tenant or user that the answer belongs to.
	 */
	public static final String SCOPE = "llm-cache.scope";

	/**
	 * Advisor parameter, a {@code Boolean}: whether another wording may be served. The
	 * property of the task, if it is set, decides nevertheless.
	 */
	public static final String SEMANTIC = "llm-cache.semantic";

	/**
	 * Advisor parameter, a {@link CallControl}: what the request wants of the cache. By
	 * default what applies to the thread, or for streams is in the Reactor context.
	 */
	public static final String CONTROL = "llm-cache.control";

	/**
	 * Advisor parameter, a {@link Converter} of texts like any
	 * {@code StructuredOutputConverter}: what it fails on is neither stored
	 * ({@code not-convertible}) nor served. By default answers are checked by the schema
	 * that the request names.
	 */
	public static final String CONVERTER = "llm-cache.converter";

	/** Entry of the response's context, an {@link Outcome}. */
	public static final String OUTCOME = "llm-cache.outcome";

	/**
	 * Entry of the response's context, a {@link CachedAnswer} without a value: outcome,
	 * similarity, age, and why the cache was not consulted.
	 */
	public static final String ANSWER = "llm-cache.answer";

	static final Set<String> PARAMETERS = Set.of(TASK, SCOPE, SEMANTIC, CONTROL, CONVERTER);

	private static final ParameterizedTypeReference<StoredChatResponse> RESPONSE = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<List<StoredChatResponse>> CHUNKS = new ParameterizedTypeReference<>() {
	};

	private final LlmCache cache;

	private final ReactiveLlmCache reactiveCache;

	private final Settings settings;

	private final int order;

	private LlmCacheChatAdvisor(Builder builder) {
		this.cache = builder.cache;
		this.reactiveCache = new ReactiveLlmCache(builder.cache);
		this.settings = new Settings(builder.task, builder.model, builder.scope, builder.semantic, builder.ttl,
				builder.ignoredOptions, builder.ignoredMetadata);
		this.order = builder.order;
	}

	/**
	 * Start building an advisor.
	 * @param cache the cache
	 * @return a builder
	 */
	public static Builder builder(LlmCache cache) {
		return new Builder(cache);
	}

	@Override
	public String getName() {
		return "LLM Cache Advisor";
	}

	@Override
	public int getOrder() {
		return this.order;
	}

	@Override
	public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
		List<CallAdvisor> later = later(chain.getCallAdvisors());
		if (later.contains(this)) {
			return rest(chain).nextCall(request);
		}
		ChatQuestion question = new ChatQuestion(this.settings, request, later);
		AtomicReference<@Nullable ChatClientResponse> fresh = new AtomicReference<>();
		CacheRequest<StoredChatResponse> cacheRequest = question.toCacheRequest(RESPONSE);
		CallControl control = question.parameter(CONTROL, CallControl.class, null);
		try (CallControl.Scope scope = ((control != null) ? control : CallControl.current()).apply()) {
			CachedAnswer<StoredChatResponse> answer = this.cache.get(cacheRequest, () -> {
				ChatClientResponse response = rest(chain).nextCall(request);
				fresh.set(response);
				return stored(response);
			});
			return response(request, answer, answer.isHit() ? null : fresh.get());
		}
	}

	@Override
	public Flux<ChatClientResponse> adviseStream(ChatClientRequest request, StreamAdvisorChain chain) {
		List<StreamAdvisor> later = later(chain.getStreamAdvisors());
		if (later.contains(this)) {
			return rest(chain).nextStream(request);
		}
		ChatQuestion question = new ChatQuestion(this.settings, request, later);
		CacheRequest<List<StoredChatResponse>> cacheRequest = question.toCacheRequest(CHUNKS);
		CallControl control = question.parameter(CONTROL, CallControl.class, null);
		Flux<ChatClientResponse> responses = Flux.defer(() -> stream(request, cacheRequest, chain));
		return (control == null) ? responses
				: responses.contextWrite((context) -> context.put(CallControl.class, control));
	}

	/**
	 * Each chunk that the model gives meets its stored form again when it has passed
	 * through the cache; those of a hit, or of another call's stream, have no other form.
	 */
	private Flux<ChatClientResponse> stream(ChatClientRequest request,
			CacheRequest<List<StoredChatResponse>> cacheRequest, StreamAdvisorChain chain) {
		Map<StoredChatResponse, ChatClientResponse> fresh = Collections.synchronizedMap(new IdentityHashMap<>());
		return this.reactiveCache.flux(cacheRequest, () -> rest(chain).nextStream(request).map((response) -> {
			StoredChatResponse stored = stored(response);
			fresh.put(stored, response);
			return stored;
		})).map((answer) -> response(request, answer, fresh.remove(answer.value())));
	}

	/**
	 * The advisors after this one; all, if another advisor calls this one.
	 */
	private <A extends Advisor> List<A> later(List<A> advisors) {
		return advisors.subList(advisors.indexOf(this) + 1, advisors.size());
	}

	/**
	 * A chain can be used once; in the background the model may be asked again.
	 */
	private CallAdvisorChain rest(CallAdvisorChain chain) {
		return chain.getCallAdvisors().contains(this) ? chain.copy(this) : chain;
	}

	private StreamAdvisorChain rest(StreamAdvisorChain chain) {
		return chain.getStreamAdvisors().contains(this) ? chain.copy(this) : chain;
	}

	/**
	 * What is not a complete response in the sense of Spring AI is passed on, and not
	 * stored.
	 */
	private static StoredChatResponse stored(ChatClientResponse response) {
		try {
			return StoredChatResponse.of(response.chatResponse());
		}
		catch (RuntimeException ex) {
			return StoredChatResponse.incomplete();
		}
	}

	private static ChatClientResponse response(ChatClientRequest request, CachedAnswer<StoredChatResponse> answer,
			@Nullable ChatClientResponse fresh) {
		StoredChatResponse stored = answer.value();
		ChatClientResponse.Builder builder = (fresh != null) ? fresh.mutate()
				: ChatClientResponse.builder()
					.chatResponse((stored != null) ? stored.restore() : null)
					.context(request.context());
		return builder.context(OUTCOME, answer.outcome()).context(ANSWER, answer.withValue(null)).build();
	}

	/**
	 * What applies to all requests.
	 *
	 * @param ignoredOptions names of options that are not in the identity
	 * @param ignoredMetadata names of metadata of earlier replies that are not in it
	 * either
	 */
	record Settings(String task, @Nullable String model, @Nullable String scope, @Nullable Boolean semantic,
			@Nullable Duration ttl, Set<String> ignoredOptions, Set<String> ignoredMetadata) {

	}

	/**
	 * Settings of a {@link LlmCacheChatAdvisor}. Not for use by several threads.
	 */
	public static final class Builder {

		private final LlmCache cache;

		private String task = DEFAULT_TASK;

		private @Nullable String model;

		private @Nullable String scope;

		private @Nullable Boolean semantic;

		private @Nullable Duration ttl;

		private Set<String> ignoredOptions = Set.of("apiKey", "cacheOptions", "credential", "maxRetries",
				"promptCacheKey", "proxy", "timeout");

		private Set<String> ignoredMetadata = Set.of("annotations", "candidateIndex", "finishReason", "id", "index",
				"isThought", "outputWithoutThoughts", "refusal", "role", "thinking", "thoughts");

		private int order = DEFAULT_ORDER;

		private Builder(LlmCache cache) {
			this.cache = cache;
		}

		/**
		 * Set the task of requests that do not name one.
		 * @param task the task, not blank; by default {@value #DEFAULT_TASK}
		 * @return this builder
		 */
		public Builder task(String task) {
			Assert.hasText(task, "task must not be empty");
			this.task = task;
			return this;
		}

		/**
		 * The model that is asked, if the options of a request do not name it. Models
		 * that may answer differently need different names.
		 * @param model the model's name; by default such requests bypass the cache
		 * @return this builder
		 */
		public Builder model(@Nullable String model) {
			this.model = model;
			return this;
		}

		/**
		 * Set the tenant or user that the answers belong to, for requests that do not
		 * name one.
		 * @param scope the scope; by default the answers are for everybody
		 * @return this builder
		 */
		public Builder scope(@Nullable String scope) {
			this.scope = scope;
			return this;
		}

		/**
		 * Whether another wording of the prompt may be served.
		 * @param semantic {@code null}, which is the default, for what applies to the
		 * task
		 * @return this builder
		 */
		public Builder semantic(@Nullable Boolean semantic) {
			this.semantic = semantic;
			return this;
		}

		/**
		 * How long an answer may be served.
		 * @param ttl the TTL; zero means that nothing is cached, {@code null}, which is
		 * the default, what applies to the task
		 * @return this builder
		 */
		public Builder ttl(@Nullable Duration ttl) {
			this.ttl = ttl;
			return this;
		}

		/**
		 * Set the options that do not affect the answer, in place of those that are
		 * ignored by default: {@code apiKey}, {@code credential}, {@code timeout},
		 * {@code maxRetries}, {@code proxy}, and {@code cacheOptions} and
		 * {@code promptCacheKey} (of the provider's own cache), which say how the model
		 * is reached.
		 * @param names names of fields of the class of the options, or of entries of one
		 * that is a map, like {@code customHeaders.X-Request-Id}
		 * @return this builder
		 */
		public Builder ignoredOptions(String... names) {
			this.ignoredOptions = Set.copyOf(Arrays.asList(names));
			return this;
		}

		/**
		 * Set the metadata of earlier replies that is not sent to the model again, in
		 * place of what is ignored by default: {@code id}, {@code role}, {@code index},
		 * {@code candidateIndex}, {@code finishReason}, {@code refusal},
		 * {@code annotations}, {@code thinking}, {@code thoughts}, {@code isThought} and
		 * {@code outputWithoutThoughts}, which no provider of Spring AI sends.
		 * @param names names of the metadata of assistant messages
		 * @return this builder
		 */
		public Builder ignoredMetadata(String... names) {
			this.ignoredMetadata = Set.copyOf(Arrays.asList(names));
			return this;
		}

		/**
		 * Set the place among the advisors.
		 * @param order by default {@link #DEFAULT_ORDER}, the last before the model
		 * @return this builder
		 */
		public Builder order(int order) {
			this.order = order;
			return this;
		}

		/**
		 * Build the advisor.
		 * @return the advisor
		 */
		public LlmCacheChatAdvisor build() {
			return new LlmCacheChatAdvisor(this);
		}

	}

}
