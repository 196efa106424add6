package dev.thalweg.planner.function;

import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.function.UserAggregate;
import dev.thalweg.spi.function.UserFunction;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlOperator;

/// The functions that the programs of one session have registered, by name, case aside.
///
/// **Thread** any.
public final class UserFunctions {
    private final Predicate<String> isOurs;
    private final Map<String, SqlOperator> byName = new ConcurrentSkipListMap<>();

    /// @param isOurs whether a name is that of a function of ours, which none of a program can have
    UserFunctions(Predicate<String> isOurs) {
        this.isOurs = isOurs;
    }

    /// Puts a function in the place of the one of that name.
    ///
    /// **Errors** [InvalidQuery] THW-1265 when the name is one of ours
    public void register(String name, UserFunction function) {
        put(name, new UserScalar(function));
    }

    public void register(String name, UserAggregate function) {
        put(name, EngineAggregate.of(function));
    }

    private void put(String name, SqlOperator operator) {
        if (isOurs.test(name)) {
            throw new InvalidQuery("THW-1265", "There is a function '" + name + "' already, which is part of SQL.\n"
                    + "Register yours under another name, such as my_" + name + ".");
        }
        byName.put(name.toLowerCase(Locale.ROOT), operator);
    }

    /// @param key in lower case
    Optional<SqlOperator> find(String key) {
        return Optional.ofNullable(byName.get(key));
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /// How it may be called.
    Optional<String> describe(String name) {
        return find(name.toLowerCase(Locale.ROOT)).map(operator -> switch (operator) {
            case UserScalar scalar -> scalar.signature();
            case EngineAggregate aggregate -> aggregate.user().map(UserFunctions::signature).orElse("");
            default -> ""; // a rule: nothing else is put in
        });
    }

    private static String signature(UserAggregate user) {
        return user.arguments().stream().map(type -> type.sql())
                .collect(Collectors.joining(", ", user.name() + "(", ") : ")) + user.type().sql();
    }
}
