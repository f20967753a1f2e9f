package io.github.llmcache.kotlin

import io.github.llmcache.annotation.LlmCached
import io.github.llmcache.autoconfigure.LlmCacheAutoConfiguration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.emptyFlow
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.params.ParameterizedTest
import org.junit.jupiter.params.provider.Arguments
import org.junit.jupiter.params.provider.Arguments.arguments
import org.junit.jupiter.params.provider.MethodSource
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration
import org.springframework.boot.test.context.runner.ApplicationContextRunner
import reactor.core.publisher.Mono

/** Shapes that cannot be cached are refused when the application starts. */
class UnsupportedFunctionTests {

    private val contextRunner = ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(JacksonAutoConfiguration::class.java, LlmCacheAutoConfiguration::class.java)
        )
        .withPropertyValues("llm-cache.semantic.enabled=false")

    @ParameterizedTest
    @MethodSource("functions")
    fun functionIsRefused(type: Class<*>, problem: String, remedy: String) {
        contextRunner.withBean(type).run { context ->
            assertThat(context.startupFailure).isNotNull().rootCause()
                .hasMessageContaining(problem)
                .hasMessageContaining(remedy)
        }
    }

    open class ReturnsNothing {

        @LlmCached(task = "task")
        open suspend fun ask(prompt: String) {
        }
    }

    open class ReturnsAnything {

        @LlmCached(task = "task")
        open suspend fun ask(prompt: String): Any = prompt
    }

    open class SuspendsForAMono {

        @LlmCached(task = "task")
        open suspend fun ask(prompt: String): Mono<String> = Mono.just(prompt)
    }

    open class ReturnsDeferred {

        @LlmCached(task = "task")
        open fun ask(prompt: String): Deferred<String> = CompletableDeferred(prompt)
    }

    open class ReturnsFlowOfFlows {

        @LlmCached(task = "task")
        open fun ask(prompt: String): Flow<Flow<String>> = emptyFlow()
    }

    open class IsFinal {

        @LlmCached(task = "task")
        fun ask(prompt: String): String = prompt
    }

    companion object {

        @JvmStatic
        fun functions(): List<Arguments> = listOf(
            arguments(ReturnsNothing::class.java, "returns nothing", "Return the answer"),
            arguments(ReturnsAnything::class.java, "java.lang.Object", "Declare the concrete type"),
            arguments(SuspendsForAMono::class.java, "Mono<java.lang.String>', which cannot be cached",
                "A suspend function may return the answer"),
            arguments(ReturnsDeferred::class.java, "Deferred<java.lang.String>', which cannot be cached",
                "Return the finished answer"),
            arguments(ReturnsFlowOfFlows::class.java, "Flow<java.lang.String>', which cannot be cached",
                "Return the finished answer"),
            arguments(IsFinal::class.java, "private, static or final", "kotlin-spring"),
        )
    }
}
