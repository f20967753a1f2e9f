package io.github.llmcache.kotlin

import io.github.llmcache.annotation.LlmCached
import io.github.llmcache.answer.CachedAnswer
import io.github.llmcache.core.CallControl
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.reactor.asCoroutineContext
import kotlinx.coroutines.withContext
import reactor.util.context.Context

/** What docs/kinds-of-call.md shows. */
open class SupportAssistant(private val client: ModelClient) {

    @LlmCached(task = "support-answer", semantic = true)
    open suspend fun ask(prompt: String, model: String): CachedAnswer<String> =
        CachedAnswer.of(client.ask(prompt, model))

    @LlmCached(task = "support-answer", semantic = true)
    open fun stream(prompt: String, model: String): Flow<String> = client.stream(prompt, model)

    interface ModelClient {

        suspend fun ask(prompt: String, model: String): String

        fun stream(prompt: String, model: String): Flow<String>
    }
}

suspend fun refresh(assistant: SupportAssistant, prompt: String, model: String): CachedAnswer<String> {
    val refresh = Context.of(CallControl::class.java, CallControl.refresh())
    val answer = withContext(refresh.asCoroutineContext()) { assistant.ask(prompt, model) }
    return answer
}
