package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.parser.grammar.ThalwegParser.PivotCallContext;
import dev.thalweg.parser.grammar.ThalwegParser.PivotColumnsContext;
import dev.thalweg.parser.grammar.ThalwegParser.PivotContext;
import dev.thalweg.parser.grammar.ThalwegParser.PivotRowsContext;
import dev.thalweg.parser.grammar.ThalwegParser.PivotValueContext;
import dev.thalweg.parser.grammar.ThalwegParser.TableAliasContext;
import dev.thalweg.parser.grammar.ThalwegParser.UnpivotColumnContext;
import dev.thalweg.parser.grammar.ThalwegParser.UnpivotColumnsContext;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes the tree of PIVOT and UNPIVOT behind a relation: Calcite's, which the planner turns into what it knows already.
final class PivotBuilder {
    private final TreeBuilders builders;

    PivotBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    SqlNode of(SqlNode relation, PivotContext pivot) {
        return switch (pivot) {
            case PivotRowsContext rows -> aliased(rows(relation, rows), rows.tableAlias());
            case UnpivotColumnsContext columns -> aliased(columns(relation, columns), columns.tableAlias());
            default -> throw new Defect("THW-9030", "No relation is made of " + pivot.getClass().getSimpleName());
        };
    }

    private SqlNode aliased(SqlNode node, @Nullable TableAliasContext alias) {
        return alias == null ? node : builders.relations.aliased(node, alias);
    }

    private SqlNode rows(SqlNode relation, PivotRowsContext pivot) {
        SqlParserPos place = Positions.of(pivot);
        List<SqlNode> calls = new ArrayList<>();
        for (PivotCallContext call : pivot.pivotCall()) {
            SqlNode value = builders.expressions.of(call.expression());
            if (call.alias != null) {
                value = as(value, builders.identifier(call.alias));
            } else if (call.bareAlias() != null) {
                value = as(value, builders.identifier(call.bareAlias()));
            }
            calls.add(value);
        }
        SqlNodeList columns = columns(pivot.pivotColumns());
        List<SqlNode> values = new ArrayList<>();
        for (PivotValueContext value : pivot.pivotValue()) {
            SqlNodeList each = values(builders.expressions.of(value.expression()), columns.size());
            if (each.size() != columns.size()) {
                throw builders.error("THW-1004", Positions.of(value), "PIVOT is over " + columns.size()
                        + " columns, and here are " + each.size() + " values",
                        "Write one value for each column: FOR (a, b) IN ((1, 2), (3, 4)).");
            }
            values.add(value.alias == null ? each : as(each, builders.identifier(value.alias)));
        }
        return new SqlPivot(place, relation, new SqlNodeList(calls, place), columns, new SqlNodeList(values, place));
    }

    /// `('a', 1)` is one value a column where there are several.
    private static SqlNodeList values(SqlNode value, int columns) {
        return columns > 1 && value instanceof SqlCall row && row.getKind() == SqlKind.ROW
                ? new SqlNodeList(row.getOperandList(), value.getParserPosition())
                : SqlNodeList.of(value);
    }

    private SqlNodeList columns(PivotColumnsContext columns) {
        return new SqlNodeList(columns.identifier().stream().map(builders::identifier).toList(),
                Positions.of(columns));
    }

    private SqlNode columns(SqlNode relation, UnpivotColumnsContext unpivot) {
        SqlParserPos place = Positions.of(unpivot);
        SqlNodeList values = columns(unpivot.made);
        List<SqlNode> sources = new ArrayList<>();
        for (UnpivotColumnContext column : unpivot.unpivotColumn()) {
            SqlNodeList each = new SqlNodeList(column.qualifiedName().stream().map(builders::identifier).toList(),
                    Positions.of(column));
            if (each.size() != values.size()) {
                throw builders.error("THW-1004", Positions.of(column), "UNPIVOT makes " + values.size()
                        + " value columns, and here are " + each.size() + " columns",
                        "Write as many: UNPIVOT ((v, w) FOR n IN ((a, b), (c, d))).");
            }
            sources.add(column.alias == null ? each : as(each, builders.identifier(column.alias)));
        }
        boolean nulls = unpivot.nulls != null && unpivot.nulls.getType() == ThalwegLexer.INCLUDE;
        return new SqlUnpivot(place, relation, nulls, values, SqlNodeList.of(builders.identifier(unpivot.name)),
                new SqlNodeList(sources, place));
    }

    private static SqlNode as(SqlNode value, SqlIdentifier name) {
        return RelationBuilder.as(value, List.of(name), value.getParserPosition());
    }
}
