package dev.thalweg;

import dev.thalweg.OutputColumn.Origin;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.LambdaNames;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// What the names in an expression may refer to: the FROM and WHERE of the SELECT that a dataset stands for.
///
/// A join or a filter keeps the scope open, so that `a.id` still means the side that was aliased `a`; every other step
/// closes it: its result is one relation. What came from which dataset is known all the way.
///
/// @param relations the planned inputs by the name that FROM uses
/// @param output the columns that `*` gives
/// @param hidden columns that can be named although `*` does not give them: those that USING merged
/// @param below where FROM is one relation that can give more columns than it shows
record Scope(SqlNode from, Optional<SqlNode> where, Map<String, LogicalPlan> relations, List<OutputColumn> output,
        List<OutputColumn> hidden, Optional<Below> below) {
    static final String RELATION_PREFIX = "$relation_";

    private static final SqlParserPos HERE = Column.HERE;

    Scope {
        relations = Map.copyOf(relations);
        output = List.copyOf(output);
        hidden = List.copyOf(hidden);
    }

    Scope(SqlNode from, Map<String, LogicalPlan> relations, List<OutputColumn> output, List<OutputColumn> hidden) {
        this(from, Optional.empty(), relations, output, hidden, Optional.empty());
    }

    /// One relation.
    ///
    /// @param name of the relation; no other has it
    /// @param dataset whose columns they are
    /// @param origins of its columns, by place
    static Scope of(LogicalPlan plan, String name, String alias, String dataset, List<Set<Origin>> origins) {
        List<String> shown = plan.names();
        List<String> own = plan.schema().names();
        List<OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            columns.add(new OutputColumn(shown.get(i), List.of(alias, own.get(i)), dataset, origins.get(i)));
        }
        SqlNode from = SqlStdOperatorTable.AS.createCall(HERE, new SqlIdentifier(name, HERE),
                new SqlIdentifier(alias, HERE));
        return new Scope(from, Map.of(name, plan), columns, List.of()).owned(dataset);
    }

    /// The same relation, known to be what a SELECT gives.
    Scope above(Optional<Selection> selection) {
        return new Scope(from, where, relations, output, hidden, selection.map(Below::new));
    }

    /// The same with another plan for its only relation, which gives more columns.
    Scope over(LogicalPlan wider, Below reached) {
        String relation = relations.keySet().iterator().next();
        return new Scope(from, where, Map.of(relation, wider), output, hidden, Optional.of(reached));
    }

    /// This scope, or one that gets from below what these expressions name and is not here.
    Scope reaching(List<Column> expressions) {
        return below.map(selected -> selected.reach(this, expressions)).orElse(this);
    }

    /// Whether `*` of its FROM is more than its columns.
    boolean isReaching() {
        return below.isPresent() && !below.get().wanted().isEmpty();
    }

    /// Whether a name is one of a column here, a field of one, or belongs to a relation here.
    boolean knows(SqlIdentifier name) {
        String first = name.names.getFirst();
        return isOfDataset(name)
                ? !columnsOf(name).isEmpty()
                : name.isStar() || all().anyMatch(column -> column.isNamed(first)) || hasAlias(first);
    }

    boolean canReach(SqlIdentifier name) {
        return knows(name) || below.filter(selected -> selected.selection().canGive(name)).isPresent();
    }

    /// The items of a SELECT, with the columns in the place of each `*` where it would stand for more.
    List<Column> explicit(List<Column> columns) {
        return !isReaching()
                ? columns
                : columns.stream().flatMap(column -> column.tree() instanceof SqlIdentifier star && star.isStar()
                        ? taken(star).stream().map(OutputColumn::column)
                        : Stream.of(column)).toList();
    }

    /// The columns whose names are not repeated are columns of that dataset, too.
    Scope owned(String dataset) {
        Map<Origin, Long> named = output.stream().collect(
                Collectors.groupingBy(column -> Origin.of(dataset, column.name()), Collectors.counting()));
        List<OutputColumn> columns = output.stream().map(column -> {
            Origin origin = Origin.of(dataset, column.name());
            return named.getOrDefault(origin, 0L) > 1 ? column : column.with(origin);
        }).toList();
        return new Scope(from, where, relations, columns, hidden, below);
    }

    List<Set<Origin>> origins() {
        return output.stream().map(OutputColumn::origins).toList();
    }

    /// The alias of the only relation, if a user chose it.
    Optional<String> alias() {
        return from instanceof SqlCall as && as.getKind() == SqlKind.AS
                && as.operand(1) instanceof SqlIdentifier alias && !alias.getSimple().startsWith(RELATION_PREFIX)
                        ? Optional.of(alias.getSimple())
                        : Optional.empty();
    }

    boolean sharesRelation(Scope other) {
        return relations.keySet().stream().anyMatch(other.relations::containsKey);
    }

    Scope filtered(Column condition) {
        SqlNode tree = resolve(condition);
        SqlNode both = where.<SqlNode>map(w -> SqlStdOperatorTable.AND.createCall(HERE, TreeCopy.of(w), tree))
                .orElse(tree);
        return new Scope(from, Optional.of(both), relations, output, hidden, below);
    }

    boolean isFiltered() {
        return where.isPresent();
    }

    SqlSelect select(List<Column> columns) {
        return select(columns, List.of(), false);
    }

    /// @param groupBy empty for none
    SqlSelect select(List<Column> columns, List<? extends SqlNode> groupBy, boolean distinct) {
        SqlNodeList keywords = new SqlNodeList(HERE);
        if (distinct) {
            keywords.add(SqlSelectKeyword.DISTINCT.symbol(HERE));
        }
        List<SqlNode> items = columns.stream().map(this::named).toList();
        SqlNodeList groups = groupBy.isEmpty() ? null : new SqlNodeList(groupBy, HERE);
        return new SqlSelect(HERE, keywords, new SqlNodeList(items, HERE), TreeCopy.of(from),
                where.map(TreeCopy::of).orElse(null), groups, null, null, null, null, null, null, null);
    }

    private SqlNode named(Column column) {
        SqlNode tree = resolve(column);
        boolean hasNames = tree.getKind() == SqlKind.AS
                || (tree instanceof SqlCall call && FunctionRegistry.makesRows(call.getOperator().getName()));
        return tree instanceof SqlIdentifier || hasNames
                ? tree
                : resolve(column.as(column.toString()));
    }

    boolean hasColumn(String name) {
        return output.stream().anyMatch(column -> column.isNamed(name));
    }

    boolean hasAlias(String alias) {
        return !ofRelation(alias).isEmpty();
    }

    /// Where in the output a column stands; nowhere if it is not there.
    ///
    /// **Errors** [InvalidQuery] where the name may mean two.
    Set<Integer> places(Column column) {
        if (!(column.tree() instanceof SqlIdentifier name)) {
            return Set.of();
        }
        List<OutputColumn> meant = isOfDataset(name)
                ? columnsOf(name)
                : output.stream().filter(known -> isMeant(known, name.names)).toList();
        if (meant.size() > 1) {
            throw ambiguous(name.names.getLast(), meant.size());
        }
        return meant.stream().map(output::indexOf).filter(place -> place >= 0).collect(Collectors.toSet());
    }

    /// The origins of what a SELECT of these columns gives, by place.
    List<Set<Origin>> originsOf(List<Column> columns) {
        List<Set<Origin>> origins = new ArrayList<>();
        Set<List<String>> seen = new HashSet<>();
        for (Column column : columns) {
            for (OutputColumn taken : taken(resolve(column))) {
                // the second copy of a column is another one
                origins.add(seen.add(taken.reference()) ? taken.origins() : Set.of());
            }
        }
        return origins;
    }

    private List<OutputColumn> taken(SqlNode item) {
        OutputColumn computed = new OutputColumn("", List.of(), "", Set.of());
        if (!(item instanceof SqlIdentifier name)) {
            return List.of(computed);
        }
        if (name.isStar()) {
            return name.names.size() == 1
                    ? output
                    : ofRelation(name.names.getFirst());
        }
        List<OutputColumn> meant = all().filter(column -> isMeant(column, name.names)).distinct().toList();
        return List.of(meant.isEmpty() ? computed : meant.getFirst());
    }

    /// The columns of one relation in its order: what USING merged stands in [#hidden], before it was.
    private List<OutputColumn> ofRelation(String alias) {
        Map<List<String>, OutputColumn> columns = new LinkedHashMap<>();
        Stream.concat(hidden.stream(), output.stream()).filter(column -> column.reference().size() > 1
                && column.reference().getFirst().equalsIgnoreCase(alias))
                .forEach(column -> columns.put(column.reference(), column));
        return List.copyOf(columns.values());
    }

    private static boolean isMeant(OutputColumn column, List<String> name) {
        return name.size() == 1
                ? column.isNamed(name.getFirst())
                : name.size() == 2 && column.reference().size() == 2
                        && column.reference().getFirst().equalsIgnoreCase(name.getFirst())
                        && (column.reference().getLast().equals(name.getLast()) || column.isNamed(name.getLast()));
    }

    private Stream<OutputColumn> all() {
        return Stream.concat(output.stream(), hidden.stream());
    }

    static boolean isOfDataset(SqlIdentifier name) {
        return name.names.size() > 1 && name.names.getFirst().startsWith(Dataset.ID_PREFIX);
    }

    /// The columns that a name made by `Dataset.col` may mean here; those that USING merged only if there is no other.
    List<OutputColumn> columnsOf(SqlIdentifier name) {
        Origin origin = Origin.of(name);
        List<OutputColumn> shown = output.stream().filter(column -> column.origins().contains(origin)).toList();
        return shown.isEmpty() ? hidden.stream().filter(column -> column.origins().contains(origin)).toList() : shown;
    }

    /// That column, or the field of it that `name` goes on to.
    static SqlIdentifier refer(OutputColumn column, SqlIdentifier name) {
        List<String> parts = new ArrayList<>(column.reference());
        if (parts.getLast().equalsIgnoreCase(name.names.get(1))) {
            parts.set(parts.size() - 1, name.names.get(1)); // in the case that the program wrote
        }
        parts.addAll(name.names.subList(2, name.names.size()));
        return Column.identifier(parts);
    }

    /// The column's expression, in which every column of a dataset is one of this scope.
    ///
    /// **Errors** [InvalidQuery] where it is none, or may be two.
    SqlNode resolve(Column column) {
        return Objects.requireNonNull(column.tree().accept(new Resolving(true)));
    }

    /// Puts this scope's columns for those that an expression names.
    private final class Resolving extends SqlShuttle {
        private final boolean reachesBelow;
        private final LambdaNames parameters = new LambdaNames();

        /// @param reachesBelow whether a name may mean a column that was left out: not in a subquery, which has names of its own
        Resolving(boolean reachesBelow) {
            this.reachesBelow = reachesBelow;
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier name) {
            if (parameters.hold(name)) {
                return name;
            }
            Optional<SqlNode> reached = reached(name);
            return reached.isPresent() ? reached.get() : isOfDataset(name) ? ofDataset(name) : name;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (reachesBelow && call.getKind().belongsTo(SqlKind.QUERY)) {
                return call.accept(new Resolving(false));
            }
            Optional<SqlNode> reached = reached(call);
            if (reached.isPresent()) {
                return reached.get();
            }
            if (FunctionCalls.isLambda(call)) {
                return parameters.rewritten(call, body -> Objects.requireNonNull(body.accept(this)));
            }
            if (!Below.namesItsOperand(call)) {
                return Objects.requireNonNull(super.visit(call));
            }
            List<SqlNode> operands = new ArrayList<>(call.getOperandList());
            operands.set(0, Objects.requireNonNull(call.operand(0).accept(this)));
            return call.getOperator().createCall(call.getParserPosition(), operands);
        }

        private Optional<SqlNode> reached(SqlNode column) {
            return reachesBelow ? leftOut(column) : Optional.empty();
        }
    }

    /// What a column is called that only the SELECT below knows by this name.
    private Optional<SqlNode> leftOut(SqlNode column) {
        int place = below.map(selected -> selected.place(column)).orElse(-1);
        return place < 0 || !(from instanceof SqlCall as)
                ? Optional.empty()
                : Optional
                        .of(Column.identifier(List.of(((SqlIdentifier) as.operand(1)).getSimple(), Below.name(place))));
    }

    private SqlIdentifier ofDataset(SqlIdentifier name) {
        List<OutputColumn> meant = columnsOf(name);
        if (meant.size() == 1) {
            return refer(meant.getFirst(), name);
        }
        String column = name.names.get(1);
        String has = "The dataset has: " + String.join(", ", output.stream().map(OutputColumn::name).toList()) + ".";
        if (meant.isEmpty()) {
            throw new InvalidQuery("THW-1104", "Column '" + column + "' was taken from a dataset whose '" + column
                    + "' is not in this one.\nIt was renamed, replaced or left out, or belongs to another dataset: take the"
                    + " column by its name, col(\"…\"), or from this dataset. " + has);
        }
        throw ambiguous(column, meant.size());
    }

    private InvalidQuery ambiguous(String column, int times) {
        return new InvalidQuery("THW-1105", "Column '" + column + "' is ambiguous: " + times + " columns of the dataset"
                + " may be meant.\nGive the sides of a join names with alias(\"a\"), and write col(\"a." + column
                + "\"). The dataset has: " + String.join(", ", output.stream().map(OutputColumn::name).toList()) + ".");
    }
}
