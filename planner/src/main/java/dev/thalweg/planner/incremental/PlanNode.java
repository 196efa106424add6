package dev.thalweg.planner.incremental;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Optional;

/// A node of the incremental plan. Between nodes flow true Z-sets: batches whose rows have weights, or none when every
/// row is an insert.
///
/// A window is two TIMESTAMP columns here, start and end; the struct is rebuilt only where a user takes it whole.
public sealed interface PlanNode {
    RowType schema();

    List<PlanNode> inputs();

    /// Whether this is that very node: a plan may hold two that are equal, such as both sides of a self-union.
    @SuppressWarnings("ReferenceEquality") // identity is the question
    default boolean isSame(PlanNode other) {
        return this == other;
    }

    /// A node whose rows are those of its one input, or some of them.
    sealed interface SameColumns extends PlanNode {
        PlanNode input();

        @Override
        default RowType schema() {
            return input().schema();
        }

        @Override
        default List<PlanNode> inputs() {
            return List.of(input());
        }
    }

    /// Reads a table: as a stream, trigger by trigger, or as of now.
    ///
    /// @param columns which columns of the table, in the order of `schema`
    record Scan(TableSource table, List<Integer> columns, RowType schema) implements PlanNode {
        public Scan {
            columns = List.copyOf(columns);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /// What a [Scan] reads.
    ///
    /// @param name as the user wrote it; also the name of the source in the checkpoint
    /// @param format of the source that `ServiceLoader` finds
    /// @param schema all columns the source gives
    /// @param streaming read trigger by trigger; else all rows present when the query starts
    record TableSource(String name, String format, TableOptions options, RowType schema, boolean streaming) {
        public TableSource asOfNow() {
            return new TableSource(name, format, options, schema, false);
        }
    }

    /// Rows written in the query.
    record Values(RowType schema, List<List<Expression.Literal>> rows) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    record Filter(PlanNode input, Expression condition) implements SameColumns {}

    /// Rows as they are: says how long the operators that they reach next keep what no row reaches ([TimesToLive]).
    ///
    /// @param micros 0: for ever
    /// @param relation that the hint names
    record Lives(PlanNode input, long micros, HintedRelation relation) implements SameColumns {}

    record Project(PlanNode input, List<Expression> expressions, RowType schema) implements PlanNode {
        public Project {
            expressions = List.copyOf(expressions);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Declares `column` the event time: from here on the edge's watermark is the maximum seen less the delay.
    record Watermark(PlanNode input, int column, long delayMicros) implements SameColumns {}

    /// Puts a row into every window that holds its time: appends the columns start and end. A row whose time is null is in
    /// no window. All lengths are microseconds; windows begin at `offset + k * slide`.
    ///
    /// @param cumulative windows begin at `offset + k * size` and end `slide`, `2 * slide` … `size` later: the row is in those
    ///        that end after its time
    record WindowAssign(PlanNode input, Expression time, long size, long slide, long offset, boolean cumulative,
            RowType schema) implements PlanNode {
        /// Windows of one length.
        public WindowAssign(PlanNode input, Expression time, long size, long slide, long offset, RowType schema) {
            this(input, time, size, slide, offset, false, schema);
        }

        /// The same windows of another input.
        public WindowAssign over(PlanNode other, Expression moved, RowType appended) {
            return new WindowAssign(other, moved, size, slide, offset, cumulative, appended);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Appends to each row the columns that `generator` gives, once for each of its results.
    ///
    /// @param function `explode`, `posexplode`, `inline`, `stack` …
    /// @param outer a row without results is kept, with nulls
    record Generate(PlanNode input, String function, List<Expression> arguments, boolean outer, RowType schema)
            implements
                PlanNode {
        public Generate {
            arguments = List.copyOf(arguments);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// Turns each row into one row for each list of expressions (grouping sets).
    record Expand(PlanNode input, List<List<Expression>> projections, RowType schema) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// One row a group: the key columns of the input, then the calls. No keys: one row always, even for no input.
    record Aggregate(PlanNode input, List<Integer> keys, List<AggregateCall> calls, RowType schema)
            implements
                PlanNode {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }
    }

    /// How an argument orders rows.
    record Direction(boolean descending, boolean nullsFirst) {}

    /// Each different row once; with `inJoin` the join above keeps each once anyway ([KeepInJoin]), and this only refuses late rows.
    record Distinct(PlanNode input, boolean inJoin) implements SameColumns {}

    /// The first row of each key, by arrival.
    record DropDuplicates(PlanNode input, List<Integer> keys) implements SameColumns {
        public DropDuplicates {
            keys = List.copyOf(keys);
        }
    }

    /// UNION ALL: columns match by position and have equal types.
    record Union(List<PlanNode> inputs, RowType schema) implements PlanNode {
        public Union {
            inputs = List.copyOf(inputs);
        }
    }

    /// A stream (or a batch) with a table that is read once: a hash table of `table` by `tableKeys` is probed by each row.
    ///
    /// @param condition what must hold besides equal keys, over the stream's columns followed by the table's
    record StaticJoin(PlanNode stream, PlanNode table, JoinKind kind, List<Integer> streamKeys, List<Integer> tableKeys,
            Optional<Expression> condition, RowType schema) implements PlanNode {
        public StaticJoin {
            streamKeys = List.copyOf(streamKeys);
            tableKeys = List.copyOf(tableKeys);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(stream, table);
        }
    }

    /// Which rows a join keeps, from the side of its first input. A [StaticJoin] is `RIGHT` or `FULL` only where both sides are
    /// finite (a batch query).
    enum JoinKind {
        INNER, LEFT, SEMI, ANTI, RIGHT, FULL
    }

    /// A node that remembers rows of its inputs by key: all rows of a key meet in one task.
    sealed interface Keyed extends PlanNode
            permits
            StreamJoin,
            AsofJoin,
            SetOperation,
            Over,
            MatchRecognize,
            TopN,
            SessionAssign,
            SessionAggregate,
            ClockFilter,
            DropWithinWatermark,
            RecursiveUnion {
        /// By which columns the rows of an input are brought together; none: all of them in one task.
        List<Integer> meetBy(int input);

        /// The same node over other inputs, which have the same columns.
        Keyed over(List<PlanNode> inputs);
    }

    /// A join of two inputs that both change.
    ///
    /// @param condition what must hold besides equal keys, over the left columns followed by the right ones
    record StreamJoin(PlanNode left, PlanNode right, JoinKind kind, List<Integer> leftKeys, List<Integer> rightKeys,
            Optional<Expression> condition, RowType schema) implements Keyed {
        public StreamJoin {
            leftKeys = List.copyOf(leftKeys);
            rightKeys = List.copyOf(rightKeys);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public List<Integer> meetBy(int input) {
            return input == 0 ? leftKeys : rightKeys;
        }

        @Override
        public StreamJoin over(List<PlanNode> inputs) {
            return new StreamJoin(inputs.get(0), inputs.get(1), kind, leftKeys, rightKeys, condition, schema);
        }
    }

    /// Beside each left row the right row of equal keys whose time is the nearest: of two at the same time the one that is
    /// nearer by the order of bytes. What is NULL in its key or time meets nothing.
    ///
    /// @param kind INNER or LEFT
    record AsofJoin(PlanNode left, PlanNode right, JoinKind kind, List<Integer> leftKeys, List<Integer> rightKeys,
            Match match, RowType schema) implements Keyed {
        /// Which right rows count: the last one before the left row's time, or the first one after.
        ///
        /// @param exclusive one at the very time does not count
        public record Match(int leftTime, int rightTime, boolean backward, boolean exclusive) {}

        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public List<Integer> meetBy(int input) {
            return input == 0 ? leftKeys : rightKeys;
        }

        @Override
        public AsofJoin over(List<PlanNode> inputs) {
            return new AsofJoin(inputs.get(0), inputs.get(1), kind, leftKeys, rightKeys, match, schema);
        }
    }

    /// INTERSECT or EXCEPT: columns match by position and have equal types; NULLs equal each other.
    ///
    /// @param all by how often a row is there; else each different row once
    record SetOperation(PlanNode left, PlanNode right, Kind kind, boolean all, RowType schema) implements Keyed {
        /// What is kept of the left rows.
        public enum Kind {
            INTERSECT, EXCEPT
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(left, right);
        }

        @Override
        public List<Integer> meetBy(int input) {
            return java.util.stream.IntStream.range(0, schema.size()).boxed().toList();
        }

        @Override
        public SetOperation over(List<PlanNode> inputs) {
            return new SetOperation(inputs.get(0), inputs.get(1), kind, all, schema);
        }
    }

    /// The rows of a query that reads itself, all there when the query starts: those of the anchor, and again and again what the
    /// step makes of the newest of them.
    ///
    /// @param rows what stands in the step for the newest rows
    /// @param all with duplicates; else a row that was there is not new
    /// @param levelsMax how often the step may run
    record Recursion(PlanNode anchor, PlanNode step, TableSource rows, boolean all, int levelsMax, RowType schema)
            implements
                PlanNode {
        /// The format of what a step scans in place of its own query.
        public static final String ROWS_FORMAT = "recursion";

        @Override
        public List<PlanNode> inputs() {
            return List.of(anchor, step);
        }
    }

    /// What stands in the step of a [RecursiveUnion] for the query itself: the rows that were found, and behind their columns the
    /// level of each.
    record RecursiveRows(String name, RowType schema) implements PlanNode {
        @Override
        public List<PlanNode> inputs() {
            return List.of();
        }
    }

    /// Appends to each row what window functions (OVER) say of it among the rows of its partition.
    ///
    /// @param byTime whether each row comes out once, when the watermark has passed all that is said of it: [SettleOver]
    record Over(PlanNode input, List<Integer> partition, List<SortKey> order, List<OverCall> calls, RowType schema,
            boolean byTime)
            implements
                Keyed {
        public Over {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            calls = List.copyOf(calls);
        }

        /// One whose rows come out as the changes of each trigger have it.
        public Over(PlanNode input, List<Integer> partition, List<SortKey> order, List<OverCall> calls,
                RowType schema) {
            this(input, partition, order, calls, schema, false);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public List<Integer> meetBy(int ignored) {
            return partition;
        }

        @Override
        public Over over(List<PlanNode> inputs) {
            return new Over(inputs.getFirst(), partition, order, calls, schema, byTime);
        }
    }

    /// The first rows of each partition in an order: ORDER BY with LIMIT, and filters on ranks.
    ///
    /// @param order none: by arrival; over rows that may be taken back, in the order of their bytes
    /// @param rank how rows are counted; rows with equal `order` count in the order of their bytes, so that which of them come
    ///        first does not depend on how they arrive
    /// @param count so many after the first `offset`; `Long.MAX_VALUE` for OFFSET alone
    /// @param withRank whether the rank is appended as an INT column
    record TopN(PlanNode input, List<Integer> partition, List<SortKey> order, Rank rank, long offset, long count,
            boolean withRank, RowType schema) implements Keyed {
        public TopN {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
        }

        /// How rows are counted.
        public enum Rank {
            ROW_NUMBER, RANK, DENSE_RANK
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public List<Integer> meetBy(int ignored) {
            return partition;
        }

        @Override
        public TopN over(List<PlanNode> inputs) {
            return new TopN(inputs.getFirst(), partition, order, rank, offset, count, withRank, schema);
        }
    }

    /// Puts each row into the session of its key: rows no more than a gap apart. Appends the columns start and end. When sessions
    /// meet, their rows are taken back and given again.
    ///
    /// @param gap an interval: a literal, or a column; a row whose gap is not above 0, or whose time is null, is in no session
    record SessionAssign(PlanNode input, int time, Expression gap, List<Integer> keys, RowType schema)
            implements
                Keyed {
        public SessionAssign {
            keys = List.copyOf(keys);
        }

        @Override
        public List<PlanNode> inputs() {
            return List.of(input);
        }

        @Override
        public List<Integer> meetBy(int ignored) {
            return keys;
        }

        @Override
        public SessionAssign over(List<PlanNode> inputs) {
            return new SessionAssign(inputs.getFirst(), time, gap, keys, schema);
        }
    }

    /// One row a session: [SessionAssign] and the [Aggregate] right above it in one, where rows are only added and sessions can
    /// be merged without their rows.
    ///
    /// @param groups the aggregate, whose input is the [SessionAssign]: neither runs by itself
    record SessionAggregate(Aggregate groups) implements Keyed {
        public SessionAssign sessions() {
            return (SessionAssign) groups.input();
        }

        @Override
        public RowType schema() {
            return groups.schema();
        }

        @Override
        public List<PlanNode> inputs() {
            return sessions().inputs();
        }

        @Override
        public List<Integer> meetBy(int ignored) {
            return sessions().keys();
        }

        @Override
        public SessionAggregate over(List<PlanNode> inputs) {
            return new SessionAggregate(
                    new Aggregate(sessions().over(inputs), groups.keys(), groups.calls(), groups.schema()));
        }
    }

    /// Lets a row through while the clock of the triggers stands within all its bounds: rows come and go as the clock moves.
    record ClockFilter(PlanNode input, List<ClockBound> bounds) implements Keyed, SameColumns {
        /// Whether rows that were let through leave again.
        public boolean leaves() {
            return bounds.stream().anyMatch(ClockBound::leaves);
        }

        @Override
        public List<Integer> meetBy(int ignored) {
            return java.util.stream.IntStream.range(0, schema().size()).boxed().toList();
        }

        @Override
        public ClockFilter over(List<PlanNode> inputs) {
            return new ClockFilter(inputs.getFirst(), bounds);
        }
    }

    /// Sends each row to the task that owns its key.
    ///
    /// @param keys empty: everything to one task
    record Exchange(PlanNode input, List<Integer> keys) implements SameColumns {
        public Exchange {
            keys = List.copyOf(keys);
        }
    }

    /// Orders a finished result; only in a batch query, at the top or below a [Limit].
    record Sort(PlanNode input, List<SortKey> keys) implements SameColumns {
        public Sort {
            keys = List.copyOf(keys);
        }
    }

    record SortKey(int column, boolean descending, boolean nullsFirst) {}

    /// Lets `count` rows through after the first `offset`.
    ///
    /// @param count `Long.MAX_VALUE` for OFFSET alone
    record Limit(PlanNode input, long offset, long count) implements SameColumns {}

    /// The row type of a node that appends columns to its input's.
    static RowType appended(RowType input, List<Field> more) {
        return new RowType(java.util.stream.Stream.concat(input.fields().stream(), more.stream()).toList());
    }
}
