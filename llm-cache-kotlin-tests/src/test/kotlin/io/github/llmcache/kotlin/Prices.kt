package io.github.llmcache.kotlin

import io.github.llmcache.annotation.LlmCached
import java.util.concurrent.atomic.AtomicInteger
import org.springframework.stereotype.Service

/** Is called through a proxy of the JDK. */
interface Prices {

    @LlmCached(task = "prices")
    suspend fun price(prompt: String): Int
}

@Service
class ListedPrices : Prices {

    private val calls = AtomicInteger()

    override suspend fun price(prompt: String): Int = calls.incrementAndGet()
}
