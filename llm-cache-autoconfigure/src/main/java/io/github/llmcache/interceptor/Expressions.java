package io.github.llmcache.interceptor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.context.expression.MethodBasedEvaluationContext;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.TemplateParserContext;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ClassUtils;

/**
 * Parses the expressions of annotations and checks, before any call, that the parameters
 * they name exist.
 */
final class Expressions {

	private static final ParameterNameDiscoverer parameterNames = new DefaultParameterNameDiscoverer();

	private static final TemplateParserContext TEMPLATE = new TemplateParserContext();

	private final SpelExpressionParser parser = new SpelExpressionParser();

	private final BeanFactory beanFactory;

	Expressions(BeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	EvaluationContext createContext(MethodCall.Root root) {
		MethodBasedEvaluationContext context = new MethodBasedEvaluationContext(root, root.method(), root.args(),
				parameterNames);
		context.setBeanResolver(new BeanFactoryResolver(this.beanFactory));
		return context;
	}

	/**
	 * Parse an expression.
	 * @param text the expression
	 * @param attribute the annotation's attribute, for messages
	 * @param signature the annotated method
	 * @return what it means, and what it reads
	 */
	Parsed parse(String text, String attribute, AnnotatedSignature signature) {
		return parsed(parse(text, attribute, signature, false), attribute, signature);
	}

	/**
	 * Parse a text with expressions in {@code #{...}}.
	 * @param text the text
	 * @param attribute the annotation's attribute, for messages
	 * @param signature the annotated method
	 * @return what it means
	 */
	MethodExpression parseTemplate(String text, String attribute, AnnotatedSignature signature) {
		if (!isTemplate(text)) {
			return (call) -> text;
		}
		return parsed(parse(text, attribute, signature, true), attribute, signature).expression();
	}

	static boolean isTemplate(String text) {
		return text.contains(TEMPLATE.getExpressionPrefix());
	}

	/**
	 * Whether values of a type are compared as text.
	 */
	static boolean hasTextForm(Class<?> type) {
		return CharSequence.class.isAssignableFrom(type) || type.isEnum() || Enum.class.isAssignableFrom(type)
				|| type == UUID.class || ClassUtils.isPrimitiveOrWrapper(type) || Number.class.isAssignableFrom(type);
	}

	private Expression parse(String text, String attribute, AnnotatedSignature signature, boolean template) {
		try {
			return template ? this.parser.parseExpression(text, TEMPLATE) : this.parser.parseExpression(text);
		}
		catch (ParseException ex) {
			throw signature.invalid("has '" + attribute + " = \"" + text + "\"', which is not a valid expression: "
					+ ex.getSimpleMessage(), "Correct the expression; put a constant text in single quotes.");
		}
	}

	private Parsed parsed(Expression expression, String attribute, AnnotatedSignature signature) {
		Set<Integer> parameters = new LinkedHashSet<>();
		for (SpelNode node : nodes(expression)) {
			collect(node, parameters, attribute, signature);
		}
		return new Parsed((call) -> expression.getValue(call.context()), Set.copyOf(parameters),
				readPath(expression, parameters));
	}

	private static List<SpelNode> nodes(Expression expression) {
		if (expression instanceof SpelExpression spel) {
			return List.of(spel.getAST());
		}
		if (expression instanceof CompositeStringExpression composite) {
			return Arrays.stream(composite.getExpressions()).flatMap((part) -> nodes(part).stream()).toList();
		}
		return List.of();
	}

	private static void collect(SpelNode node, Set<Integer> parameters, String attribute,
			AnnotatedSignature signature) {
		if (node instanceof VariableReference) {
			String name = node.toStringAST().substring(1);
			int index = signature.indexOf(name);
			if (index >= 0) {
				parameters.add(index);
			}
			else if (!isPredefined(name, attribute)) {
				throw signature.invalidName(
						"refers to '#" + name + "' in '" + attribute + "', but has the parameters " + signature.names(),
						"Name one of the parameters, or '#a0' for the first one.");
			}
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			collect(node.getChild(i), parameters, attribute, signature);
		}
	}

	private static boolean isPredefined(String name, String attribute) {
		return name.equals("root") || name.equals("this") || (name.equals("result") && attribute.equals("unless"));
	}

	/**
	 * The path of an expression that only reads a property of one parameter, such as
	 * {@code #request.message.text} or {@code #request.message().text()}; empty for the
	 * parameter itself, {@code null} for any other expression.
	 */
	private static @Nullable List<String> readPath(Expression expression, Set<Integer> parameters) {
		if (parameters.size() != 1 || !(expression instanceof SpelExpression spel)) {
			return null;
		}
		SpelNode node = spel.getAST();
		if (node instanceof VariableReference) {
			return List.of();
		}
		if (!(node instanceof CompoundExpression) || !(node.getChild(0) instanceof VariableReference)) {
			return null;
		}
		List<String> path = new ArrayList<>();
		for (int i = 1; i < node.getChildCount(); i++) {
			SpelNode child = node.getChild(i);
			if (child instanceof PropertyOrFieldReference property) {
				path.add(property.getName());
			}
			else if (child instanceof MethodReference method && method.getChildCount() == 0) {
				path.add(method.getName());
			}
			else {
				return null;
			}
		}
		return path;
	}

	/**
	 * A checked expression.
	 *
	 * @param expression what it means
	 * @param parameters indexes of the parameters that it reads
	 * @param path what it reads of its only parameter; {@code null} for any other
	 * expression
	 */
	record Parsed(MethodExpression expression, Set<Integer> parameters, @Nullable List<String> path) {

	}

}
