package dev.thalweg.execution.expression;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The classes that a stage's source may name, and the names that are none.
///
/// Janino asks for `Math`, `dev.thalweg.….Math` and `java.lang.Math` before it knows which is meant, for every stage anew; and
/// to say that a class is not there, every archive of the class path has to be looked into.
///
/// **Thread** any.
final class StageClasses extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private static final int MISSING_MAX = 4_096;

    private final Map<String, ClassNotFoundException> missing = new ConcurrentHashMap<>();

    StageClasses(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        ClassNotFoundException known = missing.get(name);
        if (known != null) {
            throw known;
        }
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException e) {
            if (missing.size() < MISSING_MAX) {
                missing.put(name, e);
            }
            throw e;
        }
    }
}
