package io.github.llmcache.readme;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.model.ChatModel;

import io.github.llmcache.springai.LlmCacheChatAdvisor;

/**
 * What the documentation shows.
 */
class ChatClientSnippets {

	private final ChatClient client;

	ChatClientSnippets(ChatModel model, LlmCacheChatAdvisor cache) {
		this.client = ChatClient.builder(model).defaultAdvisors(cache).build();
	}

	ChatClientResponse ask(String question, String tenant) {
		ChatClientResponse response = this.client.prompt(question)
			.system("You answer questions about our products.")
			.advisors((advisors) -> advisors.param(LlmCacheChatAdvisor.TASK, "support-answer")
				.param(LlmCacheChatAdvisor.SCOPE, tenant))
			.call()
			.chatClientResponse();
		Object outcome = response.context().get(LlmCacheChatAdvisor.OUTCOME); // EXACT
		System.out.println(outcome);
		return response;
	}

}
