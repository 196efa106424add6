package dev.thalweg.tests.differential;

import dev.thalweg.execution.expression.FunctionTable;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.expression.function.ScalarFunctions;
import dev.thalweg.execution.trigger.BatchResult;
import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.execution.trigger.CrashProbe;
import dev.thalweg.execution.trigger.Engine;
import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.source.MemoryTables;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;

/// What we make of an aggregate or a window function over an inline table: run as a batch query is. The rows come sorted.
final class OurAggregate implements AutoCloseable {
    private final RootAllocator memory = new RootAllocator();
    private final MemoryTables tables = new MemoryTables();
    private final QueryPlanner planner = new QueryPlanner(new Catalog(), FunctionRegistry.load());
    private final Engine engine = new Engine(new Engine.Environment(Clock.systemUTC(), memory, _ -> {}, tables,
            Connectors.discover(), new StageCompiler(new FunctionTable(ScalarFunctions.CLASSES)), 2, CrashProbe.NONE));

    /// Type and value as in a [RecordedAnswer], or ERROR and our code.
    String to(RecordedAnswer spark) {
        try {
            String query = "SELECT " + spark.expression() + spark.from();
            try (BatchResult result = engine.runBatch(
                    IncrementalPlanner.batch(planner.plan(StatementParser.parseQuery(query), query)),
                    EngineSettings.defaults().withZone(spark.zone()))) {
                return answer(result);
            }
        } catch (Defect defect) {
            return "DEFECT\t" + defect.getMessage();
        } catch (ThalwegException error) {
            return "ERROR\t" + error.code() + " " + error.toString().lines().findFirst().orElse("");
        } catch (RuntimeException | LinkageError | StackOverflowError crash) {
            return "CRASH\t" + crash;
        }
    }

    private static String answer(BatchResult result) {
        RowType schema = result.schema();
        DataType type = schema.type(0);
        List<String> rows = new ArrayList<>();
        for (Batch batch : result.batches()) {
            for (int row = 0; row < batch.rowCount(); row++) {
                rows.add(ValueText.of(VectorValues.get(batch.vector(0), batch.physical(row), type), type));
            }
        }
        rows.sort(null);
        return ValueText.type(type) + "\t" + String.join(" ", rows);
    }

    @Override
    public void close() {
        engine.close();
        tables.close();
        memory.close();
    }
}
