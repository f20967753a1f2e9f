package io.github.llmcache.kotlin

import io.github.llmcache.answer.Outcome
import io.github.llmcache.core.CallControl
import io.github.llmcache.test.DeterministicEmbedder
import io.github.llmcache.test.LlmCacheAssertions.assertThat
import io.github.llmcache.test.RecordingListener
import io.github.llmcache.test.autoconfigure.LlmCacheTest
import java.io.IOException
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineName
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.delay
import kotlinx.coroutines.reactor.asCoroutineContext
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.springframework.beans.factory.annotation.Autowired
import reactor.util.context.Context

@LlmCacheTest
@Timeout(120)
class SuspendFunctionTests {

    @Autowired
    private lateinit var assistant: Assistant

    @Autowired
    private lateinit var prices: Prices

    @Autowired
    private lateinit var embedder: DeterministicEmbedder

    @Autowired
    private lateinit var events: RecordingListener

    @BeforeEach
    fun reset() {
        assistant.calls.set(0)
        assistant.gate = null
    }

    @Test
    fun anotherWordingIsAnsweredFromTheCache() = runBlocking<Unit> {
        embedder.same("How do I turn on dark mode?", "Where is the night theme?")
        val first = assistant.ask("How do I turn on dark mode?", "small")
        assertThat(assistant.ask("How do I turn on dark mode?", "small")).isEqualTo(first)
        assertThat(assistant.ask("Where is the night theme?", "small")).isEqualTo(first)
        assertThat(assistant.ask("How do I turn on dark mode?", "large")).isNotEqualTo(first)
        assertThat(events).hasOutcomes(Outcome.MISS, Outcome.EXACT, Outcome.SEMANTIC, Outcome.MISS).hasNoFailures()
    }

    @Test
    fun callerIsToldWhatHappened() = runBlocking<Unit> {
        assertThat(assistant.told("prompt")).isMiss()
        assertThat(assistant.told("prompt")).isExactHit().hasValue(Assistant.Answer("prompt", 1))
    }

    @Test
    fun collectionsComeBack() = runBlocking<Unit> {
        val first = assistant.list("prompt")
        assertThat(assistant.list("prompt")).isEqualTo(first).containsExactly(Assistant.Answer("prompt", 1))
    }

    @Test
    fun nothingIsPassedOnAndNotStored() = runBlocking<Unit> {
        assertThat(assistant.perhaps("prompt")).isNull()
        assertThat(assistant.perhaps("prompt")).isNull()
        assertThat(assistant.calls).hasValue(2)
    }

    @Test
    fun exceptionReachesTheCallerAndIsNotStored() {
        repeat(2) {
            assertThatExceptionOfType(IOException::class.java)
                .isThrownBy { runBlocking { assistant.fails("prompt") } }
                .withMessage("the model is down")
        }
        assertThat(assistant.calls).hasValue(2)
    }

    @Test
    fun simultaneousCallsShareOneAnswer() = runBlocking<Unit> {
        assistant.gate = CompletableDeferred()
        val answers = (1..50).map { async(Dispatchers.Default) { assistant.ask("prompt", "small") } }
        while (events.lookups().isEmpty()) {
            delay(1)
        }
        assistant.gate!!.complete(Unit)
        assertThat(answers.awaitAll()).containsOnly(Assistant.Answer("answer to prompt by small", 1))
    }

    @Test
    fun callerThatIsCancelledDoesNotWait() = runBlocking<Unit> {
        assistant.gate = CompletableDeferred()
        assertThat(withTimeoutOrNull(100) { assistant.ask("prompt", "small") }).isNull()
        assistant.gate!!.complete(Unit)
        assistant.gate = null
        assertThat(assistant.ask("prompt", "small").text).isEqualTo("answer to prompt by small")
    }

    @Test
    fun functionRunsInTheContextOfItsCaller() = runBlocking<Unit> {
        withContext(CoroutineName("the caller")) {
            assertThat(assistant.named("prompt")).isEqualTo("prompt by the caller")
        }
    }

    @Test
    fun singleCallsCanBeRefreshed() = runBlocking<Unit> {
        val first = assistant.ask("prompt", "small")
        val refreshed = withContext(Context.of(CallControl::class.java, CallControl.refresh()).asCoroutineContext()) {
            assistant.ask("prompt", "small")
        }
        assertThat(refreshed.call).isEqualTo(first.call + 1)
        assertThat(assistant.ask("prompt", "small")).isEqualTo(refreshed)
    }

    @Test
    fun suspendFunctionEvicts() = runBlocking<Unit> {
        val first = assistant.ask("prompt", "small")
        assistant.forget()
        assertThat(assistant.ask("prompt", "small").call).isEqualTo(first.call + 1)
    }

    @Test
    fun interfaceIsAnnotated() = runBlocking<Unit> {
        assertThat(prices.price("prompt")).isEqualTo(prices.price("prompt"))
        assertThat(events).hasOutcomes(Outcome.MISS, Outcome.EXACT)
    }
}
