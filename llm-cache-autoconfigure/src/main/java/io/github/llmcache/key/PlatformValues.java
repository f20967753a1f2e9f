package io.github.llmcache.key;

import java.io.File;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.AbstractMap;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.TimeZone;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ObjectUtils;

import io.github.llmcache.platform.PlatformState;

/**
 * The classes of the platform whose values simpler ones are known to express completely:
 * a text, a number, a truth value, bytes, or a list of any values.
 */
final class PlatformValues {

	private static final Map<Class<?>, Function<Object, Object>> FORMS = new LinkedHashMap<>();

	/** Types with many classes that are not public. */
	private static final Map<Class<?>, Function<Object, Object>> FAMILIES = new LinkedHashMap<>();

	static {
		for (Class<?> type : List.of(String.class, Boolean.class, Byte.class, Short.class, Integer.class, Long.class,
				Float.class, Double.class, BigInteger.class, BigDecimal.class, byte[].class)) {
			FORMS.put(type, Function.identity());
		}
		for (Class<?> type : List.of(Character.class, StringBuilder.class, StringBuffer.class, UUID.class, URI.class,
				URL.class, Currency.class, Inet4Address.class, Inet6Address.class, InetSocketAddress.class,
				Instant.class, LocalDate.class, OffsetTime.class, Duration.class, Period.class, YearMonth.class,
				MonthDay.class, ZoneOffset.class)) {
			FORMS.put(type, Object::toString);
		}
		add(FORMS, LocalTime.class, DateTimeFormatter.ISO_LOCAL_TIME::format);
		add(FORMS, LocalDateTime.class, DateTimeFormatter.ISO_LOCAL_DATE_TIME::format);
		add(FORMS, OffsetDateTime.class, DateTimeFormatter.ISO_OFFSET_DATE_TIME::format);
		add(FORMS, ZonedDateTime.class, DateTimeFormatter.ISO_ZONED_DATE_TIME::format);
		add(FORMS, Year.class, Year::getValue);
		add(FORMS, Date.class, Date::getTime);
		add(FORMS, GregorianCalendar.class, PlatformValues::calendar);
		add(FORMS, Locale.class, PlatformValues::locale);
		add(FORMS, File.class, File::getPath);
		add(FORMS, Class.class, PlatformValues::name);
		add(FORMS, char[].class, String::valueOf);
		add(FORMS, BitSet.class, (bits) -> Arrays.stream(bits.toLongArray()).boxed().toList());
		add(FORMS, Pattern.class, (pattern) -> List.of(pattern.pattern(), pattern.flags()));
		add(FORMS, Optional.class, (optional) -> optional.stream().toList());
		add(FORMS, OptionalInt.class, (optional) -> optional.stream().boxed().toList());
		add(FORMS, OptionalLong.class, (optional) -> optional.stream().boxed().toList());
		add(FORMS, OptionalDouble.class, (optional) -> optional.stream().boxed().toList());
		add(FORMS, AtomicBoolean.class, AtomicBoolean::get);
		add(FORMS, AtomicInteger.class, AtomicInteger::get);
		add(FORMS, AtomicLong.class, AtomicLong::get);
		add(FORMS, AtomicReference.class, (reference) -> Arrays.asList(reference.get()));
		add(FORMS, Properties.class, PlatformValues::properties);
		add(FAMILIES, ZoneId.class, ZoneId::getId);
		add(FAMILIES, Charset.class, Charset::name);
		add(FAMILIES, TimeZone.class, PlatformValues::timeZone);
		add(FAMILIES, Path.class, PlatformValues::path);
		add(FAMILIES, Map.Entry.class, (entry) -> Arrays.asList(entry.getKey(), entry.getValue()));
	}

	private PlatformValues() {
	}

	/**
	 * The form of a value.
	 * @return the form, or {@code null} if there is none
	 */
	static @Nullable Form of(Object value) {
		Class<?> type = value.getClass();
		Function<Object, Object> form = FORMS.get(type);
		if (form != null) {
			return new Form(type, form.apply(value));
		}
		if (type.isArray()) {
			return new Form(type, Arrays.asList(ObjectUtils.toObjectArray(value)), type.getComponentType());
		}
		if (value instanceof Enum<?> constant) {
			Class<?> declaring = constant.getDeclaringClass();
			return new Form(declaring, declaring.getName() + "." + constant.name());
		}
		if (!PlatformState.isPlatform(type)) {
			return null;
		}
		for (Map.Entry<Class<?>, Function<Object, Object>> family : FAMILIES.entrySet()) {
			if (family.getKey().isInstance(value)) {
				return new Form(family.getKey(), family.getValue().apply(value));
			}
		}
		return type.getPackageName().equals("java.sql") ? sql(value) : null;
	}

	/**
	 * Classes of the module java.sql, found by name because that may be missing.
	 */
	private static @Nullable Form sql(Object value) {
		return switch (value.getClass().getName()) {
			case "java.sql.Timestamp" -> new Form(value.getClass(), ((Date) value).toInstant().toString());
			case "java.sql.Date", "java.sql.Time" -> new Form(value.getClass(), ((Date) value).getTime());
			default -> null;
		};
	}

	/**
	 * Reads a clone, because asking a calendar for its time may change it.
	 */
	private static Object calendar(GregorianCalendar original) {
		GregorianCalendar calendar = (GregorianCalendar) original.clone();
		return List.of(calendar.getTimeInMillis(), calendar.getTimeZone(), calendar.isLenient(),
				calendar.getFirstDayOfWeek(), calendar.getMinimalDaysInFirstWeek(),
				calendar.getGregorianChange().getTime());
	}

	/**
	 * Not the language tag, which cannot express every locale.
	 */
	private static Object locale(Locale locale) {
		String tag = locale.toLanguageTag();
		return Locale.forLanguageTag(tag).equals(locale) ? tag
				: List.of(locale.getLanguage(), locale.getScript(), locale.getCountry(), locale.getVariant(),
						locale.getExtensionKeys().stream().map((key) -> key + locale.getExtension(key)).toList());
	}

	/**
	 * Properties with defaults, which are other properties, are more than a map.
	 */
	private static Object properties(Properties properties) {
		return List.of(new HashMap<>(properties), PlatformState.texts(properties));
	}

	private static Object name(Class<?> type) {
		if (type.isHidden()) {
			throw new NotCanonicalException("the name of a hidden class differs from one JVM to the next");
		}
		return type.getName();
	}

	private static Object timeZone(TimeZone zone) {
		if (!TimeZone.getTimeZone(zone.getID()).equals(zone)) {
			throw new NotCanonicalException("the id of a " + zone.getClass().getName() + " does not tell its rules");
		}
		return zone.getID();
	}

	private static Object path(Path path) {
		if (path.getFileSystem() != FileSystems.getDefault()) {
			throw new NotCanonicalException("a path is not of the default file system");
		}
		return path.toString();
	}

	private static <T> void add(Map<Class<?>, Function<Object, Object>> forms, Class<T> type,
			Function<? super T, Object> form) {
		forms.put(type, (value) -> form.apply(type.cast(value)));
	}

	/**
	 * Exactly these classes: those of an application that extend them may add fields.
	 */
	static boolean isEntry(Class<?> type) {
		return type == AbstractMap.SimpleEntry.class || type == AbstractMap.SimpleImmutableEntry.class;
	}

	/**
	 * Everything that a value consists of.
	 *
	 * @param type the type that tells how to read the content
	 * @param content a text, a number, a truth value, bytes or a list of any values
	 * @param elements the type of all elements of a list, if they have one
	 */
	record Form(Class<?> type, Object content, Class<?> elements) {

		Form(Class<?> type, Object content) {
			this(type, content, Object.class);
		}

	}

}
