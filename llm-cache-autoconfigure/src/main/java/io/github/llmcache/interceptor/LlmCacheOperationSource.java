package io.github.llmcache.interceptor;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.KotlinDetector;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringValueResolver;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCacheEvicts;
import io.github.llmcache.annotation.LlmCached;
import io.github.llmcache.policy.RequestedPolicy;
import io.github.llmcache.reactive.KotlinFlows;

/**
 * Finds the annotations of a class, and parses and checks them, once.
 * <p>
 * Safe for use by many threads.
 */
final class LlmCacheOperationSource {

	private final AnnotationFilter filter = new AnnotationFilter(
			List.of(LlmCached.class, LlmCacheEvict.class, LlmCacheEvicts.class));

	private final Expressions expressions;

	private final CachedOperationParser cachedParser;

	private final EvictOperationParser evictParser;

	private final Map<Class<?>, Map<Method, MethodOperations>> operations = new ConcurrentHashMap<>();

	private volatile Consumer<MethodOperations> check = (found) -> {
	};

	/**
	 * Create the source.
	 * @param beanFactory for {@code @bean} references
	 * @param placeholders resolves property placeholders
	 */
	LlmCacheOperationSource(BeanFactory beanFactory, StringValueResolver placeholders) {
		this.expressions = new Expressions(beanFactory);
		this.cachedParser = new CachedOperationParser(this.expressions, placeholders);
		this.evictParser = new EvictOperationParser(this.expressions, placeholders);
	}

	/**
	 * Pass every annotated method to a check: those found so far at once, later ones when
	 * they are found.
	 */
	void check(Consumer<MethodOperations> methods) {
		this.check = methods;
		this.operations.values().forEach((found) -> found.values().forEach(methods));
	}

	/**
	 * The tasks named by the annotations that were found so far, with what each asks for.
	 */
	Map<String, RequestedPolicy> tasks() {
		Map<String, RequestedPolicy> tasks = new HashMap<>();
		for (Map<Method, MethodOperations> found : this.operations.values()) {
			for (MethodOperations method : found.values()) {
				CachedOperation cached = method.cached();
				if (cached != null && cached.task().isConstant()) {
					tasks.putIfAbsent(cached.task().text(), cached.policy());
				}
			}
		}
		return tasks;
	}

	Expressions expressions() {
		return this.expressions;
	}

	boolean hasOperations(Class<?> targetClass) {
		return !operations(targetClass).isEmpty();
	}

	@Nullable MethodOperations find(Method method, Class<?> targetClass) {
		Map<Method, MethodOperations> ofClass = operations(targetClass);
		if (ofClass.isEmpty()) {
			return null;
		}
		MethodOperations ofMethod = ofClass.get(method);
		return (ofMethod != null || Proxy.isProxyClass(targetClass)) ? ofMethod
				: ofClass.get(AopUtils.getMostSpecificMethod(method, targetClass));
	}

	private Map<Method, MethodOperations> operations(Class<?> targetClass) {
		Class<?> userClass = ClassUtils.getUserClass(targetClass);
		Map<Method, MethodOperations> known = this.operations.get(userClass);
		if (known == null) {
			known = this.filter.mayBeOn(userClass) ? scan(userClass) : Map.of();
			this.operations.put(userClass, known);
		}
		return known;
	}

	private Map<Method, MethodOperations> scan(Class<?> targetClass) {
		Map<Method, MethodOperations> found = new HashMap<>();
		for (Class<?> type : Proxy.isProxyClass(targetClass) ? targetClass.getInterfaces()
				: new Class<?>[] { targetClass }) {
			for (Method method : ReflectionUtils.getUniqueDeclaredMethods(type,
					ReflectionUtils.USER_DECLARED_METHODS)) {
				MethodOperations parsed = parse(method, targetClass);
				if (parsed != null) {
					this.check.accept(parsed);
					found.put(method, parsed);
				}
			}
		}
		return Map.copyOf(found);
	}

	private @Nullable MethodOperations parse(Method method, Class<?> targetClass) {
		List<LlmCacheEvict> evictions = findAll(method, targetClass, LlmCacheEvict.class, true);
		LlmCached cached = findAll(method, targetClass, LlmCached.class, evictions.isEmpty()).stream()
			.findFirst()
			.orElse(null);
		if (cached == null && evictions.isEmpty()) {
			return null;
		}
		AnnotatedSignature signature = new AnnotatedSignature(method, targetClass);
		if ((method.getModifiers() & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL)) != 0) {
			throw signature.invalid("is annotated but is private, static or final, so that calls cannot be intercepted",
					KotlinDetector.isKotlinType(method.getDeclaringClass())
							? "Make class and function open, as the compiler plugin kotlin-spring does for beans, or move"
									+ " the annotation to a function that is called through the bean."
							: "Remove the modifier, or move the annotation to a method that is called through the bean.");
		}
		AnswerForm form = AnswerForm.of(signature);
		if ((signature.isSuspending() || form == AnswerForm.FLOW) && !KotlinFlows.ARE_SUPPORTED) {
			throw signature.invalid(
					(signature.isSuspending() ? "is a suspend function" : "returns a Flow")
							+ ", but kotlinx-coroutines-reactor or kotlin-reflect is not on the classpath",
					"Add org.jetbrains.kotlinx:kotlinx-coroutines-reactor and org.jetbrains.kotlin:kotlin-reflect.");
		}
		return new MethodOperations(method, form, (cached != null) ? this.cachedParser.parse(cached, signature) : null,
				evictions.stream().map((evict) -> this.evictParser.parse(evict, signature)).toList());
	}

	private static <A extends Annotation> List<A> findAll(Method method, Class<?> targetClass, Class<A> type,
			boolean onType) {
		List<A> onMethod = synthesized(MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY), type);
		if (!onMethod.isEmpty() || !onType || !Modifier.isPublic(method.getModifiers())
				|| Modifier.isStatic(method.getModifiers())) {
			return onMethod;
		}
		List<A> onClass = synthesized(MergedAnnotations.from(targetClass, SearchStrategy.SUPERCLASS), type);
		return !onClass.isEmpty() ? onClass : findAllOnInterface(method, targetClass, type);
	}

	private static <A extends Annotation> List<A> findAllOnInterface(Method method, Class<?> targetClass,
			Class<A> type) {
		for (Class<?> declaring : ClassUtils.getAllInterfacesForClass(targetClass)) {
			List<A> annotations = synthesized(MergedAnnotations.from(declaring, SearchStrategy.TYPE_HIERARCHY), type);
			if (!annotations.isEmpty()
					&& ClassUtils.hasMethod(declaring, method.getName(), method.getParameterTypes())) {
				return annotations;
			}
		}
		return List.of();
	}

	/**
	 * Those of the nearest declaration: an overridden method or class does not add to
	 * them.
	 */
	private static <A extends Annotation> List<A> synthesized(MergedAnnotations annotations, Class<A> type) {
		List<MergedAnnotation<A>> found = annotations.stream(type).toList();
		return found.stream()
			.filter((annotation) -> annotation.getAggregateIndex() == found.get(0).getAggregateIndex())
			.map(MergedAnnotation::synthesize)
			.toList();
	}

	/**
	 * What is to be done around a method.
	 *
	 * @param method the method of the target's class, whose parameter names expressions
	 * use
	 * @param form how it returns its answer
	 * @param cached how it is cached, if it is
	 * @param evictions what it evicts
	 */
	record MethodOperations(Method method, AnswerForm form, @Nullable CachedOperation cached,
			List<EvictOperation> evictions) {

	}

}
