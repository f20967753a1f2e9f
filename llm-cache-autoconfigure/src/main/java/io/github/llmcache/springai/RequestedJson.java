package io.github.llmcache.springai;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientAttributes;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.MessageType;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.converter.CompositeResponseTextCleaner;
import org.springframework.ai.converter.MarkdownCodeBlockCleaner;
import org.springframework.ai.converter.ResponseTextCleaner;
import org.springframework.ai.converter.ThinkingTagCleaner;
import org.springframework.ai.converter.WhitespaceCleaner;
import org.springframework.ai.model.tool.StructuredOutputChatOptions;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ConcurrentLruCache;
import org.springframework.util.StringUtils;

/**
 * The JSON that a request of a {@code ChatClient} asks for: by the format of a converter,
 * which the advisor of the model adds or the application has put into a message, or by
 * the options of the model.
 */
final class RequestedJson {

	static final String NOT_JSON = "not-json";

	static final String SCHEMA_VIOLATION = "schema-violation";

	/** Fields of options that name the format, of all providers of Spring AI. */
	private static final List<String> FORMAT_OPTIONS = List.of("responseFormat", "responseMimeType", "format");

	/** Part of the instructions of all Spring AI converters to JSON. */
	private static final String INSTRUCTION = "RFC8259 compliant JSON";

	/** Part of those of the converter to beans, which cleans what it is given. */
	private static final Pattern SCHEMA_INSTRUCTION = Pattern
		.compile("Here is the JSON Schema instance your output must adhere to:\\s*```(.*?)```", Pattern.DOTALL);

	private static final ResponseTextCleaner BEAN_CLEANER = new CompositeResponseTextCleaner(new WhitespaceCleaner(),
			new ThinkingTagCleaner(), new MarkdownCodeBlockCleaner(), new WhitespaceCleaner());

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private static final ConcurrentLruCache<String, Optional<Schema>> COMPILED = new ConcurrentLruCache<>(256,
			RequestedJson::compile);

	private final @Nullable String schema;

	private final UnaryOperator<String> cleaner;

	private RequestedJson(@Nullable String schema, UnaryOperator<String> cleaner) {
		this.schema = schema;
		this.cleaner = cleaner;
	}

	/**
	 * Read a request.
	 * @return what it asks for, or {@code null} if it asks for no JSON
	 */
	static @Nullable RequestedJson of(ChatClientRequest request) {
		String format = attribute(request, ChatClientAttributes.OUTPUT_FORMAT);
		String instructions = namesJson(format) ? format : instructions(request);
		String schema = attribute(request, ChatClientAttributes.STRUCTURED_OUTPUT_SCHEMA);
		ChatOptions options = request.prompt().getOptions();
		if (schema == null && options instanceof StructuredOutputChatOptions structured) {
			schema = StringUtils.hasText(structured.getOutputSchema()) ? structured.getOutputSchema() : null;
		}
		if (instructions == null && schema == null && (options == null || !asksForJson(options))) {
			return null;
		}
		Matcher bean = SCHEMA_INSTRUCTION.matcher((instructions != null) ? instructions : "");
		if (bean.find()) {
			return new RequestedJson((schema != null) ? schema : bean.group(1), RequestedJson::cleanBean);
		}
		boolean converted = instructions != null && instructions.contains(INSTRUCTION);
		return new RequestedJson(schema, converted ? RequestedJson::unfence : UnaryOperator.identity());
	}

	private static @Nullable String attribute(ChatClientRequest request, ChatClientAttributes attribute) {
		return (request.context().get(attribute.getKey()) instanceof String text && StringUtils.hasText(text)) ? text
				: null;
	}

	/**
	 * A format that the application has put into the question or the system text itself.
	 */
	private static @Nullable String instructions(ChatClientRequest request) {
		List<Message> messages = request.prompt().getInstructions();
		Stream<Message> last = messages.stream().skip(Math.max(0, messages.size() - 1));
		Stream<Message> system = messages.stream().filter((message) -> message.getMessageType() == MessageType.SYSTEM);
		return Stream.concat(last, system)
			.map(Message::getText)
			.filter(Objects::nonNull)
			.filter((text) -> text.contains(INSTRUCTION))
			.findFirst()
			.orElse(null);
	}

	private static boolean asksForJson(ChatOptions options) {
		Object extra = ObjectFields.value(options, "extraBody");
		return FORMAT_OPTIONS.stream().anyMatch((name) -> namesJson(ObjectFields.value(options, name)))
				|| extra instanceof Map<?, ?> body && namesJson(body.get("response_format"));
	}

	/**
	 * Whether a format is one of JSON: by its name, or that of its type.
	 */
	private static boolean namesJson(@Nullable Object format) {
		if (format == null) {
			return false;
		}
		if (format instanceof CharSequence || format instanceof Enum<?>) {
			return format.toString().toLowerCase(Locale.ROOT).contains("json");
		}
		return namesJson((format instanceof Map<?, ?> map) ? map.get("type") : ObjectFields.value(format, "type"));
	}

	/**
	 * Why a converter may fail on a text.
	 * @return the reason, or {@code null} if the text is what was asked for
	 */
	@Nullable String rejectionReason(String text) {
		JsonNode json;
		try {
			json = JSON.readTree(this.cleaner.apply(text));
		}
		catch (JacksonException ex) {
			return NOT_JSON;
		}
		if (json.isMissingNode()) {
			return NOT_JSON;
		}
		Schema compiled = (this.schema != null) ? COMPILED.get(this.schema).orElse(null) : null;
		if (compiled == null) {
			return json.isContainer() ? null : NOT_JSON;
		}
		return fits(json, compiled) ? null : SCHEMA_VIOLATION;
	}

	/**
	 * Whether a text fits a schema. One that refers to other places, from which nothing
	 * is fetched, is not checked.
	 */
	private static boolean fits(JsonNode json, Schema schema) {
		try {
			return schema.validate(json).isEmpty();
		}
		catch (SchemaException ex) {
			return true;
		}
	}

	private static Optional<Schema> compile(String schema) {
		try {
			return Optional.of(SCHEMAS.getSchema(JSON.readTree(schema)));
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
	}

	private static String cleanBean(String text) {
		return Objects.requireNonNullElse(BEAN_CLEANER.clean(text), "");
	}

	/**
	 * As the converter to maps does.
	 */
	private static String unfence(String text) {
		String prefix = "```json";
		String suffix = "```";
		return (text.startsWith(prefix) && text.endsWith(suffix))
				? text.substring(prefix.length(), text.length() - suffix.length()) : text;
	}

}
