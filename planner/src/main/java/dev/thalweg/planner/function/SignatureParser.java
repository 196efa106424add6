package dev.thalweg.planner.function;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads `scalar-functions.txt`; the format is described at the top of that file.
final class SignatureParser {
    private static final Set<String> FLAGS = Set.of("nulls", "nullable", "nondeterministic", "clock", "context",
            "intrinsic");
    private static final Set<String> VARIABLES = Set.of("T", "U", "K", "V");

    private final String line;
    private int at;

    private SignatureParser(String line) {
        this.line = line;
    }

    static List<Signature> parse(String file) {
        List<Signature> signatures = new ArrayList<>();
        for (String raw : file.split("\n", -1)) {
            int comment = raw.indexOf('#');
            String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
            if (!line.isEmpty()) {
                signatures.add(new SignatureParser(line).signature());
            }
        }
        return List.copyOf(signatures);
    }

    private Signature signature() {
        int open = line.indexOf('(');
        List<String> names = Arrays.asList(line.substring(0, open).strip().split("\\|", -1));
        at = open + 1;
        List<TypePattern> parameters = new ArrayList<>();
        Set<Integer> constants = new HashSet<>();
        int required = 0;
        boolean vararg = false;
        while (!take(")")) {
            if (take("[")) {
                parameters.add(parameter(constants, parameters.size()));
                expect("]");
            } else {
                parameters.add(parameter(constants, parameters.size()));
                if (take("...")) {
                    vararg = true;
                } else {
                    required = parameters.size();
                }
            }
            take(",");
        }
        expect(":");
        TypePattern result = type();
        List<String> flags = Arrays.stream(line.substring(at).strip().split("\\s+", -1)).filter(f -> !f.isEmpty())
                .toList();
        String callName = names.getFirst();
        for (String flag : flags) {
            if (flag.startsWith("body:")) {
                callName = flag.substring("body:".length());
            } else if (!FLAGS.contains(flag)) {
                throw wrong("unknown flag " + flag);
            }
        }
        return new Signature(names, callName, parameters, constants, required, vararg, result, flags.contains("nulls"),
                flags.contains("nullable"), !flags.contains("nondeterministic"), flags.contains("clock"));
    }

    private TypePattern parameter(Set<Integer> constants, int number) {
        if (take("const ")) {
            constants.add(number);
        }
        return take("(") ? lambda() : type();
    }

    private TypePattern lambda() {
        List<TypePattern.LambdaParameterPattern> parameters = new ArrayList<>();
        while (!take(")")) {
            TypePattern type = type();
            parameters.add(new TypePattern.LambdaParameterPattern(type, take("?")));
            take(",");
        }
        expect("->");
        return new TypePattern.Lambda(parameters, type());
    }

    private TypePattern type() {
        if (take("@")) {
            return new TypePattern.Rule(word());
        }
        String word = word();
        if (VARIABLES.contains(word)) {
            return new TypePattern.Variable(word);
        }
        return switch (word) {
            case "ARRAY" -> {
                expect("<");
                TypePattern element = type();
                expect(">");
                yield element instanceof TypePattern.Exact(DataType type)
                        ? new TypePattern.Exact(new DataType.ArrayOf(type, false))
                        : new TypePattern.ArrayOf(element);
            }
            case "MAP" -> {
                expect("<");
                TypePattern key = type();
                expect(",");
                TypePattern value = type();
                expect(">");
                yield key instanceof TypePattern.Exact(DataType k) && value instanceof TypePattern.Exact(DataType v)
                        ? new TypePattern.Exact(new DataType.MapOf(k, v, true))
                        : new TypePattern.MapOf(key, value);
            }
            case "STRUCT" -> struct();
            case "VARIANT" -> new TypePattern.Exact(DataType.Struct.VARIANT);
            case "DECIMAL" -> decimal();
            case "NUMERIC" -> TypePattern.Family.NUMERIC;
            case "ANY" -> TypePattern.Family.ANY;
            case "TEXT" -> TypePattern.Family.TEXT;
            default -> new TypePattern.Exact(simple(word));
        };
    }

    private DataType simple(String word) {
        try {
            return DataType.Simple.valueOf(word);
        } catch (IllegalArgumentException e) {
            throw wrong("unknown type " + word);
        }
    }

    private TypePattern decimal() {
        if (!take("(")) {
            return TypePattern.Family.DECIMAL;
        }
        int precision = Integer.parseInt(word());
        expect(",");
        int scale = Integer.parseInt(word());
        expect(")");
        return new TypePattern.Exact(new DataType.Decimal(precision, scale));
    }

    private TypePattern struct() {
        expect("<");
        List<String> names = new ArrayList<>();
        List<TypePattern> types = new ArrayList<>();
        while (!take(">")) {
            names.add(word());
            expect(":");
            types.add(type());
            take(",");
        }
        return new TypePattern.StructOf(List.copyOf(names), List.copyOf(types));
    }

    private String word() {
        skipBlanks();
        int from = at;
        while (at < line.length() && (Character.isLetterOrDigit(line.charAt(at)) || line.charAt(at) == '_')) {
            at++;
        }
        if (from == at) {
            throw wrong("a word expected at column " + (at + 1));
        }
        return line.substring(from, at);
    }

    private boolean take(String mark) {
        skipBlanks();
        if (line.startsWith(mark, at)) {
            at += mark.length();
            return true;
        }
        return false;
    }

    private void expect(String mark) {
        if (!take(mark)) {
            throw wrong("'" + mark + "' expected at column " + (at + 1));
        }
    }

    private void skipBlanks() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
    }

    private Defect wrong(String what) {
        return new Defect("THW-9101", "scalar-functions.txt is damaged: " + what + " in the line: " + line);
    }
}
