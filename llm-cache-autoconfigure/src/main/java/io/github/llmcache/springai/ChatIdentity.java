package io.github.llmcache.springai;

import java.lang.reflect.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AbstractMessage;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.content.Media;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.ToolCallback;

import org.springframework.util.CollectionUtils;
import org.springframework.util.ObjectUtils;

/**
 * What a model sees of messages and options, in a form that can be compared.
 */
final class ChatIdentity {

	/** The name of media that have been given none. */
	private static final Pattern GENERATED_NAME = Pattern.compile("media-.*-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

	private final Set<String> ignoredOptions;

	private final Set<String> ignoredMetadata;

	private final boolean onlyModel;

	/**
	 * Create the rules for what counts.
	 * @param ignoredOptions fields of the options, or with a dot entries of a map among
	 * them, that do not count
	 * @param ignoredMetadata metadata of replies that do not count
	 * @param onlyModel whether nobody but the model reads the request; if not, all that
	 * messages and tool context hold counts
	 */
	ChatIdentity(Set<String> ignoredOptions, Set<String> ignoredMetadata, boolean onlyModel) {
		this.ignoredOptions = ignoredOptions;
		this.ignoredMetadata = ignoredMetadata;
		this.onlyModel = onlyModel;
	}

	List<?> messages(List<Message> messages) {
		return messages.stream().map(this::message).toList();
	}

	/**
	 * A message of a class of its own may hold anything besides its text, and all of it
	 * counts.
	 */
	private Object message(Message message) {
		return (message instanceof AbstractMessage && this.onlyModel)
				? ObjectFields.of(message, (field) -> true, (field, value) -> part(message, field, value)) : message;
	}

	private @Nullable Object part(Message message, Field field, @Nullable Object value) {
		if (message instanceof AssistantMessage && field.getDeclaringClass() == AbstractMessage.class
				&& value instanceof Map<?, ?> metadata) {
			return sent(metadata);
		}
		return (value instanceof List<?> media && media.stream().allMatch(Media.class::isInstance))
				? media.stream().map((medium) -> medium((Media) medium)).toList() : value;
	}

	/**
	 * What a provider may send back to the model of the metadata of a reply, such as the
	 * signature of a thought: neither what only describes the reply, nor what is empty.
	 */
	private Map<Object, Object> sent(Map<?, ?> metadata) {
		Map<Object, Object> sent = new HashMap<>(metadata);
		sent.keySet().removeAll(this.ignoredMetadata);
		sent.values().removeIf((value) -> ObjectUtils.isEmpty(value) || value instanceof String text && text.isBlank());
		return sent;
	}

	private static Object medium(Media media) {
		boolean named = !GENERATED_NAME.matcher(media.getName()).matches();
		return ObjectFields.of(media, (field) -> named || !field.getName().equals("name"), (field, value) -> value);
	}

	@Nullable Map<String, @Nullable Object> options(@Nullable ChatOptions options) {
		if (options == null) {
			return null;
		}
		boolean withoutTools = this.onlyModel && options instanceof ToolCallingChatOptions tools
				&& CollectionUtils.isEmpty(tools.getToolCallbacks());
		return ObjectFields.of(options,
				(field) -> !this.ignoredOptions.contains(field.getName())
						&& !(withoutTools && field.getName().equals("toolContext")),
				(field, value) -> option(field.getName(), value));
	}

	private @Nullable Object option(String name, @Nullable Object value) {
		if (value instanceof Collection<?> tools && tools.stream().allMatch(ToolCallback.class::isInstance)) {
			return tools.stream().map((tool) -> ToolIdentity.of((ToolCallback) tool)).toList();
		}
		if (value instanceof Map<?, ?> entries
				&& entries.keySet().stream().anyMatch((key) -> this.ignoredOptions.contains(name + "." + key))) {
			Map<Object, @Nullable Object> counting = new HashMap<>(entries);
			counting.keySet().removeIf((key) -> this.ignoredOptions.contains(name + "." + key));
			return counting.isEmpty() ? null : counting;
		}
		return value;
	}

	/**
	 * What a model is sent about a tool, and what becomes of the tool's result.
	 */
	private record ToolIdentity(String name, String description, String inputSchema, boolean returnDirect) {

		static ToolIdentity of(ToolCallback tool) {
			return new ToolIdentity(tool.getToolDefinition().name(), tool.getToolDefinition().description(),
					tool.getToolDefinition().inputSchema(), tool.getToolMetadata().returnDirect());
		}

	}

}
