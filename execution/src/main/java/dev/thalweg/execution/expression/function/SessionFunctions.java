package dev.thalweg.execution.expression.function;

import java.util.Locale;

/// What the session is: its user, its catalog and the one schema in it, how it compares texts.
public final class SessionFunctions {
    private static final String CATALOG = "thalweg";
    private static final String SCHEMA = "default";
    /// The one there is: byte for byte.
    private static final String COLLATION = "UTF8_BINARY";

    private SessionFunctions() {}

    /// Whoever runs the process, as the operating system names them.
    public static String currentUser() {
        return System.getProperty("user.name", "unknown");
    }

    public static String currentCatalog() {
        return CATALOG;
    }

    public static String currentSchema() {
        return SCHEMA;
    }

    public static String currentPath() {
        return "system.builtin,system.session," + CATALOG + "." + SCHEMA;
    }

    public static String collation(String text) {
        return "SYSTEM.BUILTIN." + COLLATION;
    }

    public static String collate(String text, String collation) {
        String name = collation.toUpperCase(Locale.ROOT);
        if (!name.equals(COLLATION) && !name.equals("SYSTEM.BUILTIN." + COLLATION)) {
            throw Reject.argument("collate", "collation", collation,
                    COLLATION + ", the only one there is; lower(text) compares without case");
        }
        return text;
    }
}
