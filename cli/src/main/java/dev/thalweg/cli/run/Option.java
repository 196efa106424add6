package dev.thalweg.cli.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What may stand on the command line beside operands. [Usage] tells people.
enum Option {
    HELP("", "--help", "-h"), //
    VERSION("", "--version", "-V"), //
    VERBOSE("", "--verbose", "-v"), //
    FORMAT("table, csv or json", "--format"), //
    STATEMENTS("statements", "-e"), //
    FILE("a file of statements", "-f");

    private final String value;
    @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
    private final List<String> names;

    /// @param value the words for what must follow; empty for an option that is said by its name alone
    Option(String value, String... names) {
        this.value = value;
        this.names = List.of(names);
    }

    static Optional<Option> named(String name) {
        return Arrays.stream(values()).filter(option -> option.names.contains(name)).findFirst();
    }

    static List<String> allNames() {
        return Arrays.stream(values()).flatMap(option -> option.names.stream()).toList();
    }

    boolean hasValue() {
        return !value.isEmpty();
    }

    /// The words for what must follow, as in "needs a file of statements".
    String value() {
        return value;
    }

    @Override
    public String toString() {
        return names.getFirst();
    }
}
