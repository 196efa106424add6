package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.operator.OperatorFactory.Lending;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.overlay.ResidentTable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The factory of operators")
final class OperatorFactorySpec {
    private static final RowType ROW = RowType.of(Field.of("a", Simple.STRING), Field.of("b", Simple.BIGINT),
            Field.of("end", Simple.TIMESTAMP));
    private static final AggregateCall COUNT = new AggregateCall("count", List.of(), false, Optional.empty(), false,
            Simple.BIGINT, false);

    private static Traits traits(Changes changes, Optional<Integer> freedBy) {
        return new Traits(changes, EventTime.NONE, false, freedBy, false);
    }

    private static StreamPlan plan(Map<PlanNode, Traits> traits, PlanNode... nodes) {
        return new StreamPlan(nodes[nodes.length - 1], List.of(nodes), traits, OutputMode.UPDATE, Optional.empty(),
                true);
    }

    @Test
    @DisplayName("keeps the state of a node without an exchange in the key groups its rows were sent by")
    void ownership() {
        PlanNode input = new Values(ROW, List.of());
        PlanNode exchange = new Exchange(input, List.of(2, 0));
        Aggregate first = new Aggregate(exchange, List.of(2, 0), List.of(COUNT),
                RowType.of(ROW.field(2), ROW.field(0), Field.of("n", Simple.BIGINT)));
        Project project = new Project(first, List.of(new Expression.Input(2, Simple.BIGINT, false),
                new Expression.Input(1, Simple.STRING, true), new Expression.Input(0, Simple.TIMESTAMP, true)),
                RowType.of(Field.of("n", Simple.BIGINT), ROW.field(0), ROW.field(2)));
        Distinct second = new Distinct(project, false);
        IdentityHashMap<PlanNode, Traits> traits = new IdentityHashMap<>();
        traits.put(first, traits(Changes.RETRACT, Optional.of(2)));
        StreamPlan plan = plan(traits, input, exchange, first, project, second);

        assertThat(RowOwner.of(plan, first)).as("its exchange is right below").isEmpty();
        assertThat(RowOwner.of(plan, second))
                .contains(new RowOwner(project.schema(), List.of(2, 1), OptionalInt.of(2)));
    }

    @Test
    @DisplayName("names state after the node's place in the plan, and refuses what has no rule")
    void opens() {
        PlanNode input = new Values(ROW, List.of());
        Aggregate aggregate = new Aggregate(input, List.of(0),
                List.of(COUNT, new AggregateCall("count", List.of(1), true, Optional.empty(), false, Simple.BIGINT,
                        false)),
                RowType.of(ROW.field(0), Field.of("n", Simple.BIGINT), Field.of("d", Simple.BIGINT)));
        DropDuplicates duplicates = new DropDuplicates(aggregate, List.of(0));
        IdentityHashMap<PlanNode, Traits> traits = new IdentityHashMap<>();
        traits.put(input, traits(Changes.INSERT_ONLY, Optional.empty()));
        traits.put(aggregate, traits(Changes.RETRACT, Optional.empty()));
        traits.put(duplicates, traits(Changes.RETRACT, Optional.empty()));
        OperatorFactory factory = new OperatorFactory(plan(traits, input, aggregate, duplicates));
        List<ResidentTable> tables = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator()) {
            Lending lending = new Lending(declaration -> {
                tables.add(new ResidentTable(declaration, MemoryCharge.UNLIMITED));
                return tables.getLast();
            }, allocator, Watermark.NONE, true, true, () -> 0);
            factory.open(aggregate, lending).close();
            assertThat(tables).extracting(ResidentTable::declaration).extracting(StateTable::name)
                    .containsExactly("0-aggregate.distinct1", "0-aggregate.groups");
            assertThat(factory.isFoldable(aggregate)).as("DISTINCT does not fold").isFalse();
            assertThatThrownBy(() -> factory.open(duplicates, lending)).isInstanceOf(Defect.class)
                    .hasMessageContaining("THW-9409");
        } finally {
            tables.forEach(ResidentTable::close);
        }
    }
}
