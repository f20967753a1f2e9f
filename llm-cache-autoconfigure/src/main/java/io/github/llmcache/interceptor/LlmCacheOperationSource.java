package io.github.llmcache.interceptor;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringValueResolver;

import io.github.llmcache.annotation.LlmCacheEvict;
import io.github.llmcache.annotation.LlmCacheEvicts;
import io.github.llmcache.annotation.LlmCached;

/**
 * Finds the annotations of a class, and parses and checks them, once.
 * <p>
 * Safe for use by many threads.
 */
public final class LlmCacheOperationSource {

	private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(LlmCached.class, LlmCacheEvict.class,
			LlmCacheEvicts.class);

	private final Expressions expressions;

	private final CachedOperationParser cachedParser;

	private final EvictOperationParser evictParser;

	private final Consumer<DeclaredTask> validator;

	private final Map<Class<?>, Map<Method, MethodOperations>> operations = new ConcurrentHashMap<>();

	private volatile Predicate<Type> supported = (type) -> true;

	/**
	 * Create the source.
	 * @param beanFactory for {@code @bean} references, asked for when the first
	 * expression is evaluated
	 * @param placeholders resolves property placeholders
	 * @param validator is shown every cached method that is found, and throws if it
	 * cannot be cached as declared
	 */
	public LlmCacheOperationSource(Supplier<BeanFactory> beanFactory, StringValueResolver placeholders,
			Consumer<DeclaredTask> validator) {
		this.expressions = new Expressions(beanFactory);
		this.cachedParser = new CachedOperationParser(this.expressions, placeholders);
		this.evictParser = new EvictOperationParser(this.expressions, placeholders);
		this.validator = validator;
	}

	/**
	 * Refuse methods whose answers are of no supported type, also those that were found
	 * before.
	 */
	void support(Predicate<Type> types) {
		this.supported = types;
		this.operations.values().forEach((found) -> found.values().forEach(this::check));
	}

	private void check(MethodOperations found) {
		if (found.cached() != null && !this.supported.test(found.cached().answerType().type())) {
			throw new InvalidOperationException(found.method(),
					"returns '" + found.method().getGenericReturnType().getTypeName()
							+ "', which cannot be restored from JSON, so that no answer would ever be stored",
					"Cache a method that returns the content, as a text or a record, instead of what wraps it, or give the"
							+ " application's JsonMapper a mix-in or a deserializer for the type.");
		}
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
			known = AnnotationUtils.isCandidateClass(userClass, ANNOTATIONS) ? scan(userClass) : Map.of();
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
					check(parsed);
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
					"Remove the modifier, or move the annotation to a method that is called through the bean.");
		}
		CachedOperation cachedOperation = null;
		if (cached != null) {
			cachedOperation = this.cachedParser.parse(cached, signature);
			this.validator.accept(
					new DeclaredTask(method, cachedOperation.task().isConstant() ? cachedOperation.task().text() : null,
							cachedOperation.policy()));
		}
		return new MethodOperations(method, AnswerForm.of(method.getReturnType()), cachedOperation,
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
	 * @param form how it gives its answer
	 * @param cached how it is cached, if it is
	 * @param evictions what it invalidates
	 */
	record MethodOperations(Method method, AnswerForm form, @Nullable CachedOperation cached,
			List<EvictOperation> evictions) {

	}

}
