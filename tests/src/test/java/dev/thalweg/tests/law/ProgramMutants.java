package dev.thalweg.tests.law;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.function.UserAggregate;
import dev.thalweg.spi.function.UserFunction;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What the functions of a program become, each called with a bug.
final class ProgramMutants {
    private ProgramMutants() {}

    static PlanNode notAskedForNulls(PlanNode node) {
        return node instanceof PlanNode.Project p
                ? new PlanNode.Project(p.input(), p.expressions().stream().map(ProgramMutants::strict).toList(),
                        p.schema())
                : node;
    }

    private static Expression strict(Expression expression) {
        return expression instanceof Expression.UserCall(UserFunction function, List<Expression> arguments)
                ? new Expression.UserCall(new Strict(function), arguments)
                : expression;
    }

    private record Strict(UserFunction function) implements UserFunction {
        @Override
        public String name() {
            return function.name();
        }

        @Override
        public int arity() {
            return function.arity();
        }

        @Override
        public DataType type() {
            return function.type();
        }

        @Override
        public boolean nullable() {
            return true;
        }

        @Override
        public boolean deterministic() {
            return function.deterministic();
        }

        @Override
        public Body over(List<DataType> arguments) {
            Body body = function.over(arguments);
            return values -> Arrays.stream(values).anyMatch(Objects::isNull) ? null : body.call(values);
        }
    }

    static PlanNode losingBuffers(PlanNode node) {
        return node instanceof PlanNode.Aggregate a
                ? new PlanNode.Aggregate(a.input(), a.keys(),
                        a.calls().stream().map(ProgramMutants::losing).toList(), a.schema())
                : node;
    }

    private static AggregateCall losing(AggregateCall call) {
        return new AggregateCall(call.function(), call.arguments(), call.distinct(), call.filter(),
                call.ignoreNulls(), call.type(), call.nullable(), call.constants(), call.order(),
                call.user().map(Losing::new));
    }

    private record Losing(UserAggregate aggregate) implements UserAggregate {
        @Override
        public String name() {
            return aggregate.name();
        }

        @Override
        public List<DataType> arguments() {
            return aggregate.arguments();
        }

        @Override
        public DataType buffer() {
            return aggregate.buffer();
        }

        @Override
        public DataType type() {
            return aggregate.type();
        }

        @Override
        public boolean nullable() {
            return aggregate.nullable();
        }

        @Override
        public boolean deterministic() {
            return aggregate.deterministic();
        }

        @Override
        public Object zero() throws Exception {
            return aggregate.zero();
        }

        @Override
        public Object reduce(Object buffer, @Nullable Object[] arguments) throws Exception {
            return aggregate.reduce(buffer, arguments);
        }

        @Override
        public @Nullable Object finish(Object buffer) throws Exception {
            return aggregate.finish(buffer);
        }

        @Override
        public Object write(Object buffer) throws Exception {
            return aggregate.write(buffer);
        }

        @Override
        public Object read(Object value) throws Exception {
            return aggregate.zero();
        }
    }
}
