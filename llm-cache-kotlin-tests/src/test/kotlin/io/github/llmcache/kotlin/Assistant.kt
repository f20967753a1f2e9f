package io.github.llmcache.kotlin

import io.github.llmcache.annotation.LlmCacheEvict
import io.github.llmcache.annotation.LlmCached
import io.github.llmcache.answer.CachedAnswer
import java.io.IOException
import java.util.concurrent.atomic.AtomicInteger
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOf
import org.springframework.stereotype.Service

/** Has functions of each shape that is supported. */
@Service
class Assistant {

    val calls = AtomicInteger()

    var gate: CompletableDeferred<Unit>? = null

    @LlmCached(task = "support-answer", semantic = true)
    suspend fun ask(prompt: String, model: String): Answer {
        gate?.await()
        delay(1)
        return Answer("answer to $prompt by $model", calls.incrementAndGet())
    }

    @LlmCached(task = "told")
    suspend fun told(prompt: String): CachedAnswer<Answer> = CachedAnswer.of(Answer(prompt, calls.incrementAndGet()))

    @LlmCached(task = "list")
    suspend fun list(prompt: String): List<Answer> = listOf(Answer(prompt, calls.incrementAndGet()))

    @LlmCached(task = "perhaps")
    suspend fun perhaps(prompt: String): String? {
        calls.incrementAndGet()
        return null
    }

    @LlmCached(task = "fails")
    suspend fun fails(prompt: String): String {
        calls.incrementAndGet()
        delay(1)
        throw IOException("the model is down")
    }

    @LlmCached(task = "named")
    suspend fun named(prompt: String): String = prompt + " by " + currentCoroutineContext()[CoroutineName]?.name

    @LlmCached(task = "stream", unless = "#result.contains('secret')")
    fun stream(prompt: String): Flow<String> = flow {
        calls.incrementAndGet()
        emit(prompt)
        gate?.await()
        delay(1)
        emit("is")
        emit("fine")
    }

    @LlmCached(task = "stream-later")
    suspend fun streamLater(prompt: String): Flow<String> {
        delay(1)
        return stream(prompt)
    }

    @LlmCached(task = "told-stream")
    fun toldStream(prompt: String): Flow<CachedAnswer<String>> =
        flowOf(CachedAnswer.of(prompt), CachedAnswer.of(calls.incrementAndGet().toString()))

    @LlmCacheEvict(task = "support-answer")
    suspend fun forget() {
        delay(1)
    }

    @LlmCacheEvict(task = "support-answer", beforeInvocation = true)
    fun forgetFirst(): Flow<String> = flowOf("forgotten")

    data class Answer(val text: String, val call: Int)
}
