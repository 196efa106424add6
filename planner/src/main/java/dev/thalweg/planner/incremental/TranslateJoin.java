package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.logical.NeverTrue;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexNode;

/// Translates a join. The side that streams (or, in a batch query, the preserved or the left one) is probed against a hash
/// table of the other; equal keys are found in the condition, the rest of it is checked on each pair.
final class TranslateJoin {
    private final SplitCondition condition;

    private TranslateJoin(SplitCondition condition) {
        this.condition = condition;
    }

    static Relation join(Relation left, Relation right, Join join, TranslateExpression template) {
        return new TranslateJoin(SplitCondition.of(left, right, join.getCondition(), template)).join(left, right, join);
    }

    private Relation join(Relation left, Relation right, Join join) {
        boolean leftStreams = !InferBounded.of(left.node());
        boolean rightStreams = !InferBounded.of(right.node());
        if (needsBothSides(join.getJoinType(), leftStreams, rightStreams)) {
            return build(left, right, join, kind(join.getJoinType(), false), Shape.STREAMS);
        }
        boolean swap = rightStreams || (!leftStreams && join.getJoinType() == JoinRelType.RIGHT);
        return build(left, right, join, kind(join.getJoinType(), swap), swap ? Shape.SWAPPED : Shape.PROBED);
    }

    /// How a join is run.
    private enum Shape {
        /// Rows of the left side are looked up in a table of the right.
        PROBED,
        /// Rows of the right side are looked up in a table of the left.
        SWAPPED,
        /// Both sides are kept, for both change; or one is finite, and its rows are given out by themselves.
        STREAMS
    }

    /// Whether a side that streams does not keep its own rows only.
    private static boolean needsBothSides(JoinRelType type, boolean leftStreams, boolean rightStreams) {
        if (!leftStreams && !rightStreams) {
            return false;
        }
        return (leftStreams && rightStreams) || switch (type) {
            case INNER -> false;
            case LEFT, SEMI, ANTI -> rightStreams;
            case RIGHT -> leftStreams;
            default -> true; // a rule: FULL keeps the finite side, too; other kinds are refused by kind()
        };
    }

    private static JoinKind kind(JoinRelType type, boolean swap) {
        return switch (type) {
            case INNER -> JoinKind.INNER;
            case LEFT -> swap ? JoinKind.RIGHT : JoinKind.LEFT;
            case RIGHT -> swap ? JoinKind.LEFT : JoinKind.RIGHT;
            case FULL -> JoinKind.FULL;
            case SEMI -> JoinKind.SEMI;
            case ANTI -> JoinKind.ANTI;
            case ASOF, LEFT_ASOF, LEFT_MARK -> refuse(type.name() + " JOIN");
        };
    }

    private static JoinKind refuse(String what) {
        throw new InvalidQuery("THW-3111",
                what + " is not supported yet. Supported: INNER, LEFT, RIGHT, FULL, LEFT SEMI"
                        + " and LEFT ANTI JOIN.");
    }

    private Relation build(Relation left, Relation right, Join join, JoinKind kind, Shape shape) {
        boolean swap = shape == Shape.SWAPPED;
        int split = left.fields().size();
        KeyPairs keys = KeyPairs.of(Side.local(left, condition.leftKeys(), 0),
                Side.local(right, condition.rightKeys(), split));
        Side leftSide = Side.over(left, keys.left());
        Side rightSide = Side.over(right, keys.right());
        Side stream = swap ? rightSide : leftSide;
        Side table = swap ? leftSide : rightSide;
        int tableOffset = stream.node().schema().size();
        int[] position = new int[split + right.fields().size()];
        for (int i = 0; i < position.length; i++) {
            boolean ofStream = i < split != swap;
            int local = i < split ? i : i - split;
            position[i] = ofStream ? local : tableOffset + local;
        }
        List<Expression> checked = new ArrayList<>(condition.rest());
        if (shape == Shape.STREAMS) {
            checked.addAll(movedTimes());
            if (NeverTrue.is(join.getCondition()) && checked.stream().noneMatch(NeverMatched::isFalse)) {
                checked.add(new Literal(false, Simple.BOOLEAN)); // says so where constants are not compared any more
            }
        }
        Optional<Expression> rest = checked.isEmpty()
                ? Optional.empty()
                : Optional.of(Expressions.move(Expressions.and(checked), position));
        RowType row = schema(stream.node().schema(), table.node().schema(), kind);
        PlanNode node = shape == Shape.STREAMS
                ? new StreamJoin(stream.node(), table.node(), kind, stream.keys(), table.keys(), rest, row)
                : new StaticJoin(stream.node(), table.node(), kind, stream.keys(), table.keys(), rest, row);
        List<Expression> fields = new ArrayList<>();
        int outputs = join.getRowType().getFieldCount();
        for (int i = 0; i < outputs; i++) {
            fields.add(Expressions.input(node.schema(), position[i]));
        }
        return new Relation(node, fields, join.getRowType().getFieldNames());
    }

    /// Equalities of times of which one is moved, such as `b.ts = a.ts + INTERVAL 5 SECONDS`. Their keys are computed, and
    /// [JoinTime] looks at columns; so it finds them among the conditions, too.
    private List<Expression> movedTimes() {
        List<Expression> found = new ArrayList<>();
        for (int i = 0; i < condition.leftKeys().size(); i++) {
            Expression left = condition.leftKeys().get(i);
            Expression right = condition.rightKeys().get(i);
            boolean isMoved = !(left instanceof Input && right instanceof Input);
            if (isMoved && JoinTime.isMovedTime(left) && JoinTime.isMovedTime(right)) {
                found.add(new Call("=", List.of(left, right), Simple.BOOLEAN, left.nullable() || right.nullable()));
            }
        }
        return found;
    }

    static RowType schema(RowType stream, RowType table, JoinKind kind) {
        return switch (kind) {
            case SEMI, ANTI -> stream;
            case INNER -> PlanNode.appended(stream, table.fields());
            case LEFT -> PlanNode.appended(stream, nullable(table));
            case RIGHT -> PlanNode.appended(new RowType(nullable(stream)), table.fields());
            case FULL -> PlanNode.appended(new RowType(nullable(stream)), nullable(table));
        };
    }

    private static List<Field> nullable(RowType row) {
        return row.fields().stream().map(f -> new Field(f.name(), f.type(), true)).toList();
    }

    /// One side of the join with its logical columns first and its keys as columns.
    record Side(PlanNode node, List<Integer> keys) {
        static Side of(Relation relation, List<Expression> keys, int offset) {
            return over(relation, local(relation, keys, offset));
        }

        /// Keys over the columns of the side's node; `offset` is where the side begins among the columns of both.
        static List<Expression> local(Relation relation, List<Expression> keys, int offset) {
            int[] back = new int[offset + relation.fields().size()];
            for (int i = offset; i < back.length; i++) {
                back[i] = i - offset;
            }
            return keys.stream().map(key -> Expressions.replaceInputs(Expressions.move(key, back),
                    input -> relation.fields().get(((Input) input).column()))).toList();
        }

        static Side over(Relation relation, List<Expression> localKeys) {
            RowType made = relation.node().schema();
            List<Expression> columns = new ArrayList<>(relation.fields());
            List<Field> fields = new ArrayList<>(relation.schema().fields());
            List<Integer> keys = new ArrayList<>();
            for (Expression local : localKeys) {
                int known = columns.indexOf(local);
                if (known < 0) {
                    known = columns.size();
                    columns.add(local);
                    String name = local instanceof Input(int column, _, _) ? made.field(column).name() : "key";
                    fields.add(Expressions.field(name, local));
                }
                keys.add(known);
            }
            boolean plain = columns.equals(Expressions.inputs(made));
            PlanNode node = plain ? relation.node() : new Project(relation.node(), columns, new RowType(fields));
            return new Side(node, keys);
        }
    }
}
