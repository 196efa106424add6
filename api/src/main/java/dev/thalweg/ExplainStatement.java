package dev.thalweg;

import dev.thalweg.parser.Statement;
import dev.thalweg.parser.Statement.CreateMaterializedView;
import dev.thalweg.parser.Statement.Explain;
import dev.thalweg.parser.Statement.Insert;
import dev.thalweg.parser.Statement.Query;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.explain.ExplainedResult;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.Running;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.types.DataTypes;
import dev.thalweg.types.StructType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// What EXPLAIN answers: one row with the plan of a statement as it would run.
final class ExplainStatement {
    private static final StructType PLAN = new StructType().add("plan", DataTypes.StringType);

    private final ThalwegSession session;
    private final StatementRunner statements;

    ExplainStatement(ThalwegSession session, StatementRunner statements) {
        this.session = session;
        this.statements = statements;
    }

    Dataset<Row> run(Explain explain) {
        Plans plans = explain.subject() instanceof Statement.Block block ? plans(block) : plan(explain.subject());
        String text = switch (explain.kind()) {
            case PLAN -> ExplainPrinter.printExtended(plans.logical(), plans.results());
            case INCREMENTAL -> ExplainPrinter.print(plans.results());
            case STATE -> ExplainPrinter.printState(plans.results());
            case CODEGEN -> plans.results().stream()
                    .map(result -> (plans.results().size() == 1 ? "" : "-- into " + result.into() + "\n")
                            + session.engine().explainCode(result.plan()))
                    .collect(Collectors.joining("\n"));
        };
        return session.createDataFrame(List.of(RowFactory.create(text.stripTrailing())), PLAN);
    }

    /// What there is to print of a statement.
    private record Plans(String logical, List<ExplainedResult> results) {}

    private Plans plans(Statement.Block block) {
        List<PlannedResult> results = statements.results(block);
        String logical = results.stream().map(result -> result.plan().text()).collect(Collectors.joining("\n"));
        return new Plans(logical, statements.planned(results, block).explained());
    }

    private Plans plan(Statement subject) {
        LogicalPlan logical = logical(subject);
        StreamPlan plan = ThalwegSession.incremental(logical, running(subject));
        return new Plans(logical.text(), List.of(new ExplainedResult("", plan)));
    }

    private LogicalPlan logical(Statement subject) {
        return switch (subject) {
            case Query query -> statements.plan(query);
            case CreateMaterializedView create -> statements.plan(create.query());
            case Insert insert when session.tableCatalog()
                    .get(insert.target().text()) instanceof CatalogEntry.Table target ->
                    statements.fitted(insert, target);
            case Insert insert -> throw Tables.noTarget(session.tableCatalog().get(insert.target().text()));
            default -> throw new InvalidQuery("THW-3117",
                    "EXPLAIN shows queries, INSERT, BEGIN … END and CREATE MATERIALIZED VIEW only.");
        };
    }

    private Running running(Statement subject) {
        if (subject instanceof Insert insert
                && session.tableCatalog().get(insert.target().text()) instanceof CatalogEntry.Table target) {
            TargetOptions options = TargetOptions.of(target.options());
            return session.conf().running(dev.thalweg.streaming.OutputMode
                    .of(options.outputMode().orElse("append")).toPlan(), options.stateTtlMicros());
        }
        Optional<Long> asked = subject instanceof CreateMaterializedView create
                ? TargetOptions.ofView(create.name().text(), create.options()).stateTtlMicros()
                : Optional.empty();
        return session.conf().running(OutputMode.UPDATE, asked);
    }

    /// The plan of a dataset in one of Spark's modes.
    static String text(ThalwegSession session, LogicalPlan plan, String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "simple" -> session.explain(plan, false);
            case "extended", "formatted", "cost" -> session.explain(plan, true);
            case "codegen" -> session.explainCode(plan);
            default -> throw new InvalidQuery("THW-3118", "explain() knows no mode '" + mode
                    + "'. Known: simple, extended, formatted, cost, codegen.");
        };
    }
}
