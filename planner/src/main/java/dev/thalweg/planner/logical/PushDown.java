package dev.thalweg.planner.logical;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.rel.rules.FilterJoinRule;
import org.apache.calcite.rel.rules.FilterMergeRule;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.FilterSetOpTransposeRule;
import org.apache.calcite.rel.rules.ProjectMergeRule;
import org.apache.calcite.rel.rules.ProjectRemoveRule;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.tools.RelBuilderFactory;

/// The rewrites that are sound whatever a stream does: filters move towards the tables, projections merge.
///
/// A filter never passes a [LogicalWatermark] (the rules do not know it), nor anything that is evaluated once a row on entry or
/// makes rows: functions that are not deterministic, `window`, generators. Nor does it pass a node that judges which rows are
/// late, so that the late count is that of the query as written, whatever the rules do. What rules ask Calcite about a rel,
/// [KnownRows] answers.
final class PushDown {
    private static final Set<String> ROW_MAKERS = Set.of("window", "session_window", "$session", "$cumulate", "explode",
            "explode_outer", "posexplode",
            "posexplode_outer", "inline", "inline_outer", "stack", "json_tuple",
            "variant_explode", "variant_explode_outer", "range");
    private static final Set<String> CLOCK = Set.of("clock");
    static final RelBuilderFactory BUILDER = PlainBuilder.FACTORY;

    private final HepProgram program;
    private final HepProgram subqueries;

    PushDown() {
        this.program = program(rules(PushDown::isMovable));
        this.subqueries = program(List.of(
                SubQueryRemoveRule.Config.FILTER.withRelBuilderFactory(BUILDER).toRule(),
                SubQueryRemoveRule.Config.PROJECT.withRelBuilderFactory(BUILDER).toRule(),
                SubQueryRemoveRule.Config.JOIN.withRelBuilderFactory(BUILDER).toRule()));
    }

    private static List<RelOptRule> rules(Predicate<RexNode> movable) {
        Predicate<Filter> filter = f -> movable.test(f.getCondition()) && !leavesWhatLives(f);
        Predicate<Project> project = p -> p.getProjects().stream().allMatch(movable);
        return List.of(
                FilterMergeRule.Config.DEFAULT.withOperandSupplier(
                        b -> b.operand(Filter.class).predicate(filter)
                                .oneInput(f -> f.operand(Filter.class).predicate(filter).anyInputs()))
                        .withRelBuilderFactory(BUILDER).toRule(),
                FilterProjectTransposeRule.Config.DEFAULT.withOperandFor(Filter.class, filter, Project.class, project)
                        .withCopyFilter(false).withCopyProject(false).withRelBuilderFactory(BUILDER).toRule(),
                FilterAggregateTransposeRule.Config.DEFAULT.withOperandSupplier(
                        b -> b.operand(Filter.class).predicate(filter).oneInput(
                                a -> a.operand(Aggregate.class)
                                        .predicate(aggregate -> refusesNone(aggregate) && !groupsBySession(aggregate))
                                        .anyInputs()))
                        .withRelBuilderFactory(BUILDER).toRule(),
                FilterSetOpTransposeRule.Config.DEFAULT.withOperandSupplier(
                        b -> b.operand(Filter.class).predicate(f -> filter.test(f) && readsAlike(f))
                                .oneInput(u -> u.operand(Union.class).predicate(PushDown::refusesNone).anyInputs()))
                        .withRelBuilderFactory(BUILDER).toRule(),
                FilterJoinRule.FilterIntoJoinRule.FilterIntoJoinRuleConfig.DEFAULT.withOperandSupplier(
                        b -> b.operand(Filter.class).predicate(f -> filter.test(f) && !TimeBounds.in(f.getCondition()))
                                .oneInput(j -> j.operand(Join.class).predicate(PushDown::refusesNone).anyInputs()))
                        .withRelBuilderFactory(BUILDER).toRule(),
                FilterJoinRule.JoinConditionPushRule.JoinConditionPushRuleConfig.DEFAULT.withOperandSupplier(
                        b -> b.operand(Join.class)
                                .predicate(j -> movable.test(j.getCondition()) && refusesNone(j)).anyInputs())
                        .withRelBuilderFactory(BUILDER).toRule(),
                ProjectMergeRule.Config.DEFAULT.withOperandSupplier(
                        b -> b.operand(Project.class).predicate(above -> !multipliesWindows(above))
                                .oneInput(p -> p.operand(Project.class)
                                        .predicate(below -> project.test(below) && !judgesByWindows(below))
                                        .anyInputs()))
                        .withRelBuilderFactory(BUILDER).toRule(),
                ProjectRemoveRule.Config.DEFAULT.withOperandSupplier(
                        b -> b.operand(Project.class).predicate(PushDown::changesNothing)
                                .oneInput(input -> input.operand(RelNode.class).anyInputs()))
                        .toRule());
    }

    /// Whether no row can be late at a node: no watermark below, or no time among what it groups by.
    private static boolean refusesNone(RelNode node) {
        if (node instanceof Join join) {
            return !TimeBounds.bounds(join.getCondition(), join);
        }
        boolean keepsNothing = node instanceof Union union && union.all;
        return keepsNothing || !groupsByTime(node) || !hasWatermark(node);
    }

    /// Whether OVER may refuse rows as late there, or forget some: it does so whether anybody reads what it computes or not.
    private static boolean judgesByWindows(Project project) {
        return project.containsOver() && (hasWatermark(project) || hasLives(project));
    }

    /// Whether a condition on the clock stands above what forgets rows: below, rows would leave by the clock, and what they leave
    /// forgets none.
    private static boolean leavesWhatLives(Filter filter) {
        return holds(filter.getCondition(), CLOCK) && hasLives(filter.getInput());
    }

    private static boolean hasLives(RelNode node) {
        RelNode bare = node.stripped();
        return bare instanceof LogicalLives || bare.getInputs().stream().anyMatch(PushDown::hasLives);
    }

    /// Whether a projection makes several rows of one that OVER has judged below: together, OVER would see all of them.
    private static boolean multipliesWindows(Project project) {
        return project.getInput().stripped() instanceof Project below && below.containsOver()
                && makesRows(project);
    }

    /// Which rows are in a session depends on all of them, so none may be filtered out before.
    private static boolean groupsBySession(Aggregate aggregate) {
        return groupsByTime(aggregate) && makesSessions(aggregate.getInput());
    }

    private static boolean makesSessions(RelNode node) {
        RelNode bare = node.stripped();
        return (bare instanceof Project project && project.getProjects().stream().anyMatch(PushDown::isSession))
                || bare.getInputs().stream().anyMatch(PushDown::makesSessions);
    }

    private static boolean isSession(RexNode node) {
        return holds(node, Set.of("session_window"));
    }

    private static boolean groupsByTime(RelNode node) {
        int keys = node instanceof Aggregate aggregate
                ? aggregate.getGroupCount()
                : node.getRowType().getFieldCount();
        return node.getRowType().getFieldList().subList(0, keys).stream()
                .anyMatch(key -> TimeBounds.isTime(key.getType()));
    }

    static boolean hasWatermark(RelNode node) {
        RelNode bare = node.stripped();
        return bare instanceof LogicalWatermark || bare.getInputs().stream().anyMatch(PushDown::hasWatermark);
    }

    /// Unlike Calcite's own rule ours keeps a projection that gives names.
    private static boolean changesNothing(Project project) {
        return ProjectRemoveRule.isTrivial(project)
                && project.getRowType().getFieldNames().equals(project.getInput().getRowType().getFieldNames());
    }

    private static HepProgram program(List<RelOptRule> rules) {
        return new HepProgramBuilder().addRuleCollection(rules).build();
    }

    /// Again and again, as a filter that has come as far as a time to live goes on below it.
    @SuppressWarnings("ReferenceEquality") // a shuttle gives the very same where it has changed nothing
    RelNode run(RelNode rel) {
        RelNode moved = run(rel, program);
        RelNode further = BelowLives.in(moved);
        return further == moved ? moved : run(further);
    }

    /// Removes the subqueries that [SubqueriesToJoins] left.
    RelNode removeSubqueries(RelNode rel) {
        return run(rel, subqueries);
    }

    private static RelNode run(RelNode rel, HepProgram program) {
        HepPlanner planner = new HepPlanner(program);
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    static boolean isMovable(RexNode node) {
        return RexUtil.isDeterministic(node) && !holds(node, ROW_MAKERS);
    }

    /// Whether a filter goes below a time to live too.
    static boolean isOfRows(RexNode node) {
        return isMovable(node) && !holds(node, CLOCK);
    }

    /// Whether a condition over a union can be one over each input. The field of a struct cannot that is never NULL in one of
    /// them: to Calcite it would be another field.
    private static boolean readsAlike(Filter filter) {
        if (!(filter.getInput().stripped() instanceof Union union)) {
            return true;
        }
        return RelOptUtil.InputFinder.bits(filter.getCondition()).asList().stream()
                .filter(i -> union.getRowType().getFieldList().get(i).getType().isStruct())
                .allMatch(i -> union.getInputs().stream().allMatch(in -> fields(in, i).equals(fields(union, i))));
    }

    private static List<RelDataTypeField> fields(RelNode rel, int column) {
        return rel.getRowType().getFieldList().get(column).getType().getFieldList();
    }

    /// Whether there may be several rows of one, or none.
    static boolean makesRows(Project project) {
        return project.getProjects().stream().anyMatch(each -> holds(each, ROW_MAKERS));
    }

    private static boolean holds(RexNode node, Set<String> functions) {
        boolean[] found = {false};
        node.accept(new RexVisitorImpl<Void>(true) {
            @Override
            @SuppressWarnings("NullAway") // a visitor of nothing gives null
            public Void visitCall(RexCall call) {
                found[0] |= functions.contains(call.getOperator().getName());
                return super.visitCall(call);
            }
        });
        return found[0];
    }
}
