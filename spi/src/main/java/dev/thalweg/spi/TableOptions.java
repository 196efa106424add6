package dev.thalweg.spi;

import dev.thalweg.spi.error.InvalidOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The options of a table, a source or a sink as the user wrote them; names are compared without case.
///
/// A connector turns them into a record of its own at the door, with [#checkKnown] first, and never looks one up again.
public record TableOptions(Map<String, String> values) {
    public TableOptions {
        TreeMap<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(values);
        values = java.util.Collections.unmodifiableMap(copy);
    }

    public static TableOptions none() {
        return new TableOptions(Map.of());
    }

    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    public String text(String name, String byDefault) {
        return text(name).orElse(byDefault);
    }

    public OptionalLong number(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text.get().strip()));
        } catch (NumberFormatException e) {
            throw new InvalidOption(name, text.get(), "a whole number");
        }
    }

    public boolean flag(String name, boolean byDefault) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        return switch (text.get().strip().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidOption(name, text.get(), "true or false");
        };
    }

    public TableOptions with(String name, String value) {
        TreeMap<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(values);
        more.put(name, value);
        return new TableOptions(more);
    }

    public TableOptions without(String name) {
        TreeMap<String, String> fewer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        fewer.putAll(values);
        fewer.remove(name);
        return new TableOptions(fewer);
    }

    /// Refuses an option that nobody knows, and names the nearest that exists.
    ///
    /// @param owner what takes the options, such as "source 'json'"
    public void checkKnown(String owner, Collection<String> known) {
        List<String> sorted = new ArrayList<>(known);
        sorted.sort(String.CASE_INSENSITIVE_ORDER);
        for (String name : values.keySet()) {
            if (sorted.stream().noneMatch(name::equalsIgnoreCase)) {
                String hint = NearNames.nearest(name, sorted).map(n -> " Did you mean '" + n + "'?").orElse("");
                throw new InvalidOption("THW-2002", "Unknown option '" + name + "' for " + owner + "." + hint
                        + " It knows: " + String.join(", ", sorted) + ".");
            }
        }
    }
}
