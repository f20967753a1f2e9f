package io.github.llmcache.kotlin

import org.springframework.boot.autoconfigure.SpringBootApplication

/** What the slices of the tests belong to. */
@SpringBootApplication
class KotlinApplication
