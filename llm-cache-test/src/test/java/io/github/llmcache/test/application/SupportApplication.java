package io.github.llmcache.test.application;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application whose answers are cached.
 */
@SpringBootApplication
public class SupportApplication {

}
