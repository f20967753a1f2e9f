package io.github.llmcache.test;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * Runs tests that have to fail.
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * Run a class of tests.
	 * @param tests the class
	 * @return what those that failed said
	 */
	public static List<String> messages(Class<?> tests) {
		return run(tests).stream().map(TestExecutionSummary.Failure::getException).map(Throwable::getMessage).toList();
	}

	/**
	 * Run a class of tests.
	 * @param tests the class
	 * @return the methods that failed
	 */
	public static Set<String> names(Class<?> tests) {
		return run(tests).stream()
			.map((failure) -> failure.getTestIdentifier().getSource().orElseThrow())
			.map((source) -> ((MethodSource) source).getMethodName())
			.collect(Collectors.toSet());
	}

	private static List<TestExecutionSummary.Failure> run(Class<?> tests) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
			.selectors(DiscoverySelectors.selectClass(tests))
			.build();
		SummaryGeneratingListener listener = new SummaryGeneratingListener();
		LauncherFactory.create().execute(request, listener);
		return listener.getSummary().getFailures();
	}

}
