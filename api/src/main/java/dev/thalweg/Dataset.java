package dev.thalweg;

import dev.thalweg.execution.trigger.BatchResult;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.types.StructType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// A table that is not computed yet: bounded, or a stream without end. Each method gives a new one.
///
/// A wrong column, type or mode is refused by the call that names it. A bounded dataset is computed by `show`,
/// `collectAsList` and their like; a stream runs when [#writeStream] starts it.
///
/// @param <T> what a row is to the program; [Row] for now
public final class Dataset<T> {
    static final String ID_PREFIX = "$dataset_";

    private final ThalwegSession session;
    private final LogicalPlan plan;
    private final String id;
    private final Scope scope;

    private Dataset(ThalwegSession session, LogicalPlan plan, String id, Scope scope) {
        this.session = session;
        this.plan = plan;
        this.id = id;
        this.scope = scope;
    }

    static <T> Dataset<T> of(ThalwegSession session, LogicalPlan plan) {
        String id = session.nextDatasetId();
        return new Dataset<>(session, plan, id, Scope.of(plan, id));
    }

    private Dataset<T> open(Scope wider) {
        LogicalPlan planned = session.plan(wider.select(List.of(functions.col("*"))), wider.relations());
        return new Dataset<>(session, planned, id, wider);
    }

    private <U> Dataset<U> closed(SqlNode query, Map<String, LogicalPlan> relations) {
        return of(session, session.plan(query, relations));
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

    /// A column of this very dataset, for joins in which names alone would be ambiguous.
    public Column col(String name) {
        if (name.equals("*")) {
            return functions.col("*");
        }
        String first = Column.nameParts(name).getFirst();
        session.checkColumn(plan, first);
        return Column.named(id + "." + name);
    }

    public Column apply(String name) {
        return col(name);
    }

    public Dataset<Row> select(Column... columns) {
        return closed(scope.select(List.of(columns)), scope.relations());
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

    public Dataset<T> filter(Column condition) {
        return open(scope.filtered(condition));
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

    /// Adds a column, or replaces the one of that name.
    public Dataset<Row> withColumn(String name, Column value) {
        List<Column> columns = new ArrayList<>();
        boolean replaced = false;
        for (String known : columns()) {
            boolean same = known.equalsIgnoreCase(name);
            columns.add(same ? value.as(known) : exactly(known));
            replaced |= same;
        }
        if (!replaced) {
            columns.add(value.as(name));
        }
        return select(columns.toArray(Column[]::new));
    }

    private static Column exactly(String name) {
        return Column.named("`" + name + "`");
    }

    public Dataset<Row> withColumnRenamed(String existing, String renamed) {
        return select(Arrays.stream(columns())
                .map(c -> c.equalsIgnoreCase(existing) ? exactly(c).as(renamed) : exactly(c)).toArray(Column[]::new));
    }

    /// All columns under new names.
    Dataset<Row> renamed(List<String> names) {
        String[] known = columns();
        if (names.size() != known.length) {
            throw new InvalidQuery("THW-1211", "There are " + names.size() + " column names for a query that gives "
                    + known.length + " columns (" + String.join(", ", known) + ").");
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < known.length; i++) {
            columns.add(exactly(known[i]).as(names.get(i)));
        }
        return select(columns.toArray(Column[]::new));
    }

    public Dataset<Row> toDF(String... names) {
        return renamed(List.of(names));
    }

    /// Leaves out the columns of these names; a name that does not exist is ignored, as in Spark.
    public Dataset<Row> drop(String... names) {
        return select(Arrays.stream(columns()).filter(c -> Arrays.stream(names).noneMatch(c::equalsIgnoreCase))
                .map(Dataset::exactly).toArray(Column[]::new));
    }

    public Dataset<T> alias(String alias) {
        return new Dataset<>(session, plan, id, Scope.of(plan, id).aliased(plan, id, alias));
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

    public Dataset<Row> agg(Column first, Column... more) {
        return groupBy().agg(first, more);
    }

    Dataset<Row> aggregate(List<Column> columns, List<? extends SqlNode> groupBy) {
        return closed(scope.select(columns, groupBy, false), scope.relations());
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
        Scope joined = joinable().join(right.joinable(), joinType(joinType), condition, using);
        LogicalPlan planned = session.plan(joined.select(List.of(functions.col("*"))), joined.relations());
        return new Dataset<>(session, planned, session.nextDatasetId(), joined);
    }

    /// A scope without WHERE: a filter below a join stays below it.
    private Scope joinable() {
        if (!scope.isFiltered()) {
            return scope;
        }
        Scope closed = Scope.of(plan, id);
        return scope.names().containsKey(id) && !scope.names().get(id).equals(id)
                ? closed.aliased(plan, id, scope.names().get(id))
                : closed;
    }

    private static JoinType joinType(String name) {
        return switch (name.toLowerCase(Locale.ROOT).replace("_", "")) {
            case "inner" -> JoinType.INNER;
            case "cross" -> JoinType.CROSS;
            case "left", "leftouter" -> JoinType.LEFT;
            case "right", "rightouter" -> JoinType.RIGHT;
            case "full", "outer", "fullouter" -> JoinType.FULL;
            case "semi", "leftsemi" -> JoinType.LEFT_SEMI_JOIN;
            case "anti", "leftanti" -> JoinType.LEFT_ANTI_JOIN;
            default -> throw new InvalidQuery("THW-1213",
                    "Unknown join type '" + name + "'. Known: inner, cross, left, right,"
                            + " full, left_semi, left_anti.");
        };
    }

    /// The rows of both, duplicates kept; columns match by position.
    public Dataset<T> union(Dataset<T> other) {
        SqlNode left = scope.select(List.of(functions.col("*")));
        SqlNode right = other.scope.select(List.of(functions.col("*")));
        Map<String, LogicalPlan> relations = new java.util.HashMap<>(scope.relations());
        relations.putAll(other.scope.relations());
        return closed(SqlStdOperatorTable.UNION_ALL.createCall(Column.HERE, left, right), relations);
    }

    public Dataset<T> unionAll(Dataset<T> other) {
        return union(other);
    }

    /// As [#union], but columns match by name.
    public Dataset<Row> unionByName(Dataset<T> other) {
        Dataset<Row> ordered = other.select(Arrays.stream(columns()).map(Dataset::exactly).toArray(Column[]::new));
        return select(functions.col("*")).union(ordered);
    }

    public Dataset<T> distinct() {
        return closed(scope.select(List.of(functions.col("*")), List.of(), true), scope.relations());
    }

    /// The first row of each key, by arrival.
    public Dataset<T> dropDuplicates(String... names) {
        return of(session,
                session.planner().dropDuplicates(plan, names.length == 0 ? List.of(columns()) : List.of(names)));
    }

    public DataFrameNaFunctions na() {
        return new DataFrameNaFunctions(this.select(functions.col("*")));
    }

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

    public Dataset<T> limit(int rows) {
        return ordered(List.of(), Optional.of(rows));
    }

    private Dataset<T> ordered(List<Column> keys, Optional<Integer> rows) {
        SqlNode select = scope.select(List.of(functions.col("*")));
        SqlNodeList order = new SqlNodeList(keys.stream().map(scope::resolve).toList(), Column.HERE);
        SqlNode fetch = rows.map(n -> SqlLiteral.createExactNumeric(n.toString(), Column.HERE)).orElse(null);
        return closed(new SqlOrderBy(Column.HERE, select, order, null, fetch), scope.relations());
    }

    /// Declares `eventTime` the event time of this stream: rows later than `delay` behind the latest seen may be refused.
    public Dataset<T> withWatermark(String eventTime, String delay) {
        long micros = dev.thalweg.parser.StatementParser.parseIntervalMicros(delay);
        return of(session, session.planner().withWatermark(plan, eventTime, micros));
    }

    public void createOrReplaceTempView(String name) {
        session.createView(name, plan, true);
    }

    public void createTempView(String name) {
        session.createView(name, plan, false);
    }

    public StructType schema() {
        return StructType.of(plan.schema());
    }

    public String[] columns() {
        return schema().fieldNames();
    }

    public void printSchema() {
        session.print(schema().treeString());
    }

    public boolean isStreaming() {
        return plan.isStreaming();
    }

    public void explain() {
        explain(false);
    }

    /// @param extended the logical plan as well
    public void explain(boolean extended) {
        session.print(session.explain(plan, extended));
    }

    public List<T> collectAsList() {
        return session.collect(this);
    }

    /// Computes a bounded dataset and hands its rows over in columns, which are freed when `use` returns.
    public void computeInto(java.util.function.BiConsumer<RowType, List<Batch>> use) {
        try (BatchResult result = session.run(plan)) {
            use.accept(result.schema(), result.batches());
        }
    }

    public List<T> takeAsList(int rows) {
        return limit(rows).collectAsList();
    }

    public T first() {
        List<T> rows = takeAsList(1);
        if (rows.isEmpty()) {
            throw new java.util.NoSuchElementException("The dataset is empty");
        }
        return rows.getFirst();
    }

    public T head() {
        return first();
    }

    public boolean isEmpty() {
        return takeAsList(1).isEmpty();
    }

    public long count() {
        return agg(functions.count("*").as("count")).first(Row.class).getLong(0);
    }

    private <R> R first(Class<R> type) {
        return type.cast(first());
    }

    public void show() {
        show(20);
    }

    public void show(int rows) {
        show(rows, true);
    }

    public void show(boolean truncate) {
        show(20, truncate);
    }

    public void show(int rows, boolean truncate) {
        show(rows, truncate ? 20 : 0);
    }

    /// @param truncate the most characters a cell shows; 0 for all
    public void show(int rows, int truncate) {
        session.print(session.table(this, rows, truncate));
    }

    public DataStreamWriter<T> writeStream() {
        if (!isStreaming()) {
            throw new InvalidQuery("THW-3105", "writeStream() needs a stream, but this dataset reads none. Read it with"
                    + " readStream() or FROM STREAM t, or use show() and collectAsList() for a table.");
        }
        return session.writer(this);
    }

    @Override
    public String toString() {
        return schema().toRow().fields().stream().map(f -> f.name() + ": " + f.type().sql().toLowerCase(Locale.ROOT))
                .toList().toString();
    }
}
