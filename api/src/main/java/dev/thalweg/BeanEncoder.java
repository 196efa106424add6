package dev.thalweg;

import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes rows of beans and records, and back. This is one of the few places that look into classes: that is what a bean is for.
final class BeanEncoder {
    private final Constructor<?> constructor;
    private final List<Property> properties;

    /// One column.
    ///
    /// @param setter empty for the component of a record
    private record Property(String name, EngineEncoder<?> value, Method getter, Optional<Method> setter) {}

    private BeanEncoder(Constructor<?> constructor, List<Property> properties) {
        this.constructor = constructor;
        this.properties = properties;
    }

    /// @param around beans that this one is a part of
    static EngineEncoder<?> of(Class<?> type, Set<Class<?>> around) {
        if (around.contains(type)) {
            throw misfit(type, "it holds itself");
        }
        Set<Class<?>> inside = new HashSet<>(around);
        inside.add(type);
        BeanEncoder bean = new BeanEncoder(constructor(type),
                type.isRecord() ? components(type, inside) : properties(type, inside));
        if (bean.properties.isEmpty()) {
            throw misfit(type, "it has no property with a getter and a setter, and is no record");
        }
        RowType row = new RowType(bean.properties.stream()
                .map(each -> new Field(each.name(), each.value().type(), each.value().nullable())).toList());
        return new EngineEncoder<>(new Struct(row), true, false, bean::toRow, value -> bean.toObject((List<?>) value));
    }

    private static InvalidQuery misfit(Class<?> type, String why) {
        return new InvalidQuery("THW-1266", "An encoder cannot make rows of " + type.getName() + ": " + why
                + ".\nEncoders.bean(…) takes a class with a constructor without parameters and properties that have a getter"
                + " and a setter, or a record. Encoders.javaSerialization(…) keeps any serializable class.");
    }

    private static Constructor<?> constructor(Class<?> type) {
        Class<?>[] parameters = type.isRecord()
                ? Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new)
                : new Class<?>[0];
        try {
            Constructor<?> found = type.getDeclaredConstructor(parameters);
            found.setAccessible(true);
            return found;
        } catch (NoSuchMethodException e) {
            throw misfit(type, "it has no constructor without parameters");
        }
    }

    private static List<Property> components(Class<?> type, Set<Class<?>> around) {
        return Arrays.stream(type.getRecordComponents()).map(component -> {
            component.getAccessor().setAccessible(true);
            return new Property(component.getName(), JavaValues.of(component.getGenericType(), around),
                    component.getAccessor(), Optional.empty());
        }).toList();
    }

    private static List<Property> properties(Class<?> type, Set<Class<?>> around) {
        List<Property> found = new ArrayList<>();
        for (Method getter : type.getMethods()) {
            String stem = stem(getter);
            setter(type, getter, stem).ifPresent(setter -> {
                getter.setAccessible(true);
                setter.setAccessible(true);
                found.add(new Property(propertyName(stem), JavaValues.of(getter.getGenericReturnType(), around), getter,
                        Optional.of(setter)));
            });
        }
        found.sort(Comparator.comparing(Property::name));
        return found;
    }

    /// What follows `get` or `is` in the name of a getter; empty for any other method.
    private static String stem(Method method) {
        boolean isGetter = !Modifier.isStatic(method.getModifiers()) && method.getParameterCount() == 0
                && !method.isBridge();
        String name = method.getName();
        if (isGetter && name.startsWith("get")) {
            return name.substring(3);
        }
        return isGetter && name.startsWith("is") && method.getReturnType() == boolean.class ? name.substring(2) : "";
    }

    private static Optional<Method> setter(Class<?> type, Method getter, String stem) {
        if (stem.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(type.getMethod("set" + stem, getter.getReturnType()));
        } catch (NoSuchMethodException e) {
            return Optional.empty();
        }
    }

    /// `URL` stays as it is, `Url` is `url`, as beans have it.
    private static String propertyName(String stem) {
        return stem.length() > 1 && Character.isUpperCase(stem.charAt(0)) && Character.isUpperCase(stem.charAt(1))
                ? stem
                : stem.substring(0, 1).toLowerCase(Locale.ROOT) + stem.substring(1);
    }

    private Object toRow(Object bean) {
        List<@Nullable Object> values = new ArrayList<>();
        properties.forEach(each -> values.add(each.value().encode(call(() -> each.getter().invoke(bean)))));
        return values;
    }

    private Object toObject(List<?> values) {
        @Nullable
        Object[] objects = new Object[properties.size()];
        for (int i = 0; i < objects.length; i++) {
            Property property = properties.get(i);
            if (values.get(i) == null && !property.value().nullable()) {
                throw new InvalidQuery("THW-4283", "The column for '" + property.name() + "' of "
                        + constructor.getDeclaringClass().getSimpleName() + " is NULL, which its "
                        + property.value().type().sql()
                        + " cannot be.\nMake the property one that can be null, such as an"
                        + " Integer for an int, or leave such rows out.");
            }
            objects[i] = property.value().decode(values.get(i));
        }
        if (constructor.getParameterCount() > 0) {
            return Objects.requireNonNull(call(() -> constructor.newInstance(objects)));
        }
        Object bean = Objects.requireNonNull(call(constructor::newInstance));
        for (int i = 0; i < objects.length; i++) {
            @Nullable
            Object value = objects[i];
            Method setter = properties.get(i).setter().orElseThrow();
            call(() -> setter.invoke(bean, value));
        }
        return bean;
    }

    @FunctionalInterface
    private interface Reflective {
        @Nullable
        Object run() throws ReflectiveOperationException;
    }

    /// What the bean's own code throws goes on as it is.
    private @Nullable Object call(Reflective step) {
        try {
            return step.run();
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw new IllegalStateException(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
