package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Match;
import dev.thalweg.tests.spec.NaiveMatcher;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What MATCH_RECOGNIZE means: the matches that no row to come can change.
final class Matches {
    private Matches() {}

    /// @param passed up to which time nothing comes any more; empty: nothing comes at all
    static List<Tuple> of(Match match, List<Tuple> rows, OptionalLong passed) {
        Map<Optional<Object>, List<NaiveMatcher.Row>> keys = new LinkedHashMap<>();
        for (Tuple row : rows) {
            if (row.get(1) instanceof Instant time
                    && (passed.isEmpty() || LatenessModel.micros(time) <= passed.getAsLong())) {
                int number = (int) Objects.requireNonNull(row.get(2));
                keys.computeIfAbsent(Optional.ofNullable(row.get(0)), _ -> new ArrayList<>())
                        .add(new NaiveMatcher.Row("", number, LatenessModel.micros(time), number));
            }
        }
        List<Tuple> found = new ArrayList<>();
        keys.forEach((key, own) -> match.pattern().matches(own, passed.orElse(0), passed.isEmpty())
                .forEach(text -> found.add(Tuple.emitted(values(key, text)))));
        return found;
    }

    /// Of what the matcher says of a match.
    private static List<@Nullable Object> values(Optional<Object> key, String text) {
        String[] parts = text.split(", ", -1);
        List<@Nullable Object> values = new ArrayList<>();
        values.add(key.orElse(null));
        for (int i = 1; i < parts.length; i++) {
            boolean isText = i == 4;
            boolean isInt = i == 3;
            values.add(parts[i].equals("NULL")
                    ? null
                    : isText ? parts[i] : isInt ? (Object) Integer.valueOf(parts[i]) : Long.valueOf(parts[i]));
        }
        return values;
    }
}
