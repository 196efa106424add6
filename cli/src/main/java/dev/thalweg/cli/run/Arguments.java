package dev.thalweg.cli.run;

import dev.thalweg.spi.NearNames;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words of a command line, told apart: options anywhere (`--format csv` or `--format=csv`), operands in their order.
/// After `--` every word is an operand.
///
/// Read by hand because it happens at every start: a library that finds options by reflection took a third of it.
public final class Arguments {
    private final Map<Option, String> options = new EnumMap<>(Option.class);
    private final List<String> operands = new ArrayList<>();

    /// @throws WrongUsage if an option is unknown, given twice or lacks its value
    public Arguments(List<String> words) {
        int next = 0;
        while (next < words.size()) {
            String word = words.get(next++);
            if (word.equals("--")) {
                operands.addAll(words.subList(next, words.size()));
                return;
            } else if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
            } else {
                next += option(word, words.subList(next, words.size()));
            }
        }
    }

    /// Takes an option.
    ///
    /// @return how many of the following words belong to it
    private int option(String word, List<String> following) {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        Option option = Option.named(name).orElseThrow(() -> new WrongUsage("Unknown option '" + name + "'."
                + NearNames.nearest(name, Option.allNames()).map(near -> " Did you mean '" + near + "'?").orElse("")));
        if (!option.hasValue() && equals >= 0) {
            throw new WrongUsage("Option " + option + " takes no value, not '" + word.substring(equals + 1) + "'.");
        }
        boolean follows = option.hasValue() && equals < 0;
        if (follows && following.isEmpty()) {
            throw new WrongUsage("Option " + option + " needs " + option.value() + " after it.");
        }
        if (options.put(option, follows ? following.getFirst() : word.substring(equals + 1)) != null) {
            throw new WrongUsage("Option " + option + " is given twice.");
        }
        return follows ? 1 : 0;
    }

    public boolean asksForHelp() {
        return has(Option.HELP);
    }

    public boolean asksForVersion() {
        return has(Option.VERSION);
    }

    boolean has(Option option) {
        return options.containsKey(option);
    }

    Optional<String> value(Option option) {
        return Optional.ofNullable(options.get(option));
    }

    /// Takes the first operand that is left.
    public Optional<String> next() {
        return operands.isEmpty() ? Optional.empty() : Optional.of(operands.removeFirst());
    }

    /// Takes the last operand there may be.
    ///
    /// @param needed what is wrong when there is none
    String last(String needed) {
        String operand = next().orElseThrow(() -> new WrongUsage(needed));
        end();
        return operand;
    }

    /// @throws WrongUsage if an operand is left
    void end() {
        if (!operands.isEmpty()) {
            throw new WrongUsage("'" + operands.getFirst() + "' is one word too many.");
        }
    }

    /// @throws WrongUsage if another option than these is given
    void allow(String command, Option... allowed) {
        List<Option> known = List.of(allowed);
        for (Option option : options.keySet()) {
            if (!known.contains(option)) {
                throw new WrongUsage("'" + command + "' has no option " + option + ".");
            }
        }
    }
}
