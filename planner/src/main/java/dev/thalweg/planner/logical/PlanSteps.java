package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.EngineFunction;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.incremental.HintedRelation;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/// The steps of a plan that no SELECT writes: watermarks, distinct rows by some columns, rows of a program, what goes into a table.
public final class PlanSteps {
    /// What makes a value of a type that is kept as a number.
    private static final Map<DataType, String> MAKERS = Map.of(Simple.DATE, "date_from_unix_date", Simple.TIMESTAMP,
            "timestamp_micros", Simple.TIME, "time_from_micros");

    private final RelOptCluster cluster;
    private final FunctionRegistry functions;

    public PlanSteps(RelOptCluster cluster, FunctionRegistry functions) {
        this.cluster = cluster;
        this.functions = functions;
    }

    public LogicalPlan withWatermark(LogicalPlan input, String column, long delayMicros) {
        int index = indexOf(input.shownSchema(), column);
        DataType type = input.schema().type(index);
        if (type != Simple.TIMESTAMP && type != Simple.TIMESTAMP_NTZ) {
            throw new InvalidQuery("THW-1206",
                    "A watermark needs a TIMESTAMP, but '" + column + "' is " + TypeRules.a(type)
                            + ".\nCast it first, for example with withColumn(\"" + column + "\", col(\"" + column
                            + "\").cast(\"timestamp\")).");
        }
        if (delayMicros < 0) {
            throw new InvalidQuery("THW-1206", "The delay of a watermark is negative.\nGive 0 seconds or more.");
        }
        return input.isStreaming() ? new LogicalPlan(LogicalWatermark.create(input.rel(), index, delayMicros)) : input;
    }

    /// Says something of the rows of a plan, as a hint in SQL does.
    public LogicalPlan hint(LogicalPlan input, String name, List<String> arguments) {
        Optional<Long> micros = Hints.timeToLive(name, arguments);
        if (micros.isPresent()) {
            return input.isStreaming()
                    ? new LogicalPlan(LogicalLives.create(input.rel(), micros.get(), new HintedRelation("the dataset")))
                    : input;
        }
        List<Hints.Note> hints = new ArrayList<>(input.hints());
        Hints.Note note = Hints.note(name, String.join(", ", arguments));
        Hints.warn(List.of(note));
        hints.add(note);
        return new LogicalPlan(input.rel(), input.views(), hints);
    }

    public LogicalPlan dropDuplicates(LogicalPlan input, List<String> columns) {
        return new LogicalPlan(LogicalDropDuplicates.create(input.rel(), keys(input, columns)));
    }

    /// Over what does not stream all duplicates are dropped: no watermark lets go of a key.
    public LogicalPlan dropDuplicatesWithinWatermark(LogicalPlan input, List<String> columns) {
        return new LogicalPlan(LogicalDropDuplicates.withinWatermark(input.rel(), keys(input, columns)));
    }

    private static List<Integer> keys(LogicalPlan input, List<String> columns) {
        RowType schema = input.shownSchema();
        Set<Integer> keys = new HashSet<>();
        List<Integer> ordered = new ArrayList<>();
        List<String> names = columns.isEmpty() ? schema.names() : columns;
        for (int i = 0; i < names.size(); i++) {
            int index = columns.isEmpty() ? i : indexOf(schema, names.get(i));
            if (keys.add(index)) {
                ordered.add(index);
            }
        }
        return ordered;
    }

    /// Draws rows by chance.
    ///
    /// @param seed with one the row itself decides, else chance
    public LogicalPlan sample(LogicalPlan input, boolean withReplacement, double fraction, OptionalLong seed) {
        if (withReplacement) {
            throw new InvalidQuery("THW-3222",
                    "A sample with replacement is not supported: each row is drawn once at the"
                            + " most. Leave withReplacement out.");
        }
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new InvalidQuery("THW-3221", "A sample is a part of the rows, from 0 to 1, and not " + fraction
                    + " of them.");
        }
        RexBuilder rex = cluster.getRexBuilder();
        List<RexNode> arguments = new ArrayList<>(List.of(rex.makeExactLiteral(BigDecimal.valueOf(fraction))));
        seed.ifPresent(number -> arguments.add(rex.makeExactLiteral(BigDecimal.valueOf(number))));
        RexNode mark = ((EngineFunction) functions.operator("$sample")).toRex(rex, arguments, null);
        return new LogicalPlan(LogicalFilter.create(input.rel(), mark), input.views());
    }

    private static int indexOf(RowType schema, String column) {
        if (schema.names().stream().filter(column::equalsIgnoreCase).count() > 1) {
            throw new InvalidQuery("THW-1105", "Column '" + column + "' is ambiguous.\nGive the columns names of their"
                    + " own. There are: " + String.join(", ", schema.names()) + ".");
        }
        return schema.indexOf(column).orElseThrow(() -> {
            String near = NearNames.nearest(column, schema.names()).map(n -> "Did you mean '" + n + "'? ").orElse("");
            return new InvalidQuery("THW-1104", "Unknown column '" + column + "'.\n" + near + "There are: "
                    + String.join(", ", schema.names()) + ".");
        });
    }

    /// The same columns under other names.
    public LogicalPlan rename(LogicalPlan input, List<String> names) {
        int columns = input.schema().size();
        if (names.size() != columns) {
            throw new InvalidQuery("THW-1111", "There are " + columns + " columns, but names for " + names.size()
                    + ".\nGive each column a name: the query gives " + String.join(", ", input.names()) + ".");
        }
        List<RexNode> same = cluster.getRexBuilder().identityProjects(input.rel().getRowType()).stream()
                .map(RexNode.class::cast).toList();
        return new LogicalPlan(
                LogicalProject.create(input.rel(), List.of(), same, ColumnMarks.marked(names), Set.of()));
    }

    // ---- into a table

    public LogicalPlan coerceTo(LogicalPlan query, RowType target, String targetName) {
        RowType from = query.shownSchema();
        if (from.size() != target.size()) {
            throw new InvalidQuery("THW-1115",
                    "'" + targetName + "' has " + target.size() + " columns, but the query gives "
                            + from.size() + ".\nThe target has: " + target.sql() + ".\nThe query gives: " + from.sql()
                            + ".");
        }
        List<String> problems = new ArrayList<>();
        List<RexNode> columns = new ArrayList<>();
        RexBuilder rex = cluster.getRexBuilder();
        for (int i = 0; i < target.size(); i++) {
            Field wanted = target.field(i);
            Field given = from.field(i);
            if (!TypeRules.canStore(given.type(), wanted.type())) {
                problems.add("Column '" + given.name() + "' is " + TypeRules.a(given.type()) + ", but '" + wanted.name()
                        + "' of '"
                        + targetName + "' is " + TypeRules.a(wanted.type()) + ". Write CAST(" + given.name() + " AS "
                        + wanted.type().sql() + ").");
            } else if (given.nullable() && !wanted.nullable()) {
                problems.add("Column '" + given.name() + "' may be NULL, but '" + wanted.name() + "' of '" + targetName
                        + "' is NOT NULL. Write coalesce(" + given.name() + ", …).");
            } else {
                columns.add(EngineFunction.cast(rex, rex.makeInputRef(query.rel(), i), wanted.type()));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidQuery("THW-1207", String.join("\n", problems));
        }
        boolean same = from.names().equals(target.names()) && columns.stream().allMatch(c -> c.isA(
                org.apache.calcite.sql.SqlKind.INPUT_REF));
        return same
                ? query
                : new LogicalPlan(LogicalProject.create(query.rel(), List.of(), columns, target.names(), Set.of()));
    }

    // ---- rows of a program

    /// Dates and timestamps are kept as numbers and made by functions, because Calcite's literals of them count in milliseconds.
    public LogicalPlan values(RowType shown, List<? extends List<? extends @Nullable Object>> rows) {
        RowType schema = ColumnMarks.marked(shown);
        RexBuilder rex = cluster.getRexBuilder();
        List<Field> kept = schema.fields().stream().map(f -> new Field(f.name(), keptAs(f), f.nullable())).toList();
        RelDataType type = TypeMapping.rel(cluster.getTypeFactory(), new RowType(kept));
        List<com.google.common.collect.ImmutableList<RexLiteral>> tuples = new ArrayList<>();
        for (List<? extends @Nullable Object> row : rows) {
            List<RexLiteral> cells = new ArrayList<>();
            for (int i = 0; i < kept.size(); i++) {
                cells.add(literal(row.get(i), kept.get(i).type(), type.getFieldList().get(i).getType()));
            }
            tuples.add(com.google.common.collect.ImmutableList.copyOf(cells));
        }
        RelNode values = LogicalValues.create(cluster, type, com.google.common.collect.ImmutableList.copyOf(tuples));
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            RexNode column = rex.makeInputRef(values, i);
            String maker = MAKERS.get(schema.type(i));
            columns.add(maker == null ? column : call(maker, column));
        }
        boolean plain = columns.stream().allMatch(c -> c.isA(org.apache.calcite.sql.SqlKind.INPUT_REF));
        return new LogicalPlan(
                plain ? values : LogicalProject.create(values, List.of(), columns, schema.names(), Set.of()));
    }

    private RexNode call(String function, RexNode argument) {
        return ((EngineFunction) functions.operator(function)).toRex(cluster.getRexBuilder(), List.of(argument), null);
    }

    private static DataType keptAs(Field field) {
        DataType type = field.type();
        if (type == Simple.DATE) {
            return Simple.INT;
        }
        if (type == Simple.TIMESTAMP || type == Simple.TIME) {
            return Simple.BIGINT;
        }
        if (type.isNested() || TypeRules.isInterval(type) || type == Simple.TIMESTAMP_NTZ) {
            throw new InvalidQuery("THW-1208", "Column '" + field.name() + "' is " + TypeRules.a(type)
                    + ", which cannot be written as a value in a plan.\nPut the rows into a memory table.");
        }
        return type;
    }

    private RexLiteral literal(@Nullable Object value, DataType type, RelDataType rel) {
        RexBuilder rex = cluster.getRexBuilder();
        if (value == null) {
            return rex.makeNullLiteral(rel);
        }
        if (value instanceof Boolean truth) {
            return rex.makeLiteral(truth);
        }
        if (value instanceof String text) {
            return rex.makeLiteral(text);
        }
        if (value instanceof byte[] bytes) {
            return rex.makeBinaryLiteral(new ByteString(bytes));
        }
        if (value instanceof Number number && type.isFloating()) {
            return rex.makeApproxLiteral(BigDecimal.valueOf(number.doubleValue()), rel);
        }
        return rex.makeExactLiteral(new BigDecimal(value.toString()), rel);
    }
}
