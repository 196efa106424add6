package dev.thalweg.planner.logical;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What names mean at a place in a query.
///
/// @param queries of the WITH clauses around: they hide tables
/// @param aliases of the relations whose columns can be seen: `a.b` is column `b` of such an `a`, else field `b` of a struct `a`
record Names(Set<String> queries, Set<String> aliases) {
    static final Names NONE = new Names(Set.of(), Set.of());

    Names {
        queries = Set.copyOf(queries);
        aliases = Set.copyOf(aliases);
    }

    Names seeing(List<String> relations) {
        Set<String> more = new HashSet<>(aliases);
        relations.forEach(alias -> more.add(alias.toLowerCase(Locale.ROOT)));
        return new Names(queries, more);
    }

    boolean sees(String alias) {
        return aliases.contains(alias.toLowerCase(Locale.ROOT));
    }

    Names with(String query) {
        Set<String> more = new HashSet<>(queries);
        more.add(query.toLowerCase(Locale.ROOT));
        return new Names(more, aliases);
    }

    Names without(String query) {
        Set<String> fewer = new HashSet<>(queries);
        fewer.remove(query.toLowerCase(Locale.ROOT));
        return new Names(fewer, aliases);
    }

    boolean has(List<String> name) {
        return name.size() == 1 && queries.contains(name.getFirst().toLowerCase(Locale.ROOT));
    }
}
