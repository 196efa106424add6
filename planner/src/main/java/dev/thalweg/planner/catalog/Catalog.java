package dev.thalweg.planner.catalog;

import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The names of one session. A temporary view stands in front of a lasting entry of the same name; dropping it uncovers that
/// one.
///
/// **Thread** Any.
public final class Catalog {
    private final Map<String, CatalogEntry> lasting = new TreeMap<>();
    private final Map<String, CatalogEntry> temporary = new TreeMap<>();

    /// **Errors** [InvalidQuery] THW-1102 when the name is taken by an entry of the same life.
    public synchronized void create(CatalogEntry entry) {
        CatalogEntry before = layer(entry).putIfAbsent(key(entry.name()), entry);
        if (before != null) {
            throw new InvalidQuery("THW-1102", "There is a " + before.kind() + " '" + before.name() + "' already.\n"
                    + "Choose another name, DROP it first, or write CREATE OR REPLACE or CREATE … IF NOT EXISTS.");
        }
    }

    public synchronized void createOrReplace(CatalogEntry entry) {
        layer(entry).put(key(entry.name()), entry);
    }

    public synchronized Optional<CatalogEntry> find(String name) {
        String key = key(name);
        return Optional.ofNullable(temporary.get(key)).or(() -> Optional.ofNullable(lasting.get(key)));
    }

    /// What lies under a name when no temporary view stands in front of it.
    public synchronized Optional<CatalogEntry> findLasting(String name) {
        return Optional.ofNullable(lasting.get(key(name)));
    }

    /// **Errors** [InvalidQuery] THW-1101 with the nearest name there is.
    public CatalogEntry get(String name) {
        return find(name).orElseThrow(() -> new InvalidQuery("THW-1101",
                "Unknown table or stream '" + name + "'.\n" + hint(name)));
    }

    /// What to do about a name that is not there.
    public String hint(String name) {
        List<String> known = list().stream().map(CatalogEntry::name).toList();
        if (known.isEmpty()) {
            return "There are no tables yet: CREATE TABLE, CREATE STREAM or CREATE VIEW makes one.";
        }
        String near = NearNames.nearest(name, known).map(n -> "Did you mean '" + n + "'? ").orElse("");
        return near + "There are: " + String.join(", ", known) + ".";
    }

    /// What [#find] finds, in order of the names; not what hangs on another name, such as `late(q)`.
    public synchronized List<CatalogEntry> list() {
        Map<String, CatalogEntry> all = new TreeMap<>(lasting);
        all.putAll(temporary);
        return all.values().stream().filter(entry -> !entry.name().contains("(")).toList();
    }

    /// Forgets what [#find] finds: a temporary entry before a lasting one. False when there is none.
    public synchronized boolean drop(String name) {
        String key = key(name);
        return Stream.of(temporary, lasting).anyMatch(layer -> layer.remove(key) != null);
    }

    private Map<String, CatalogEntry> layer(CatalogEntry entry) {
        return entry.temporary() ? temporary : lasting;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
