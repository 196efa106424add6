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
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlOperator;

/// The functions that the programs of one session have registered, or its SQL has made of expressions, by name, case aside.
///
/// **Thread** any.
public final class UserFunctions {
    private final Predicate<String> isOurs;
    private final Map<String, SqlOperator> byName = new ConcurrentSkipListMap<>();
    private final Map<String, SqlMacro> macros = new ConcurrentSkipListMap<>();

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

    public void register(SqlMacro macro) {
        checkFree(macro.name());
        drop(macro.name());
        macros.put(macro.name().toLowerCase(Locale.ROOT), macro);
    }

    private void put(String name, SqlOperator operator) {
        checkFree(name);
        drop(name);
        byName.put(name.toLowerCase(Locale.ROOT), operator);
    }

    /// Forgets a function. False when there is none.
    public boolean drop(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        boolean known = has(key);
        byName.remove(key);
        macros.remove(key);
        return known;
    }

    public boolean has(String name) {
        String key = name.toLowerCase(Locale.ROOT);
        return byName.containsKey(key) || macros.containsKey(key);
    }

    /// What SQL has made of an expression.
    public Optional<SqlMacro> macro(String name) {
        return Optional.ofNullable(macros.get(name.toLowerCase(Locale.ROOT)));
    }

    private void checkFree(String name) {
        if (isOurs.test(name)) {
            throw new InvalidQuery("THW-1265", "There is a function '" + name + "' already, which is part of SQL.\n"
                    + "Register yours under another name, such as my_" + name + ".");
        }
    }

    /// @param key in lower case
    Optional<SqlOperator> find(String key) {
        return Optional.ofNullable(byName.get(key));
    }

    public List<String> names() {
        return Stream.concat(byName.keySet().stream(), macros.keySet().stream()).toList();
    }

    /// How it may be called.
    Optional<String> describe(String name) {
        return macro(name).map(SqlMacro::signature)
                .or(() -> find(name.toLowerCase(Locale.ROOT)).map(operator -> switch (operator) {
                    case UserScalar scalar -> scalar.signature();
                    case EngineAggregate aggregate -> aggregate.user().map(UserFunctions::signature).orElse("");
                    default -> ""; // a rule: nothing else is put in
                }));
    }

    private static String signature(UserAggregate user) {
        return user.arguments().stream().map(type -> type.sql())
                .collect(Collectors.joining(", ", user.name() + "(", ") : ")) + user.type().sql();
    }
}
