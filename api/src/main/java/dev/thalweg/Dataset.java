package dev.thalweg;

import dev.thalweg.OutputColumn.Origin;
import dev.thalweg.execution.trigger.BatchResult;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.types.StructType;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// A table that is not computed yet: bounded, or a stream without end. Each method gives a new one.
///
/// A wrong column, type or mode is refused by the call that names it. A bounded dataset is computed by `show`,
/// `collectAsList` and their like; a stream runs when [#writeStream] starts it.
///
/// @param <T> what a row is to the program; [Row] for now
public final class Dataset<T> implements Collectable<T>, Deduplicable<T> {
    static final String ID_PREFIX = "$dataset_";

    private final ThalwegSession session;
    private final LogicalPlan plan;
    private final String id;
    private final Scope scope;
    private final Scope flat;

    private Dataset(ThalwegSession session, LogicalPlan plan, String id, Scope scope) {
        this.session = session;
        this.plan = plan;
        this.id = id;
        this.scope = scope;
        this.flat = scope(session, plan, id, scope.origins(), Optional.empty())
                .above(scope.below().map(Below::selection));
    }

    static <T> Dataset<T> of(ThalwegSession session, LogicalPlan plan) {
        return of(session, plan, unknown(plan), Optional.empty(), Optional.empty());
    }

    private static List<Set<Origin>> unknown(LogicalPlan plan) {
        return Collections.nCopies(plan.names().size(), Set.of());
    }

    private static <T> Dataset<T> of(ThalwegSession session, LogicalPlan plan, List<Set<Origin>> origins,
            Optional<String> alias, Optional<Selection> selection) {
        String id = session.nextDatasetId();
        return new Dataset<>(session, plan, id, scope(session, plan, id, origins, alias).above(selection));
    }

    private static Scope scope(ThalwegSession session, LogicalPlan plan, String id, List<Set<Origin>> origins,
            Optional<String> alias) {
        String name = session.nextRelation();
        boolean isKnown = origins.size() == plan.names().size(); // a function that makes rows may make many columns
        return Scope.of(plan, name, alias.orElse(name), id, isKnown ? origins : unknown(plan));
    }

    /// This dataset as one relation, whose FROM has nothing in common with another's.
    private Scope closed() {
        return scope(session, plan, id, scope.origins(), scope.alias());
    }

    private Dataset<T> open(Scope wider) {
        LogicalPlan planned = session.plan(wider.select(List.of(functions.col("*"))), wider.relations());
        return new Dataset<>(session, planned, id, wider);
    }

    /// Other rows of the same columns.
    private Dataset<T> rows(LogicalPlan others) {
        return of(session, others, scope.origins(), scope.alias(), Optional.empty());
    }

    private Dataset<T> rows(Selection selection) {
        return of(session, selection.plan(), scope.origins(), scope.alias(), Optional.of(selection));
    }

    private Dataset<T> rows(SqlNode query, Map<String, LogicalPlan> relations) {
        return rows(session.plan(query, relations));
    }

    LogicalPlan plan() {
        return plan;
    }

    Scope scope() {
        return scope;
    }

    public ThalwegSession sparkSession() {
        return session;
    }

    /// A column of this very dataset, which it stays through joins and other steps, where names alone would be ambiguous.
    public Column col(String name) {
        if (name.equals("*")) {
            return functions.col("*");
        }
        List<String> parts = Column.nameParts(name);
        if (parts.size() > 1 && !scope.hasColumn(parts.getFirst()) && scope.hasAlias(parts.getFirst())) {
            return functions.col(name);
        }
        session.checkColumn(plan, parts.getFirst());
        scope.places(new Column(Column.identifier(parts.subList(0, 1))));
        return new Column(Column.identifier(Stream.concat(Stream.of(id), parts.stream()).toList()));
    }

    public Column apply(String name) {
        return col(name);
    }

    public Dataset<Row> select(Column... columns) {
        return select(scope, List.of(columns));
    }

    private Dataset<Row> select(Scope from, List<Column> columns) {
        return select(new Selection(session, from, columns));
    }

    private static Dataset<Row> select(Selection selection) {
        return of(selection.session(), selection.plan(), selection.from().originsOf(selection.columns()),
                Optional.empty(), selection.ifExtensible());
    }

    public Dataset<Row> select(String first, String... more) {
        return select(columns(first, more));
    }

    private static Column[] columns(String first, String... more) {
        return Stream.concat(Stream.of(first), Arrays.stream(more)).map(functions::col).toArray(Column[]::new);
    }

    public Dataset<Row> selectExpr(String... expressions) {
        return select(Arrays.stream(expressions).map(SelectItems::parse).toArray(Column[]::new));
    }

    /// The rows for which a condition holds. As in Spark, it may name columns that a SELECT before left out.
    public Dataset<T> filter(Column condition) {
        Scope wide = scope.reaching(List.of(condition));
        return wide.isReaching()
                ? rows(new Selection(session, wide.filtered(condition), List.of(functions.col("*"))))
                : open(scope.filtered(condition));
    }

    public Dataset<T> filter(String condition) {
        return filter(functions.expr(condition));
    }

    public Dataset<T> where(Column condition) {
        return filter(condition);
    }

    public Dataset<T> where(String condition) {
        return filter(condition);
    }

    /// Adds a column, or replaces those of that name.
    public Dataset<Row> withColumn(String name, Column value) {
        return withColumns(Map.of(name, value));
    }

    /// Adds columns, or replaces those of their names; each is computed of what was there before.
    public Dataset<Row> withColumns(Map<String, Column> values) {
        return reselect(ReplacedColumns.of(this, values));
    }

    /// A column by its place, for two may have one name.
    Column column(int index) {
        return wide().output().get(index).column();
    }

    /// A SELECT whose items are columns by place, and others.
    Dataset<Row> reselect(List<Column> columns) {
        return select(wide(), columns);
    }

    /// The scope in which each place has a name of its own: with its aliases, unless USING merged a column.
    private Scope wide() {
        return scope.output().stream().allMatch(column -> column.reference().size() > 1) ? scope : flat;
    }

    IntStream indexes() {
        return IntStream.range(0, plan.names().size());
    }

    public Dataset<Row> withColumnRenamed(String existing, String renamed) {
        return reselect(indexes()
                .mapToObj(i -> plan.names().get(i).equalsIgnoreCase(existing) ? column(i).as(renamed) : column(i))
                .toList());
    }

    /// All columns under new names.
    Dataset<Row> renamed(List<String> names) {
        String[] known = columns();
        if (names.size() != known.length) {
            throw new InvalidQuery("THW-1111", "There are " + names.size() + " column names for a query that gives "
                    + known.length + " columns (" + String.join(", ", known) + ").");
        }
        return reselect(indexes().mapToObj(i -> column(i).as(names.get(i))).toList());
    }

    public Dataset<Row> toDF(String... names) {
        return renamed(List.of(names));
    }

    /// Leaves out the columns of these names; a name that does not exist is ignored, as in Spark.
    public Dataset<Row> drop(String... names) {
        return reselect(indexes().filter(i -> Arrays.stream(names).noneMatch(plan.names().get(i)::equalsIgnoreCase))
                .mapToObj(this::column).toList());
    }

    /// Leaves out one column, which [#col] may have given; one that is not here is ignored, as in Spark.
    public Dataset<Row> drop(Column column) {
        Set<Integer> dropped = scope.places(column);
        return reselect(indexes().filter(i -> !dropped.contains(i)).mapToObj(this::column).toList());
    }

    public Dataset<T> alias(String alias) {
        return new Dataset<>(session, plan, id, scope(session, plan, id, scope.origins(), Optional.of(alias)));
    }

    public Dataset<T> as(String alias) {
        return alias(alias);
    }

    public RelationalGroupedDataset groupBy(Column... columns) {
        return new RelationalGroupedDataset(this, List.of(columns), RelationalGroupedDataset.Kind.GROUP_BY);
    }

    public RelationalGroupedDataset groupBy(String first, String... more) {
        return groupBy(columns(first, more));
    }

    public RelationalGroupedDataset cube(Column... columns) {
        return new RelationalGroupedDataset(this, List.of(columns), RelationalGroupedDataset.Kind.CUBE);
    }

    public RelationalGroupedDataset cube(String first, String... more) {
        return cube(columns(first, more));
    }

    public RelationalGroupedDataset rollup(Column... columns) {
        return new RelationalGroupedDataset(this, List.of(columns), RelationalGroupedDataset.Kind.ROLLUP);
    }

    public RelationalGroupedDataset rollup(String first, String... more) {
        return rollup(columns(first, more));
    }

    @Override
    public Dataset<Row> agg(Column first, Column... more) {
        return groupBy().agg(first, more);
    }

    /// Adds aggregates by name over all rows, one a column: `Map.of("delay", "max")`.
    public Dataset<Row> agg(Map<String, String> functions) {
        return groupBy().agg(functions);
    }

    Dataset<Row> aggregate(List<Column> columns, List<? extends SqlNode> groupBy) {
        return select(new Selection(session, scope, columns, groupBy));
    }

    public Dataset<Row> join(Dataset<?> right) {
        return join(right, Optional.empty(), List.of(), "inner");
    }

    public Dataset<Row> crossJoin(Dataset<?> right) {
        return join(right);
    }

    public Dataset<Row> join(Dataset<?> right, String usingColumn) {
        return join(right, Optional.empty(), List.of(usingColumn), "inner");
    }

    public Dataset<Row> join(Dataset<?> right, String[] usingColumns, String joinType) {
        return join(right, Optional.empty(), List.of(usingColumns), joinType);
    }

    public Dataset<Row> join(Dataset<?> right, Column condition) {
        return join(right, Optional.of(condition), List.of(), "inner");
    }

    public Dataset<Row> join(Dataset<?> right, Column condition, String joinType) {
        return join(right, Optional.of(condition), List.of(), joinType);
    }

    private Dataset<Row> join(Dataset<?> right, Optional<Column> condition, List<String> using, String joinType) {
        Scope left = scope.isFiltered() ? closed() : scope;
        Scope other = right.scope.isFiltered() || right.scope.sharesRelation(left) ? right.closed() : right.scope;
        Scope joined = new ScopeJoin(left, other, ScopeJoin.type(joinType), using).on(condition);
        LogicalPlan planned = session.plan(joined.select(List.of(functions.col("*"))), joined.relations());
        String joinedId = session.nextDatasetId();
        return new Dataset<>(session, planned, joinedId, joined.owned(joinedId));
    }

    /// The rows of both, duplicates kept; columns match by position.
    public Dataset<T> union(Dataset<T> other) {
        return combined(SqlStdOperatorTable.UNION_ALL, other);
    }

    private Dataset<T> combined(SqlOperator operator, Dataset<T> other) {
        SqlNode left = scope.select(List.of(functions.col("*")));
        SqlNode right = other.scope.select(List.of(functions.col("*")));
        Map<String, LogicalPlan> relations = new java.util.HashMap<>(scope.relations());
        relations.putAll(other.scope.relations());
        return rows(operator.createCall(Column.HERE, left, right), relations);
    }

    public Dataset<T> unionAll(Dataset<T> other) {
        return union(other);
    }

    /// As [#union], but columns match by name.
    public Dataset<Row> unionByName(Dataset<T> other) {
        Dataset<Row> ordered = other.select(
                Arrays.stream(columns()).map(name -> Column.named("`" + name + "`")).toArray(Column[]::new));
        return select(functions.col("*")).union(ordered);
    }

    /// About this share of the rows, from 0 to 1, each by chance.
    public Dataset<T> sample(double fraction) {
        return sample(false, fraction);
    }

    /// About this share of the rows, from 0 to 1. The row and the seed decide: the same rows every time.
    public Dataset<T> sample(double fraction, long seed) {
        return sample(false, fraction, seed);
    }

    public Dataset<T> sample(boolean withReplacement, double fraction) {
        return rows(session.planner().sample(plan, withReplacement, fraction, OptionalLong.empty()));
    }

    public Dataset<T> sample(boolean withReplacement, double fraction, long seed) {
        return rows(session.planner().sample(plan, withReplacement, fraction, OptionalLong.of(seed)));
    }

    /// The different rows that both have. NULLs equal each other.
    public Dataset<T> intersect(Dataset<T> other) {
        return combined(SqlStdOperatorTable.INTERSECT, other);
    }

    /// The rows that both have, each as often as both have it.
    public Dataset<T> intersectAll(Dataset<T> other) {
        return combined(SqlStdOperatorTable.INTERSECT_ALL, other);
    }

    /// The different rows that the other has not. NULLs equal each other.
    public Dataset<T> except(Dataset<T> other) {
        return combined(SqlStdOperatorTable.EXCEPT, other);
    }

    /// The rows, each as often as there are more of it than the other has.
    public Dataset<T> exceptAll(Dataset<T> other) {
        return combined(SqlStdOperatorTable.EXCEPT_ALL, other);
    }

    public Dataset<T> distinct() {
        return rows(scope.select(List.of(functions.col("*")), List.of(), true), scope.relations());
    }

    @Override
    public Dataset<T> dropDuplicates(String... names) {
        return rows(session.planner().dropDuplicates(plan, List.of(names)));
    }

    @Override
    public Dataset<T> dropDuplicatesWithinWatermark(String... names) {
        return rows(session.planner().dropDuplicatesWithinWatermark(plan, List.of(names)));
    }

    public DataFrameNaFunctions na() {
        return new DataFrameNaFunctions(this.select(functions.col("*")));
    }

    /// The rows in an order. As in Spark, it may go by columns that a SELECT before left out.
    public Dataset<T> orderBy(Column... columns) {
        return ordered(List.of(columns), Optional.empty());
    }

    public Dataset<T> orderBy(String first, String... more) {
        return orderBy(columns(first, more));
    }

    public Dataset<T> sort(Column... columns) {
        return orderBy(columns);
    }

    public Dataset<T> sort(String first, String... more) {
        return orderBy(first, more);
    }

    @Override
    public Dataset<T> limit(int rows) {
        return ordered(List.of(), Optional.of(rows));
    }

    private Dataset<T> ordered(List<Column> keys, Optional<Integer> rows) {
        return rows(new Selection(session, scope, keys, rows));
    }

    /// Declares `eventTime` the event time of this stream: rows later than `delay` behind the latest seen may be refused.
    public Dataset<T> withWatermark(String eventTime, String delay) {
        long micros = dev.thalweg.parser.StatementParser.parseIntervalMicros(delay);
        return rows(session.planner().withWatermark(plan, eventTime, micros));
    }

    /// `hint("state_ttl", "1 hour")` says how long what is made of these rows is kept; Spark's hints change nothing.
    public Dataset<T> hint(String name, Object... parameters) {
        return rows(session.planner().hint(plan, name, Arrays.stream(parameters).map(String::valueOf).toList()));
    }

    public void createOrReplaceTempView(String name) {
        session.createView(name, plan, true);
    }

    public void createTempView(String name) {
        session.createView(name, plan, false);
    }

    public StructType schema() {
        return StructType.of(plan.shownSchema());
    }

    public String[] columns() {
        return schema().fieldNames();
    }

    public void printSchema() {
        session.print(schema().treeString());
    }

    /// Prints the schema as a tree.
    ///
    /// @param level how deep nested types are shown; 0 or less for all
    public void printSchema(int level) {
        session.print(schema().treeString(level));
    }

    public boolean isStreaming() {
        return plan.isStreaming();
    }

    public void explain() {
        explain(false);
    }

    /// Prints the plan.
    ///
    /// @param extended also the logical plan, and what each node keeps
    public void explain(boolean extended) {
        session.print(session.explain(plan, extended));
    }

    /// Prints the plan in one of Spark's modes.
    ///
    /// @param mode `simple`; `extended`; `formatted` or `cost`, which are the same as `extended`; `codegen`
    public void explain(String mode) {
        session.print(ExplainStatement.text(session, plan, mode));
    }

    @Override
    public List<T> collectAsList() {
        return session.collect(this);
    }

    /// Computes a bounded dataset and hands its rows over in columns, which are freed when `use` returns.
    public void computeInto(java.util.function.BiConsumer<RowType, List<Batch>> use) {
        try (BatchResult result = session.run(plan)) {
            use.accept(result.schema(), result.batches());
        }
    }

    @Override
    public void show(int rows, int truncate) {
        session.print(session.table(this, rows, truncate));
    }

    public DataStreamWriter<T> writeStream() {
        return session.writer(this);
    }

    @Override
    public String toString() {
        return schema().toRow().fields().stream().map(f -> f.name() + ": " + f.type().sql().toLowerCase(Locale.ROOT))
                .toList().toString();
    }
}
