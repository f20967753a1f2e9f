package io.github.llmcache.readme;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.github.llmcache.event.LookupEvent;

/**
 * Shows hits.
 */
@Component
class LookupLog {

	@EventListener
	void log(LookupEvent lookup) {
		System.out.println(lookup.task() + ": " + lookup.outcome() + ", similarity " + lookup.similarity());
	}

}
