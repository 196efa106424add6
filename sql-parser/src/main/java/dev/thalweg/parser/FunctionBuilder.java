package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.parser.grammar.ThalwegParser.ArgumentContext;
import dev.thalweg.parser.grammar.ThalwegParser.DescriptorArgumentContext;
import dev.thalweg.parser.grammar.ThalwegParser.FrameBoundContext;
import dev.thalweg.parser.grammar.ThalwegParser.FunctionCallContext;
import dev.thalweg.parser.grammar.ThalwegParser.FunctionNameContext;
import dev.thalweg.parser.grammar.ThalwegParser.NamedArgumentContext;
import dev.thalweg.parser.grammar.ThalwegParser.NullTreatmentContext;
import dev.thalweg.parser.grammar.ThalwegParser.PartitionedByContext;
import dev.thalweg.parser.grammar.ThalwegParser.SortItemContext;
import dev.thalweg.parser.grammar.ThalwegParser.StarArgumentContext;
import dev.thalweg.parser.grammar.ThalwegParser.StreamArgumentContext;
import dev.thalweg.parser.grammar.ThalwegParser.TableArgumentContext;
import dev.thalweg.parser.grammar.ThalwegParser.ValueArgumentContext;
import dev.thalweg.parser.grammar.ThalwegParser.WindowSpecContext;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.StreamOperators;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes calls: arguments, DISTINCT, FILTER, IGNORE NULLS, WITHIN GROUP, OVER, in the order in which they wrap the call.
final class FunctionBuilder {
    /// Functions whose first argument, when there are three, is a unit written as a bare word.
    private static final Set<String> WITH_UNIT = Set.of("dateadd", "date_add", "timestampadd", "datediff", "date_diff",
            "timestampdiff", "timediff");

    private final TreeBuilders builders;

    FunctionBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    SqlNode of(FunctionCallContext call) {
        SqlParserPos position = Positions.of(call);
        SqlNode node = bare(call);
        NullTreatmentContext nulls = call.inside == null ? call.outside : call.inside;
        if (nulls != null) {
            node = (nulls.IGNORE() != null ? SqlStdOperatorTable.IGNORE_NULLS : SqlStdOperatorTable.RESPECT_NULLS)
                    .createCall(position, node);
        }
        if (call.orderInside() != null) {
            node = SqlStdOperatorTable.WITHIN_GROUP.createCall(position, node,
                    sortItems(call.orderInside().sortItem(), call));
        }
        if (call.WITHIN() != null) {
            node = SqlStdOperatorTable.WITHIN_GROUP.createCall(position, node, sortItems(call.sortItem(), call));
        }
        if (call.filter != null) {
            node = SqlStdOperatorTable.FILTER.createCall(position, node, builders.expressions.of(call.filter));
        }
        if (call.OVER() == null) {
            return node;
        }
        SqlNode window = call.windowName == null ? window(call.windowSpec()) : builders.identifier(call.windowName);
        return SqlStdOperatorTable.OVER.createCall(position, node, window);
    }

    private SqlNode bare(FunctionCallContext call) {
        String name = name(call.functionName());
        SqlParserPos position = Positions.of(call);
        if (name.equals("cast") || name.equals("try_cast")) {
            throw builders.error("THW-1004", position, "AS and a type are missing in " + name.toUpperCase(Locale.ROOT),
                    "Write " + name.toUpperCase(Locale.ROOT) + "(value AS type).");
        }
        if (name.equals("struct") && call.argument().stream().anyMatch(FunctionBuilder::hasAlias)) {
            return FunctionCalls.of("named_struct", position, namesAndValues(call.argument()));
        }
        List<SqlNode> arguments = new ArrayList<>();
        call.argument().forEach(argument -> arguments.add(argument(argument)));
        if (WITH_UNIT.contains(name) && arguments.size() == 3) {
            arguments.set(0, unit(arguments.getFirst()));
        }
        boolean distinct = call.setQuantifier() != null && call.setQuantifier().DISTINCT() != null;
        return distinct
                ? FunctionCalls.distinct(name, position, arguments)
                : FunctionCalls.of(name, position, arguments);
    }

    /// The function's name in lower case.
    String name(FunctionNameContext name) {
        if (name.qualifiedName() != null && !name.qualifiedName().anyWord().isEmpty()) {
            throw builders.error("THW-1004", Positions.of(name), "A function has no dot in its name",
                    "Write '" + TreeBuilders.text(name.qualifiedName().anyWord().getLast()) + "(…)'.");
        }
        String text = name.qualifiedName() == null
                ? name.getText()
                : TreeBuilders.text(name.qualifiedName().identifier());
        return text.toLowerCase(Locale.ROOT);
    }

    private SqlNode argument(ArgumentContext argument) {
        return switch (argument) {
            case DescriptorArgumentContext descriptor ->
                    SqlStdOperatorTable.DESCRIPTOR.createCall(Positions.of(argument),
                            descriptor.identifier().stream().map(builders::identifier).toList());
            case TableArgumentContext table -> table(builders.relations.of(table.relationPrimary()), table,
                    table.partitionedBy());
            case StreamArgumentContext stream -> table(StreamOperators.call(StreamOperators.STREAM,
                    Positions.of(stream), builders.identifier(stream.tableName())), stream, stream.partitionedBy());
            case NamedArgumentContext named ->
                    SqlStdOperatorTable.ARGUMENT_ASSIGNMENT.createCall(Positions.of(argument),
                            argument(named.argument()), builders.identifier(named.name));
            case StarArgumentContext star ->
                    builders.allBut(Positions.of(star), star.qualifiedName(), star.exceptColumns());
            case ValueArgumentContext value -> value(value);
            default -> throw new Defect("THW-9030", "No argument is made of " + argument.getClass().getSimpleName());
        };
    }

    /// `TABLE t`, or `PARTITIONED(TABLE t, (columns))`.
    private SqlNode table(SqlNode relation, ArgumentContext argument, @Nullable PartitionedByContext by) {
        SqlNode table = SqlStdOperatorTable.EXPLICIT_TABLE.createCall(Positions.of(argument), relation);
        return by == null
                ? table
                : StreamOperators.call(StreamOperators.PARTITIONED, Positions.of(argument), table,
                        new SqlNodeList(builders.expressions.of(by.expression()), Positions.of(by)));
    }

    private SqlNode value(ValueArgumentContext value) {
        if (hasAlias(value)) {
            throw builders.error("THW-1004", Positions.of(value.alias), "An argument has no alias",
                    "Only struct(… AS name) names its arguments; elsewhere a comma may be missing.");
        }
        return builders.expressions.of(value.expression());
    }

    private static boolean hasAlias(ArgumentContext argument) {
        return argument instanceof ValueArgumentContext value && value.alias != null;
    }

    /// `struct(1 AS a, b)` is `named_struct('a', 1, 'b', b)`.
    private List<SqlNode> namesAndValues(List<ArgumentContext> arguments) {
        List<SqlNode> list = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            ArgumentContext argument = arguments.get(i);
            boolean named = hasAlias(argument);
            SqlNode value = named
                    ? builders.expressions.of(((ValueArgumentContext) argument).expression())
                    : argument(argument);
            boolean isStar = (value instanceof SqlIdentifier star && star.isStar())
                    || StreamOperators.is(value, StreamOperators.ALL_BUT);
            if (isStar) {
                list.add(value); // its columns bring their names
                continue;
            }
            String ownName = value instanceof SqlIdentifier column ? column.names.getLast() : "col" + (i + 1);
            String name = named ? TreeBuilders.text(((ValueArgumentContext) argument).alias) : ownName;
            list.add(LiteralBuilder.text(name, Positions.of(argument)));
            list.add(value);
        }
        return list;
    }

    private static SqlNode unit(SqlNode argument) {
        boolean word = argument instanceof SqlIdentifier name && name.isSimple();
        return word ? LiteralBuilder.text(argument.toString(), argument.getParserPosition()) : argument;
    }

    // ---- OVER

    @SuppressWarnings("NullAway") // what a window leaves out is null in Calcite
    SqlWindow window(WindowSpecContext spec) {
        SqlParserPos position = Positions.of(spec);
        SqlIdentifier base = spec.base == null ? null : builders.identifier(spec.base);
        SqlNodeList partitions = new SqlNodeList(builders.expressions.of(spec.partitions), position);
        SqlNodeList order = sortItems(spec.sortItem(), spec);
        boolean framed = spec.windowFrame() != null;
        boolean rows = framed && spec.windowFrame().unit.getType() == ThalwegLexer.ROWS;
        SqlNode start = framed ? bound(spec.windowFrame().start, spec.windowFrame().unit) : null;
        SqlNode end = framed && spec.windowFrame().end != null
                ? bound(spec.windowFrame().end, spec.windowFrame().unit)
                : null;
        return SqlWindow.create(null, base, partitions, order, SqlLiteral.createBoolean(rows, position), start, end,
                null,
                position);
    }

    private SqlNode bound(FrameBoundContext bound, Token unit) {
        SqlParserPos position = Positions.of(bound);
        if (bound.CURRENT() != null) {
            return SqlWindow.createCurrentRow(position);
        }
        boolean preceding = bound.side.getType() == ThalwegLexer.PRECEDING;
        if (bound.UNBOUNDED() != null) {
            return preceding
                    ? SqlWindow.createUnboundedPreceding(position)
                    : SqlWindow.createUnboundedFollowing(position);
        }
        SqlNode written = builders.expressions.of(bound.expression());
        SqlNode distance = unit.getType() == ThalwegLexer.GROUPS // of which Calcite knows nothing
                ? FunctionCalls.of(FunctionCalls.GROUPS, position, written)
                : written;
        return preceding
                ? SqlWindow.createPreceding(distance, position)
                : SqlWindow.createFollowing(distance, position);
    }

    // ---- order

    SqlNodeList sortItems(List<SortItemContext> items, ParserRuleContext whole) {
        List<SqlNode> list = new ArrayList<>();
        items.forEach(item -> list.add(sortItem(item)));
        return new SqlNodeList(list, Positions.of(whole));
    }

    /// What the text does not say is not in the tree: the default is Spark's, NULLS FIRST when ascending, else LAST.
    private SqlNode sortItem(SortItemContext item) {
        return sorted(builders.expressions.of(item.expression()), item.direction, item.nulls, Positions.of(item));
    }

    /// What is sorted by, with ASC or DESC and NULLS FIRST or LAST, each where it is written.
    static SqlNode sorted(SqlNode key, @Nullable Token direction, @Nullable Token nulls, SqlParserPos position) {
        SqlNode node = direction != null && direction.getType() == ThalwegLexer.DESC
                ? SqlStdOperatorTable.DESC.createCall(position, key)
                : key;
        if (nulls == null) {
            return node;
        }
        return (nulls.getType() == ThalwegLexer.FIRST
                ? SqlStdOperatorTable.NULLS_FIRST
                : SqlStdOperatorTable.NULLS_LAST)
                .createCall(position, node);
    }
}
