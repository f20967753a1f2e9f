package io.github.llmcache.kotlin

import io.github.llmcache.answer.Outcome
import io.github.llmcache.test.LlmCacheAssertions.assertThat
import io.github.llmcache.test.RecordingListener
import io.github.llmcache.test.autoconfigure.LlmCacheTest
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.awaitility.Awaitility.await
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.springframework.beans.factory.annotation.Autowired

@LlmCacheTest
@Timeout(120)
class FlowTests {

    @Autowired
    private lateinit var assistant: Assistant

    @Autowired
    private lateinit var events: RecordingListener

    @BeforeEach
    fun reset() {
        assistant.calls.set(0)
        assistant.gate = null
    }

    @Test
    fun elementsAreServedAsTheyCame() = runBlocking<Unit> {
        assertThat(assistant.stream("it").toList()).containsExactly("it", "is", "fine")
        assertThat(assistant.stream("it").toList()).containsExactly("it", "is", "fine")
        assertThat(assistant.calls).hasValue(1)
        assertThat(events).hasOutcomes(Outcome.MISS, Outcome.EXACT).hasNoFailures()
    }

    @Test
    fun nothingHappensBeforeAFlowIsCollected() = runBlocking<Unit> {
        val flow = assistant.stream("it")
        assertThat(events.lookups()).isEmpty()
        flow.toList()
        flow.toList()
        assertThat(events).hasOutcomes(Outcome.MISS, Outcome.EXACT)
    }

    @Test
    fun firstElementDoesNotWaitForTheLast() = runBlocking<Unit> {
        assistant.gate = CompletableDeferred()
        assertThat(assistant.stream("it").first()).isEqualTo("it")
        assistant.gate = null
        assertThat(assistant.stream("it").toList()).hasSize(3)
        assertThat(events.lookups()).noneMatch { it.outcome().isHit }
    }

    @Test
    fun vetoAppliesToAllElements() = runBlocking<Unit> {
        assistant.stream("secret").toList()
        await().until { events.stores().isNotEmpty() }
        assertThat(events.lastStore().rejection()).isEqualTo("unless")
    }

    @Test
    fun suspendFunctionMayReturnAFlow() = runBlocking<Unit> {
        assertThat(assistant.streamLater("it").toList()).containsExactly("it", "is", "fine")
        assertThat(assistant.streamLater("it").toList()).containsExactly("it", "is", "fine")
        assertThat(assistant.calls).hasValue(1)
    }

    @Test
    fun collectorIsToldWhatHappened() = runBlocking<Unit> {
        assertThat(assistant.toldStream("it").toList()).extracting<Any> { it.outcome() }.containsOnly(Outcome.MISS)
        val hit = assistant.toldStream("it").toList()
        assertThat(hit).extracting<Any> { it.outcome() }.containsOnly(Outcome.EXACT)
        assertThat(hit).extracting<Any> { it.value() }.containsExactly("it", "1")
    }

    @Test
    fun flowEvictsBeforeItBegins() = runBlocking<Unit> {
        val first = assistant.ask("prompt", "small")
        val forgotten = assistant.forgetFirst()
        assertThat(assistant.ask("prompt", "small")).isEqualTo(first)
        assertThat(forgotten.toList()).containsExactly("forgotten")
        assertThat(assistant.ask("prompt", "small").call).isEqualTo(first.call + 1)
    }
}
