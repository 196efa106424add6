package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/// Translates samples into filters. Of rows that stay chance decides, one by one. Where a seed is given, or where a row may be
/// taken back, the row itself decides, by its hash: it must be chosen alike when it goes, and equal rows are then chosen alike.
final class TranslateSample {
    private TranslateSample() {}

    static boolean isSample(RexNode condition) {
        return RelOptUtil.conjunctions(condition).stream().anyMatch(TranslateSample::isMark);
    }

    private static boolean isMark(RexNode node) {
        return node instanceof RexCall call && call.getOperator().getName().equals("$sample");
    }

    /// What stands beside the sample, to be asked of what it has drawn.
    static List<RexNode> others(RexNode condition) {
        return RelOptUtil.conjunctions(condition).stream().filter(part -> !isMark(part)).toList();
    }

    static Relation sample(Relation input, RexNode condition, InferChanges changes) {
        RexNode mark = RelOptUtil.conjunctions(condition).stream().filter(TranslateSample::isMark).findFirst()
                .orElseThrow();
        PlanNode node = input.materialize();
        List<RexNode> operands = ((RexCall) mark).getOperands();
        BigDecimal fraction = number(operands.getFirst());
        boolean byRow = operands.size() > 1 || changes.of(node) == Changes.RETRACT;
        long seed = operands.size() > 1 ? number(operands.get(1)).longValueExact() : 0;
        return Relation.of(new Filter(node, byRow ? byHash(node.schema(), fraction, seed) : byChance(fraction)));
    }

    private static BigDecimal number(RexNode operand) {
        RexNode bare = operand.isA(SqlKind.CAST) ? ((RexCall) operand).getOperands().getFirst() : operand;
        if (bare instanceof RexCall minus && minus.isA(SqlKind.MINUS_PREFIX)) {
            return number(minus.getOperands().getFirst()).negate();
        }
        return Objects.requireNonNull(((RexLiteral) bare).getValueAs(BigDecimal.class));
    }

    private static Expression byChance(BigDecimal fraction) {
        return less(new Call("rand", List.of(), Simple.DOUBLE, false),
                new Literal(fraction.doubleValue(), Simple.DOUBLE));
    }

    /// A hash is any BIGINT alike, so that many of them are below that share of all.
    private static Expression byHash(RowType row, BigDecimal fraction, long seed) {
        BigInteger below = fraction.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(Long.SIZE))).toBigInteger();
        if (below.bitLength() > Long.SIZE) {
            return new Literal(true, Simple.BOOLEAN);
        }
        List<Expression> hashed = new ArrayList<>(List.of(new Literal(seed, Simple.BIGINT)));
        for (int i = 0; i < row.size(); i++) {
            if (hasHash(row.type(i))) {
                hashed.add(Expressions.input(row, i));
            }
        }
        return less(new Call("xxhash64", hashed, Simple.BIGINT, false),
                new Literal(below.add(BigInteger.valueOf(Long.MIN_VALUE)).longValueExact(), Simple.BIGINT));
    }

    /// Maps have none: two equal ones may hold their entries in different orders.
    private static boolean hasHash(DataType type) {
        return switch (type) {
            case Simple _,DataType.Decimal _ -> true;
            case DataType.MapOf _ -> false;
            case DataType.ArrayOf(DataType element, _) -> hasHash(element);
            case DataType.Struct(RowType row) -> row.fields().stream().allMatch(field -> hasHash(field.type()));
        };
    }

    private static Expression less(Expression left, Expression right) {
        return new Call("<", List.of(left, right), Simple.BOOLEAN, false);
    }
}
