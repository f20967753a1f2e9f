package io.github.llmcache.test.application;

import org.springframework.stereotype.Component;

/**
 * Has no annotated method.
 */
@Component
public class Reports {

}
