package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.MatchRecognize;
import dev.thalweg.parser.tree.MatchRecognize.Clauses;
import dev.thalweg.parser.tree.MatchRecognize.Skip;
import dev.thalweg.parser.tree.MatchRecognize.Subset;
import dev.thalweg.parser.tree.RowPattern;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.MatchPattern;
import dev.thalweg.planner.incremental.MatchPattern.Part;
import dev.thalweg.planner.incremental.MatchPattern.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;

/// The variables of a pattern and its subsets, by number, and the pattern over those numbers.
final class MatchVariables {
    private static final int PERMUTED_MAX = 6;
    private static final int LABELS_MAX = 10_000;

    private final Clauses clauses;
    private final FunctionRegistry functions;
    private final List<String> names = new ArrayList<>();
    private final Map<String, List<Integer>> subsets = new LinkedHashMap<>();
    private final Set<Integer> defined = new HashSet<>();
    private boolean excludes;
    private MatchPattern pattern;

    private MatchVariables(MatchRecognize match, FunctionRegistry functions) {
        this.clauses = match.clauses();
        this.functions = functions;
        Part part = part(clauses.pattern(), true);
        if (labels(part) > LABELS_MAX) {
            throw new QueryProblem("THW-3303", "The pattern is too large: written out it has more than " + LABELS_MAX
                    + " rows.", match.getParserPosition(),
                    "Repeat with + or * and a condition on count(A.*) in DEFINE.");
        }
        clauses.subsets().forEach(this::addSubset);
        this.pattern = new MatchPattern(part,
                names.stream().map(name -> new Variable(name, OptionalInt.empty(), Optional.empty(), List.of()))
                        .toList(),
                skip(), MatchPattern.Rows.valueOf(clauses.rows().name()), clauses.within());
        if (excludes && clauses.rows() == MatchRecognize.Rows.ALL_WITH_UNMATCHED) {
            throw new QueryProblem("THW-3303", "{- … -} does not go with ALL ROWS PER MATCH WITH UNMATCHED ROWS.",
                    match.getParserPosition(), "Leave one of the two out.");
        }
    }

    static MatchVariables of(MatchRecognize match, FunctionRegistry functions) {
        return new MatchVariables(match, functions);
    }

    MatchPattern pattern() {
        return pattern;
    }

    boolean isAggregate(SqlCall call) {
        return functions.isAggregate(call);
    }

    /// All of them: what a column without a variable is taken from.
    List<Integer> all() {
        return IntStream.range(0, names.size()).boxed().toList();
    }

    /// The variables that a name stands for; empty when it is none.
    Optional<List<Integer>> find(String name) {
        int variable = names.indexOf(key(name));
        return variable >= 0 ? Optional.of(List.of(variable)) : Optional.ofNullable(subsets.get(key(name)));
    }

    /// The variable of a definition.
    int defined(SqlIdentifier name) {
        int variable = names.indexOf(key(name.getSimple()));
        if (variable < 0) {
            throw new QueryProblem("THW-3302", "'" + name.getSimple() + "' is defined, but it is not in the pattern.",
                    name.getParserPosition(), names.contains(key(name.getSimple()) + "$")
                            ? "PATTERN has '" + name.getSimple()
                                    + "$', for a $ belongs to a name: there are no anchors ^ and"
                                    + " $, because a stream has no last row."
                            : "Put it into PATTERN, or leave its definition out.");
        }
        if (!defined.add(variable)) {
            throw new QueryProblem("THW-3302", "'" + name.getSimple() + "' is defined twice.",
                    name.getParserPosition(), "Put both conditions into one, with AND.");
        }
        return variable;
    }

    private static String key(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    // ---- subsets, SKIP

    private void addSubset(Subset subset) {
        String name = key(subset.name().getSimple());
        if (find(name).isPresent()) {
            throw new QueryProblem("THW-3302", "'" + subset.name().getSimple() + "' is a variable already.",
                    subset.name().getParserPosition(), "Give the subset another name.");
        }
        List<Integer> members = new ArrayList<>();
        for (SqlIdentifier member : subset.members()) {
            members.add(variable(member));
        }
        subsets.put(name, members.stream().distinct().sorted().toList());
    }

    private int variable(SqlIdentifier name) {
        int variable = names.indexOf(key(name.getSimple()));
        if (variable < 0) {
            throw unknown(name);
        }
        return variable;
    }

    private QueryProblem unknown(SqlIdentifier name) {
        return new QueryProblem("THW-3302", "'" + name.getSimple() + "' is not in the pattern.",
                name.getParserPosition(), "Its variables are " + String.join(", ", names) + ".");
    }

    private MatchPattern.Skip skip() {
        Skip skip = clauses.skip();
        List<Integer> variables = skip.variable()
                .map(name -> find(name.getSimple()).orElseThrow(() -> unknown(name))).orElse(List.of());
        return new MatchPattern.Skip(MatchPattern.Skip.To.valueOf(skip.to().name()), variables);
    }

    // ---- the pattern

    private Part part(RowPattern written, boolean shown) {
        return switch (written) {
            case RowPattern.Variable(SqlIdentifier name) -> {
                String known = key(name.getSimple());
                if (!names.contains(known)) {
                    names.add(known);
                }
                yield new Part.Label(names.indexOf(known), shown);
            }
            case RowPattern.Sequence(List<RowPattern> parts) -> new Part.Sequence(parts(parts, shown));
            case RowPattern.Choice(List<RowPattern> parts) -> new Part.Choice(parts(parts, shown));
            case RowPattern.Repeat repeat -> new Part.Repeat(part(repeat.part(), shown), repeat.least(),
                    repeat.most(), repeat.greedy());
            case RowPattern.Excluded(RowPattern inner) -> {
                excludes = true;
                yield part(inner, false);
            }
            case RowPattern.Permutation(List<RowPattern> parts) -> permuted(parts(parts, shown));
        };
    }

    private List<Part> parts(List<RowPattern> parts, boolean shown) {
        return parts.stream().map(each -> part(each, shown)).toList();
    }

    /// Every order, those that begin with what is written first before the others.
    private static Part permuted(List<Part> parts) {
        if (parts.size() > PERMUTED_MAX) {
            throw new QueryProblem("THW-3303", "PERMUTE takes at most " + PERMUTED_MAX + " parts, here are "
                    + parts.size() + ".", org.apache.calcite.sql.parser.SqlParserPos.ZERO,
                    "Write (A | B | …){n} with conditions on count(A.*) in DEFINE.");
        }
        List<Part> orders = new ArrayList<>();
        permute(new ArrayList<>(), parts, orders);
        return new Part.Choice(orders);
    }

    private static void permute(List<Part> begun, List<Part> left, List<Part> orders) {
        if (left.isEmpty()) {
            orders.add(new Part.Sequence(begun));
            return;
        }
        for (int i = 0; i < left.size(); i++) {
            List<Part> rest = new ArrayList<>(left);
            List<Part> next = new ArrayList<>(begun);
            next.add(rest.remove(i));
            permute(next, rest, orders);
        }
    }

    private static long labels(Part part) {
        return switch (part) {
            case Part.Label _ -> 1;
            case Part.Sequence(List<Part> parts) -> parts.stream().mapToLong(MatchVariables::labels).sum();
            case Part.Choice(List<Part> parts) -> parts.stream().mapToLong(MatchVariables::labels).sum();
            case Part.Repeat repeat -> Math.min(LABELS_MAX + 1L,
                    labels(repeat.part()) * Math.max(1, repeat.most().orElse(repeat.least() + 1)));
        };
    }
}
