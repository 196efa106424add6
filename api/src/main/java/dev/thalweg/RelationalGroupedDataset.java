package dev.thalweg;

import dev.thalweg.planner.logical.PivotQuery;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// A dataset with its rows in groups, waiting to be told what to compute of each.
public final class RelationalGroupedDataset {
    private final Dataset<?> input;
    private final List<Column> keys;
    private final Kind kind;
    private final Optional<Pivot> pivot;

    /// One column a value for each aggregate.
    private record Pivot(Column column, List<?> values) {}

    enum Kind {
        GROUP_BY, CUBE, ROLLUP
    }

    RelationalGroupedDataset(Dataset<?> input, List<Column> keys, Kind kind) {
        this(input, keys, kind, Optional.empty());
    }

    private RelationalGroupedDataset(Dataset<?> input, List<Column> keys, Kind kind, Optional<Pivot> pivot) {
        this.input = input;
        this.keys = keys;
        this.kind = kind;
        this.pivot = pivot;
    }

    /// Makes a column of each of these values, holding what the aggregates give for the rows that have it in `column`; NULL
    /// where a group has none. The values must be said: over a stream there is no list of all of them.
    public RelationalGroupedDataset pivot(String column, List<?> values) {
        return pivot(dev.thalweg.functions.col(column), values);
    }

    public RelationalGroupedDataset pivot(Column column, List<?> values) {
        if (pivot.isPresent() || values.isEmpty()) {
            throw new InvalidQuery("THW-3265", "pivot() is called once on a groupBy(), with at least one value, as in"
                    + " groupBy(\"year\").pivot(\"course\", List.of(\"Java\", \"SQL\")).");
        }
        return new RelationalGroupedDataset(input, keys, kind, Optional.of(new Pivot(column, List.copyOf(values))));
    }

    /// The grouping columns, then these.
    public Dataset<Row> agg(Column first, Column... more) {
        List<Column> columns = new ArrayList<>(keys);
        List<Column> calls = new ArrayList<>(List.of(first));
        calls.addAll(List.of(more));
        columns.addAll(pivot.map(by -> pivoted(by, calls)).orElse(calls));
        return input.aggregate(columns, groupBy());
    }

    private List<Column> pivoted(Pivot by, List<Column> calls) {
        List<Column> columns = new ArrayList<>();
        for (Object value : by.values()) {
            SqlNode condition = by.column().eqNullSafe(value).tree();
            String name = functions.lit(value).toString();
            for (Column call : calls) {
                Column bare = withoutAlias(call);
                SqlNode only = PivotQuery.only(bare.tree(), condition, input.sparkSession().planner().functions());
                String callName = bare == call ? call.toString() : aliasOf(call);
                columns.add(new Column(only).as(calls.size() == 1 ? name : name + "_" + callName));
            }
        }
        return columns;
    }

    private static String aliasOf(Column call) {
        return ((SqlIdentifier) ((SqlBasicCall) call.tree()).operand(1)).getSimple();
    }

    /// Adds aggregates by name, one a column.
    ///
    /// @param functions the aggregate of each column, by its name: `Map.of("delay", "max")`
    public Dataset<Row> agg(Map<String, String> functions) {
        List<Column> calls = functions.entrySet().stream()
                .map(e -> Column.call(e.getValue().toLowerCase(Locale.ROOT), dev.thalweg.functions.col(e.getKey())))
                .toList();
        return agg(calls.getFirst(), calls.subList(1, calls.size()).toArray(Column[]::new));
    }

    private List<SqlNode> groupBy() {
        List<SqlNode> trees = keys.stream().map(key -> input.scope().resolve(withoutAlias(key))).toList();
        if (trees.isEmpty() || kind == Kind.GROUP_BY) {
            return trees;
        }
        SqlNode[] sets = trees.toArray(SqlNode[]::new);
        return List.of(kind == Kind.CUBE
                ? SqlStdOperatorTable.CUBE.createCall(Column.HERE, sets)
                : SqlStdOperatorTable.ROLLUP.createCall(Column.HERE, sets));
    }

    private static Column withoutAlias(Column key) {
        SqlNode tree = key.tree();
        return tree instanceof SqlBasicCall call && call.getKind() == SqlKind.AS
                ? new Column(call.operand(0))
                : key;
    }

    public Dataset<Row> count() {
        return agg(functions.count("*").as("count"));
    }

    private Dataset<Row> each(String function, String... names) {
        Arrays.stream(names).forEach(name -> checkNumeric(function, name));
        List<Column> calls = Arrays.stream(names).map(name -> Column.call(function, functions.col(name))).toList();
        if (calls.isEmpty()) {
            calls = numericColumns().map(name -> Column.call(function, functions.col(name))).toList();
        }
        return agg(calls.getFirst(), calls.subList(1, calls.size()).toArray(Column[]::new));
    }

    /// SQL takes a string for a number and fails at the first row that is none; here the column was only named.
    private void checkNumeric(String function, String name) {
        if (!function.equals("sum") && !function.equals("avg")) {
            return;
        }
        input.schema().toRow().fields().stream().filter(field -> field.name().equalsIgnoreCase(name))
                .filter(field -> field.type() == DataType.Simple.STRING).findFirst().ifPresent(field -> {
                    throw new InvalidQuery("THW-1201",
                            function + "(\"" + name + "\") takes a number, but column '" + field.name()
                                    + "' is a STRING. Make one of it: agg(" + function + "(col(\"" + name
                                    + "\").cast(\"double\"))).");
                });
    }

    private Stream<String> numericColumns() {
        List<String> grouped = keys.stream().map(Column::toString).toList();
        return input.schema().toRow().fields().stream().filter(f -> f.type().isNumeric())
                .map(dev.thalweg.spi.data.Field::name).filter(name -> !grouped.contains(name));
    }

    public Dataset<Row> sum(String... columns) {
        return each("sum", columns);
    }

    public Dataset<Row> avg(String... columns) {
        return each("avg", columns);
    }

    public Dataset<Row> mean(String... columns) {
        return each("avg", columns);
    }

    public Dataset<Row> min(String... columns) {
        return each("min", columns);
    }

    public Dataset<Row> max(String... columns) {
        return each("max", columns);
    }
}
