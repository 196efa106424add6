package dev.thalweg.planner.logical;

import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.Context;
import org.apache.calcite.plan.Contexts;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.tools.RelBuilderFactory;
import org.jspecify.annotations.Nullable;

/// Builds what it is told and simplifies nothing.
///
/// Calcite's own builder, however configured, makes an empty VALUES of a filter that is never true. Then a stream reads no
/// stream any more, so it could not be started, and its watermark would stand still.
final class PlainBuilder extends RelBuilder {
    static final RelBuilderFactory FACTORY = PlainBuilder::new;

    private static final Context CONTEXT = Contexts.of(RelFactories.DEFAULT_STRUCT, plain(Config.DEFAULT));

    private PlainBuilder(RelOptCluster cluster, @Nullable RelOptSchema schema) {
        super(CONTEXT, cluster, schema);
    }

    private static Config plain(Config config) {
        return config.withSimplify(false).withSimplifyLimit(false).withSimplifyValues(false)
                .withPruneInputOfAggregate(false).withBloat(-1).withPushJoinCondition(false).withAggregateUnique(true);
    }

    /// A rule that asks for another configuration gets this one all the same.
    @Override
    public RelBuilder transform(UnaryOperator<Config> change) {
        return new PlainBuilder(cluster, relOptSchema);
    }

    @Override
    public RelBuilder filter(Iterable<CorrelationId> variables, Iterable<? extends RexNode> predicates) {
        RexNode condition = flat(RexUtil.composeConjunction(getRexBuilder(), predicates), getRexBuilder());
        return condition.isAlwaysFalse()
                ? push(LogicalFilter.create(build(), condition, ImmutableSet.copyOf(variables)))
                : super.filter(variables, List.of(condition));
    }

    /// With no AND right inside an AND, nor OR inside OR, at any depth: Calcite's filters take no other condition, and a column
    /// that is an AND may have come into one.
    static RexNode flat(RexNode condition, RexBuilder rex) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                return RexUtil.flatten(rex, super.visitCall(call));
            }
        });
    }
}
