package dev.thalweg.tests.differential;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Expressions;
import dev.thalweg.execution.expression.FunctionTable;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.expression.function.ScalarFunctions;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.ThalwegException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// What we make of one expression: parsed, planned and compiled as in any query.
final class OurAnswer implements AutoCloseable {
    private final RootAllocator memory = new RootAllocator();
    private final QueryPlanner planner = new QueryPlanner(new Catalog(), FunctionRegistry.load());
    private final Expressions expressions = new Expressions(
            new StageCompiler(new FunctionTable(ScalarFunctions.CLASSES)), memory);

    /// Type and value as in a [RecordedAnswer], or ERROR and our code.
    String to(String expression, ZoneId zone) {
        try {
            String query = "SELECT " + expression;
            PlanNode root = IncrementalPlanner.batch(planner.plan(StatementParser.parseQuery(query), query)).root();
            return answer(root, new EvaluationContext(zone, 0, 42));
        } catch (Defect defect) {
            return "DEFECT\t" + defect.getMessage();
        } catch (ThalwegException error) {
            return "ERROR\t" + error.code() + " " + error.toString().lines().findFirst().orElse("");
        } catch (RuntimeException | LinkageError | StackOverflowError crash) {
            return "CRASH\t" + crash;
        }
    }

    private String answer(PlanNode root, EvaluationContext context) {
        return switch (root) {
            case PlanNode.Values values -> {
                DataType type = values.schema().type(0);
                yield ValueText.type(type) + "\t" + ValueText.of(values.rows().getFirst().getFirst().value(), type);
            }
            case PlanNode.Project project when project.input() instanceof PlanNode.Values row -> {
                DataType type = project.expressions().getFirst().type();
                List<@Nullable Object> cells = new ArrayList<>();
                row.rows().getFirst().forEach(literal -> cells.add(literal.value()));
                Object value = expressions.evaluate(project.expressions().getFirst(), row.schema(), cells, context)
                        .orElse(null);
                yield ValueText.type(type) + "\t" + ValueText.of(value, type);
            }
            default -> throw new IllegalStateException("not a projection of one row: " + root);
        };
    }

    @Override
    public void close() {
        memory.close();
    }
}
