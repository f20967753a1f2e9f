package io.github.llmcache.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the prompt: the one text that may be worded differently and still mean the same.
 * On a parameter of type {@link CharSequence}, at most once per method.
 *
 * @see LlmCached
 */
@Target({ ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface LlmCachePrompt {

}
