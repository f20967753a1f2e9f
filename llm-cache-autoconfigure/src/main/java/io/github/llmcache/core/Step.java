package io.github.llmcache.core;

/**
 * What a step of a call's way to an answer comes to: the call has to wait for others, or
 * it is decided how it goes on.
 */
sealed interface Step permits Wait, Decision {

}
