package dev.thalweg.execution.trigger;

import dev.thalweg.execution.exchange.KeyRouter;
import dev.thalweg.execution.expression.Stage;
import dev.thalweg.execution.expression.StageChain;
import dev.thalweg.execution.expression.StageEnd;
import dev.thalweg.execution.operator.JoinCondition;
import dev.thalweg.execution.operator.JoinTable;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.OperatorFactory;
import dev.thalweg.execution.operator.OperatorFactory.Lending;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.execution.operator.match.Conditions;
import dev.thalweg.planner.incremental.MatchRecognize;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.MatchPattern;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// Opens the operators of a plan, each with the state of its task and the watermark it goes on with.
final class PlanOperators implements DataflowParts.Operators {
    private final StreamPlan plan;
    private final OperatorFactory factory;
    private final int singletonOwner;
    private final Lenders lenders;
    private final IdentityHashMap<PlanNode, Stage> conditions = new IdentityHashMap<>();
    private final IdentityHashMap<MatchPattern.Variable, Stage> tests = new IdentityHashMap<>();

    /// What operators are lent, and by whom.
    record Lenders(int tasks, QueryState state, EdgeWatermarks edges, StaticTables tables,
            DataflowParts.Stages stages) {}

    /// Whether a node of a query that streams has nothing to do but in the first trigger.
    static boolean isReadOnce(StreamPlan plan, PlanNode node) {
        return plan.traits(node).boundedInput() && !plan.traits(plan.root()).boundedInput();
    }

    PlanOperators(StreamPlan plan, Lenders lenders) {
        this.plan = plan;
        this.factory = new OperatorFactory(plan);
        this.singletonOwner = KeyRouter.singletonOwner(lenders.tasks());
        this.lenders = lenders;
    }

    /// How many tasks run a plan: one where a join must see every row of its table once.
    static int tasks(StreamPlan plan, int wanted) {
        boolean single = plan.nodes().stream().anyMatch(node -> node instanceof PlanNode.StaticJoin join
                && (join.kind() == PlanNode.JoinKind.RIGHT || join.kind() == PlanNode.JoinKind.FULL));
        return single ? 1 : wanted;
    }

    @Override
    public Operator open(PlanNode node, TaskContext task) {
        if (lenders.state().isOfOneRun() || !isReadOnce(plan, node)) {
            return open(node, task, lenders.state());
        }
        if (lenders.tables().isOver()) {
            return FirstTriggerOperator.over();
        }
        TransientState state = lenders.tables().stateOfOneTrigger();
        try {
            return new FirstTriggerOperator(open(node, task, state), state);
        } catch (RuntimeException e) {
            state.close();
            throw e;
        }
    }

    private Operator open(PlanNode node, TaskContext task, QueryState state) {
        return switch (node) {
            case PlanNode.StaticJoin join when !plan.traits(join).boundedInput() ->
                    new RefreshedJoinOperator(() -> lenders.tables().table(join), table -> join(join, table, task));
            case PlanNode.StaticJoin join -> join(join, lenders.tables().table(join), task);
            case PlanNode.StreamJoin join -> factory.streamJoin(join,
                    condition(join, join.left(), join.right(), join.condition(), task), lending(join, task, state));
            case MatchRecognize match ->
                    factory.match(match, conditions(match, task), lending(node, task, state));
            case PlanNode.Aggregate aggregate when isFolded(aggregate) ->
                    factory.openFolded(aggregate, lending(node, task, state));
            default -> factory.open(node, lending(node, task, state)); // a rule: the factory knows every other node
        };
    }

    private Operator join(PlanNode.StaticJoin join, JoinTable table, TaskContext task) {
        return factory.staticJoin(join, table,
                condition(join, join.stream(), join.table(), join.condition(), task), task.allocator());
    }

    /// Rows are folded where they would else travel one by one.
    private boolean isFolded(PlanNode node) {
        return lenders.tasks() > 1 && node.inputs().getFirst() instanceof PlanNode.Exchange && factory.isFoldable(node);
    }

    @Override
    public Optional<Operator> preAggregate(PlanNode node, Optional<Panes> panes, TaskContext task) {
        return node instanceof PlanNode.Aggregate aggregate && isFolded(aggregate)
                ? Optional.of(factory.preAggregate(aggregate, panes, lending(node, task, lenders.state())))
                : Optional.empty();
    }

    @Override
    public RowType foldedType(PlanNode node) {
        return node instanceof PlanNode.Aggregate aggregate
                ? factory.foldedType(aggregate)
                : node.inputs().getFirst().schema();
    }

    private Lending lending(PlanNode node, TaskContext task, QueryState state) {
        int place = OperatorNames.id(plan, node);
        return new Lending(table -> state.open(table, task.task(), place), task.allocator(),
                lenders.edges().judging(node), !WireFragment.isJudgedBelow(node),
                task.task() == singletonOwner, task::clockMicros);
    }

    private Optional<JoinCondition> condition(PlanNode join, PlanNode left, PlanNode right,
            Optional<Expression> wanted, TaskContext task) {
        return wanted.map(condition -> {
            Stage stage = conditions.computeIfAbsent(join, _ -> {
                RowType pair = PlanNode.appended(left.schema(), right.schema().fields());
                StageChain chain = StageJoinCondition.chain(pair, condition);
                return lenders.stages().compile(chain, StageEnd.of(Optional.empty()));
            });
            return new StageJoinCondition(stage.open(task.allocator()), task);
        });
    }

    private List<JoinCondition> conditions(MatchRecognize match, TaskContext task) {
        List<JoinCondition> opened = new ArrayList<>();
        for (MatchPattern.Variable variable : match.pattern().variables()) {
            variable.condition().ifPresent(condition -> opened.add(new StageJoinCondition(
                    tests.computeIfAbsent(variable, _ -> lenders.stages().compile(
                            StageJoinCondition.chain(Conditions.testedRow(variable.tested()), condition),
                            StageEnd.of(Optional.empty()))).open(task.allocator()),
                    task)));
        }
        return opened;
    }
}
