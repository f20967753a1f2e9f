package io.github.llmcache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.llmcache.core.LlmCache;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine, {@code core}, knows the contracts; adapters know the engine or a contract,
 * and not each other; each library is known in one place.
 */
class ArchitectureTests {

	private static final String BASE = "io.github.llmcache.";

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.importUrl(LlmCache.class.getProtectionDomain().getCodeSource().getLocation());

	private static final String[] CONTRACTS = { "answer", "calibration", "codec", "correction", "cost", "embedding",
			"event", "eviction", "explain", "failure", "feedback", "group", "judge", "key", "match", "platform",
			"policy", "prompt", "sharing", "store", "thread", "trace", "verify" };

	/**
	 * Packages, and which others of ours they may know besides themselves. Nobody knows
	 * {@code autoconfigure}, which knows everything.
	 */
	private static final Map<String, Set<String>> KNOWN = Map.ofEntries(may("annotation"), may("answer"), may("policy"),
			may("prompt"), may("platform"), may("codec", "platform"), may("diagnostics"),
			may("embedding", "diagnostics"), may("index"), may("event", "answer"), may("language", "prompt"),
			may("verify", "language", "prompt"), may("cost", "answer", "platform"), may("trace"),
			may("observation", "trace"), may("store", "answer", "platform", "prompt"),
			may("key", "annotation", "platform", "store"),
			may("calibration", "answer", "embedding", "event", "language", "policy", "prompt", "store", "verify"),
			may("equivalence", "answer", "language", "prompt", "verify"), may("eviction", "key", "store"),
			may("thread"), may("failure", "codec", "event", "key", "store"),
			may("judge", "answer", "event", "failure", "platform", "prompt", "thread", "trace"),
			may("match", "answer", "calibration", "embedding", "event", "failure", "judge", "platform", "policy",
					"store", "trace", "verify"),
			may("entries", "store"),
			may("transfer", "answer", "embedding", "encryption", "entries", "key", "platform", "prompt", "store"),
			may("explain", "answer", "key", "policy", "store", "verify"),
			may("group", "answer", "codec", "correction", "event", "failure", "store"), may("core", CONTRACTS),
			may("sharing", "correction", "event", "failure", "store"), may("feedback"),
			may("settings", "policy", "store"),
			may("correction", "answer", "calibration", "event", "failure", "feedback", "language", "match", "platform",
					"policy", "prompt", "store"),
			may("reactive", "answer", "core", "eviction"), may("transaction", "eviction"),
			may("interceptor", "annotation", "answer", "codec", "core", "diagnostics", "event", "eviction", "failure",
					"key", "policy", "reactive", "store"),
			may("djl", "cost", "embedding", "language", "platform", "verify"),
			may("springai", "answer", "core", "embedding", "judge", "reactive"),
			may("store.memory", "event", "index", "platform", "store"),
			may("store.redis", "answer", "diagnostics", "encryption", "event", "index", "platform", "store",
					"store.redis.connection", "thread"),
			may("store.redis.connection", "thread"),
			may("metrics", "answer", "calibration", "cost", "event", "platform", "store"),
			may("autoconfigure.cost", "autoconfigure.properties", "cost", "djl"),
			may("autoconfigure.observation", "autoconfigure.properties", "observation", "store", "store.memory",
					"trace"),
			may("history", "answer", "event"), may("actuate.dashboard", "answer", "history"),
			may("autoconfigure.dashboard", "actuate.dashboard", "autoconfigure.properties", "core", "history"),
			may("autoconfigure.aot", "annotation"), may("autoconfigure.executor", "thread"),
			may("autoconfigure.settings", "actuate", "autoconfigure.properties", "interceptor", "policy", "settings",
					"store", "store.memory", "thread"),
			may("autoconfigure.judge", "autoconfigure.executor", "autoconfigure.properties", "core", "diagnostics",
					"judge", "springai", "thread"),
			may("autoconfigure.properties", "cost", "diagnostics", "encryption", "judge", "policy", "store",
					"store.redis"),
			may("autoconfigure.encryption", "autoconfigure.properties", "encryption", "key"),
			may("encryption", "key", "platform", "store"), may("actuate", "answer", "core", "entries", "event",
					"explain", "feedback", "metrics", "policy", "settings", "store", "transfer", "verify"));

	/**
	 * Public for other packages of ours only, as their descriptions say.
	 */
	private static final Set<String> INTERNAL = Set.of("correction", "failure", "group", "interceptor", "language",
			"match", "platform", "sharing", "thread");

	static Stream<Arguments> spokes() {
		return KNOWN.entrySet()
			.stream()
			.filter((spoke) -> CLASSES.containPackage(BASE + spoke.getKey()))
			.map((spoke) -> Arguments.of(spoke.getKey(), spoke.getValue()));
	}

	@ParameterizedTest
	@MethodSource("spokes")
	void packageKnowsNoOtherThanItMay(String spoke, Set<String> known) {
		Set<String> unknown = new TreeSet<>(KNOWN.keySet());
		unknown.add("autoconfigure");
		unknown.removeAll(known);
		unknown.remove(spoke);
		noClasses().that()
			.resideInAPackage(BASE + spoke)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage(unknown.stream().map((name) -> BASE + name).toArray(String[]::new))
			.check(CLASSES);
	}

	@Test
	void everyPackageHasItsPlaceAndIsNullMarked() {
		Set<String> places = KNOWN.keySet().stream().map((name) -> BASE + name).collect(Collectors.toSet());
		places.add(BASE + "autoconfigure");
		List<JavaPackage> packages = CLASSES.getPackage("io.github.llmcache")
			.getSubpackagesInTree()
			.stream()
			.filter((javaPackage) -> !javaPackage.getClasses().isEmpty())
			.toList();
		assertThat(packages).extracting(JavaPackage::getName).isNotEmpty().isSubsetOf(places);
		assertThat(packages).allMatch((javaPackage) -> javaPackage.isAnnotatedWith(NullMarked.class));
	}

	@Test
	void packagesSayWhetherTheyAreInternal() throws IOException {
		Set<String> internal = new TreeSet<>();
		for (String place : KNOWN.keySet()) {
			Path file = Path.of("src/main/java", (BASE + place).replace('.', '/'), "package-info.java");
			String text = Files.readString(file).replace("\n *", "");
			if (text.contains("nternal")) {
				assertThat(text).as(place).contains("Internal: not part of the API.");
				internal.add(place);
			}
		}
		assertThat(internal).isEqualTo(INTERNAL);
	}

	@Test
	void noSignatureOfTheApiHasAnInternalType() {
		Set<String> internal = INTERNAL.stream().map((name) -> BASE + name).collect(Collectors.toSet());
		List<String> exposed = CLASSES.stream()
			.filter((type) -> isPublic(type) && !internal.contains(type.getPackageName()))
			.flatMap((type) -> type.getMembers().stream())
			.filter((member) -> isOpen(member.getModifiers()))
			.filter((member) -> types(member).anyMatch((type) -> internal.contains(type.getPackageName())))
			.map(JavaMember::getFullName)
			.toList();
		assertThat(exposed).isEmpty();
	}

	private static boolean isPublic(JavaClass type) {
		return isOpen(type.getModifiers()) && type.getEnclosingClass().map(ArchitectureTests::isPublic).orElse(true);
	}

	private static boolean isOpen(Set<JavaModifier> modifiers) {
		return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
	}

	private static Stream<JavaClass> types(JavaMember member) {
		if (member instanceof JavaCodeUnit method) {
			return Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
				.flatMap((type) -> type.getAllInvolvedRawTypes().stream());
		}
		return ((JavaField) member).getType().getAllInvolvedRawTypes().stream();
	}

	@Test
	void noPackageHasMoreThan30Files() {
		Map<String, Set<String>> files = StreamSupport.stream(CLASSES.spliterator(), false)
			.collect(Collectors.groupingBy(JavaClass::getPackageName,
					Collectors.mapping(FilesOf::file, Collectors.toSet())));
		assertThat(files).isNotEmpty();
		files.values().removeIf((those) -> those.size() <= 30);
		assertThat(files).isEmpty();
	}

	@Test
	void packagesHaveNoCycles() {
		SlicesRuleDefinition.slices().matching("io.github.llmcache.(**)").should().beFreeOfCycles().check(CLASSES);
	}

	@Test
	void filesOfTheEngineHaveNoCycles() {
		SlicesRuleDefinition.slices().assignedFrom(new FilesOf(BASE + "core")).should().beFreeOfCycles().check(CLASSES);
	}

	static Stream<Arguments> libraries() {
		return Stream.of(
				library("io.micrometer..", "metrics", "observation", "autoconfigure", "autoconfigure.observation"),
				library("ai.djl..", "djl"), library("io.github.jbellis..", "index"),
				library("com.github.benmanes.caffeine..", "store.memory", "embedding", "judge"),
				library("tools.jackson..", "key", "codec", "transfer", "springai", "autoconfigure"),
				library("com.networknt..", "springai"),
				library("org.springframework.boot..", "autoconfigure", "autoconfigure.cost", "autoconfigure.dashboard",
						"autoconfigure.encryption", "autoconfigure.executor", "autoconfigure.judge",
						"autoconfigure.observation", "autoconfigure.properties", "autoconfigure.settings", "actuate",
						"actuate.dashboard"),
				library("org.springframework.ai..", "springai", "autoconfigure", "autoconfigure.judge"),
				library("org.springframework.data..", "store.redis", "store.redis.connection", "autoconfigure"),
				library("org.springframework.transaction..", "transaction", "reactive"),
				library("io.lettuce..", "store.redis", "store.redis.connection"),
				library("io.github.resilience4j..", "store.redis"),
				library("org.springframework.expression..", "interceptor"),
				library("org.springframework.aop..", "interceptor", "springai", "autoconfigure"),
				library("org.springframework.security..", "actuate.dashboard"),
				library("jakarta..", "actuate.dashboard"),
				library("org.springframework.web..", "actuate.dashboard", "autoconfigure.dashboard"),
				library("org.HdrHistogram..", "metrics"),
				library("reactor..", "reactive", "springai", "actuate.dashboard"),
				library("org.reactivestreams..", "reactive"), library("com.fasterxml.jackson.databind.."),
				library("org.slf4j..", "autoconfigure.executor"), library("ch.qos.logback.."));
	}

	@ParameterizedTest
	@MethodSource("libraries")
	void libraryIsKnownWhereItBelongsOnly(String library, List<String> places) {
		String[] packages = places.stream().map((place) -> BASE + place).toArray(String[]::new);
		noClasses().that()
			.resideOutsideOfPackages(packages)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(library)
			.check(CLASSES);
	}

	@Test
	void coreKnowsContractsThePlatformAndSpringCoreOnly() {
		classes().that()
			.resideInAPackage(BASE + "core")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(Stream
				.concat(Stream.of("java..", "org.jspecify.annotations", "org.springframework.core..",
						"org.springframework.util..", "org.springframework.lang..", "org.apache.commons.logging",
						BASE + "core"), Stream.of(CONTRACTS).map((name) -> BASE + name))
				.toArray(String[]::new))
			.check(CLASSES);
	}

	@Test
	void annotationsKnowNothing() {
		classes().that()
			.resideInAPackage(BASE + "annotation")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(BASE + "annotation", "java..", "org.jspecify.annotations",
					"org.springframework.core.annotation", "org.springframework.aot.hint.annotation")
			.check(CLASSES);
	}

	private static Map.Entry<String, Set<String>> may(String spoke, String... known) {
		return Map.entry(spoke, Set.of(known));
	}

	private static Arguments library(String library, String... places) {
		return Arguments.of(library, Arrays.asList(places));
	}

	/**
	 * Classes by the file that they are in, with those that are nested in them.
	 */
	private record FilesOf(String packageName) implements SliceAssignment {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
			return javaClass.getPackageName().equals(this.packageName) ? SliceIdentifier.of(file(javaClass))
					: SliceIdentifier.ignore();
		}

		static String file(JavaClass javaClass) {
			return javaClass.getName().replaceFirst("\\$.*", "");
		}

		@Override
		public String getDescription() {
			return "files of " + this.packageName;
		}

	}

}
