package dev.thalweg;

import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.parser.Statement;
import dev.thalweg.parser.Statement.AwaitQuery;
import dev.thalweg.parser.Statement.ChangeSetting;
import dev.thalweg.parser.Statement.CreateMaterializedView;
import dev.thalweg.parser.Statement.CreateTable;
import dev.thalweg.parser.Statement.CreateView;
import dev.thalweg.parser.Statement.DescribeFunction;
import dev.thalweg.parser.Statement.DescribeQuery;
import dev.thalweg.parser.Statement.DescribeResult;
import dev.thalweg.parser.Statement.DescribeTable;
import dev.thalweg.parser.Statement.Drop;
import dev.thalweg.parser.Statement.DropKind;
import dev.thalweg.parser.Statement.Explain;
import dev.thalweg.parser.Statement.IfTaken;
import dev.thalweg.parser.Statement.Insert;
import dev.thalweg.parser.Statement.Query;
import dev.thalweg.parser.Statement.RefreshTable;
import dev.thalweg.parser.Statement.Show;
import dev.thalweg.parser.Statement.ShowSetting;
import dev.thalweg.parser.Statement.StopQuery;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.format.DurationText;
import dev.thalweg.types.DataTypes;
import dev.thalweg.types.StructType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Carries out a statement of SQL. What it answers is a dataset: of the query, or of rows that say what was done.
final class StatementRunner {
    private static final StructType SETTING = new StructType().add("key", DataTypes.StringType).add("value",
            DataTypes.StringType);

    private final ThalwegSession session;
    private final QueryStarter starter;

    StatementRunner(ThalwegSession session, QueryStarter starter) {
        this.session = session;
        this.starter = starter;
    }

    Dataset<Row> run(Statement statement) {
        return switch (statement) {
            case Query query -> Dataset.of(session, plan(query));
            case CreateTable create -> {
                Tables.create(session, create);
                yield done();
            }
            case CreateView create -> createView(create);
            case CreateMaterializedView create -> createMaterializedView(create);
            case Drop drop -> drop(drop);
            case Statement.CreateFunction create -> {
                new SqlFunctions(session).create(create);
                yield done();
            }
            case Statement.DropFunction drop -> {
                new SqlFunctions(session).drop(drop);
                yield done();
            }
            case Insert insert -> insert(insert);
            case Statement.Block block -> block(block);
            case Show show -> new Listings(session).show(show);
            case DescribeTable describe -> new Listings(session).describe(describe.name().text());
            case DescribeQuery describe -> new Listings(session).describeQuery(query(describe.name().text()));
            case DescribeResult describe -> new Listings(session).columns(plan(describe.query()).shownSchema());
            case DescribeFunction describe -> new Listings(session).describeFunction(describe.name().text());
            case Explain explain -> new ExplainStatement(session, this).run(explain);
            case AwaitQuery await -> await(await);
            case StopQuery stop -> {
                query(stop.name().text()).stop();
                yield done();
            }
            case ShowSetting show -> settings(show.name());
            case ChangeSetting change -> {
                session.conf().set(change.name(), change.value());
                yield done();
            }
            case RefreshTable refresh -> {
                session.engine().refresh(session.tableCatalog().get(refresh.name().text()).name());
                yield done();
            }
        };
    }

    LogicalPlan plan(Query query) {
        Tables.findDeferredColumns(session);
        return session.planner().plan(query.tree(), query.origin().source().text());
    }

    private Dataset<Row> rows(StructType schema, List<Row> rows) {
        return session.createDataFrame(rows, schema);
    }

    /// The answer of a statement that has none.
    private Dataset<Row> done() {
        return session.emptyDataFrame();
    }

    private boolean isKept(IfTaken ifTaken, String name) {
        return ifTaken == IfTaken.KEEP && session.tableCatalog().find(name).isPresent();
    }

    private Dataset<Row> createView(CreateView create) {
        String name = create.name().text();
        if (isKept(create.ifTaken(), name)) {
            return done();
        }
        if (create.ifTaken() == IfTaken.REPLACE && !create.temporary()) {
            Tables.checkReplaces(session, name, "VIEW");
        }
        LogicalPlan plan = plan(create.query());
        List<CatalogEntry.View> views = plan.views();
        if (create.ifTaken() == IfTaken.REPLACE) {
            checkNoneReplaced(views, name, create.temporary());
        }
        if (!create.columns().isEmpty()) {
            checkDifferent(create.columns());
            plan = Dataset.<Row>of(session, plan).renamed(create.columns()).plan();
        }
        CatalogEntry.View view = session.planner().view(name, plan, create.temporary(), views);
        if (create.ifTaken() == IfTaken.REPLACE) {
            session.tableCatalog().createOrReplace(view);
        } else {
            session.tableCatalog().create(view);
        }
        return done();
    }

    private static void checkNoneReplaced(List<CatalogEntry.View> views, String name, boolean temporary) {
        boolean own = views.stream().anyMatch(
                view -> view.name().equalsIgnoreCase(name) && view.temporary() == temporary);
        if (own) {
            throw new InvalidQuery("THW-1119", "View '" + name + "' would read itself.\n"
                    + "Write the query of the one that is there into the new one, or choose another name.");
        }
    }

    private static void checkDifferent(List<String> columns) {
        columns.stream().filter(name -> columns.stream().filter(name::equalsIgnoreCase).count() > 1).findFirst()
                .ifPresent(twice -> {
                    throw new InvalidQuery("THW-1118", "CREATE VIEW names the column '" + twice
                            + "' twice. Give each a name of its own.");
                });
    }

    private Dataset<Row> createMaterializedView(CreateMaterializedView create) {
        String name = create.name().text();
        if (isKept(create.ifTaken(), name)) {
            return done();
        }
        Optional<CatalogEntry> taken = session.tableCatalog().find(name);
        if (taken.isPresent() && create.ifTaken() == IfTaken.FAIL) {
            throw new InvalidQuery("THW-1102", "There is a " + taken.get().kind() + " '" + name + "' already.\n"
                    + "Choose another name, DROP it first, or write CREATE OR REPLACE or CREATE … IF NOT EXISTS.");
        }
        if (create.ifTaken() == IfTaken.REPLACE) {
            Tables.checkReplaces(session, name, "MATERIALIZED VIEW");
        }
        LogicalPlan plan = plan(create.query());
        if (!plan.isStreaming()) {
            throw new InvalidQuery("THW-3105",
                    "Materialized view '" + name + "' reads no stream, so there is nothing to keep"
                            + " up to date. Write FROM STREAM t to follow a table, or CREATE VIEW.");
        }
        TargetOptions options = TargetOptions.ofView(name, create.options());
        session.engine().active(name).ifPresent(QueryRun::stop);
        starter.intoView(plan, name, options);
        return done();
    }

    private Dataset<Row> drop(Drop drop) {
        String name = drop.name().text();
        Optional<CatalogEntry> entry = session.tableCatalog().find(name);
        if (entry.isEmpty()) {
            if (drop.ifExists()) {
                return done();
            }
            session.tableCatalog().get(name); // says which there are
        }
        String kind = drop.kind() == DropKind.MATERIALIZED_VIEW
                ? "result"
                : drop.kind().name().toLowerCase(java.util.Locale.ROOT);
        entry.ifPresent(known -> {
            if (!known.kind().equals(kind)) {
                throw new InvalidQuery("THW-1117", "'" + name + "' is a "
                        + (known.kind().equals("result") ? "materialized view" : known.kind()) + ", not a "
                        + drop.kind().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                        + ". Drop it as what it is.");
            }
            if (known instanceof CatalogEntry.Result result) {
                session.engine().active(result.query()).ifPresent(QueryRun::stop);
            }
            session.tableCatalog().drop(name);
            Tables.forgetRows(session, known);
        });
        return done();
    }

    private Dataset<Row> insert(Insert insert) {
        Tables.findDeferredColumns(session); // an INSERT before this one may have settled them
        CatalogEntry entry = session.tableCatalog().get(insert.target().text());
        if (!(entry instanceof CatalogEntry.Table target)) {
            throw Tables.noTarget(entry);
        }
        Tables.checkTakesRows(target);
        LogicalPlan plan = fitted(insert, target);
        if (plan.isStreaming()) {
            starter.insert(plan, target, insert.queryName().map(Statement.Name::text));
        } else {
            new BatchInsert(session).insert(plan, target);
        }
        return done();
    }

    /// All INSERTs of a block are one query.
    private Dataset<Row> block(Statement.Block block) {
        starter.insertAll(results(block), block.queryName().map(Statement.Name::text), block.options());
        return done();
    }

    /// What the INSERTs of a block ask for, planned apart.
    List<PlannedResult> results(Statement.Block block) {
        Tables.findDeferredColumns(session);
        List<PlannedResult> results = new ArrayList<>();
        for (Insert insert : block.inserts()) {
            CatalogEntry entry = session.tableCatalog().get(insert.target().text());
            if (!(entry instanceof CatalogEntry.Table target)) {
                throw Tables.noTarget(entry);
            }
            LogicalPlan plan = fitted(insert, target);
            if (!plan.isStreaming()) {
                throw new InvalidQuery("THW-3287", "The INSERT INTO " + target.name() + " of this block reads no"
                        + " stream: BEGIN … END is one continuous query with several results. Write it as a statement"
                        + " of its own, or read a table as a stream: FROM STREAM t.");
            }
            results.add(starter.targets().ofInsert(plan, target, Optional.empty()));
        }
        return results;
    }

    /// What they come to as one query, for EXPLAIN.
    ResultPlans planned(List<PlannedResult> results, Statement.Block block) {
        return starter.planned(results, block.options());
    }

    /// The query of an INSERT with its columns at the places of the target's; columns that are not named are NULL.
    LogicalPlan fitted(Insert insert, CatalogEntry.Table target) {
        LogicalPlan plan = plan(insert.query());
        if (insert.columns().isEmpty()) {
            return plan;
        }
        List<String> named = insert.columns().stream().map(Statement.Name::text).toList();
        for (String name : named) {
            if (target.schema().indexOf(name).isEmpty()) {
                throw new InvalidQuery("THW-1104", "Unknown column '" + name + "' in table '" + target.name()
                        + "'.\nIt has: " + String.join(", ", target.schema().names()) + ".");
            }
        }
        named.stream().filter(name -> named.stream().filter(name::equalsIgnoreCase).count() > 1).findFirst()
                .ifPresent(twice -> {
                    throw new InvalidQuery("THW-1118", "INSERT names the column '" + twice + "' twice. Name it once.");
                });
        if (named.size() != plan.schema().size()) {
            throw new InvalidQuery("THW-1111", "INSERT names " + named.size() + " columns, but the query gives "
                    + plan.schema().size() + ".");
        }
        Dataset<Row> renamed = Dataset.<Row>of(session, plan).renamed(named);
        return renamed.select(target.schema().fields().stream()
                .map(field -> named.stream().anyMatch(field.name()::equalsIgnoreCase)
                        ? functions.col("`" + field.name() + "`")
                        : functions.lit(null).cast(dev.thalweg.types.DataType.of(field.type())).as(field.name()))
                .toArray(Column[]::new)).plan();
    }

    QueryRun query(String name) {
        return session.engine().find(name).orElseThrow(() -> {
            List<String> names = session.engine().active().stream().flatMap(run -> run.name().stream()).toList();
            return new InvalidQuery("THW-3032", "There is no query '" + name + "'. "
                    + (names.isEmpty() ? "None is running." : "Running: " + String.join(", ", names) + "."));
        });
    }

    private Dataset<Row> await(AwaitQuery await) {
        QueryRun run = query(await.name().text());
        Duration timeout = await.timeout().orElse(Duration.ofDays(365 * 100));
        if (await.untilIdle()) {
            if (run.isActive()) {
                run.processAllAvailable(timeout);
            } else {
                run.awaitTermination();
            }
        } else if (!run.awaitTermination(timeout)) {
            throw new Unavailable("THW-4025",
                    "Query '" + await.name() + "' still runs after " + DurationText.of(timeout)
                            + ". Wait longer, or write AWAIT QUERY … UNTIL IDLE if it has no end.");
        }
        return done();
    }

    private Dataset<Row> settings(Optional<String> name) {
        if (name.isPresent()) {
            String key = Setting.named(name.get()).key();
            return rows(SETTING, List.of(RowFactory.create(key, session.conf().get(key, "<default>"))));
        }
        Map<String, String> set = session.conf().getAll();
        return rows(SETTING, Arrays.stream(Setting.values())
                .map(s -> RowFactory.create(s.key(), set.getOrDefault(s.key(), "<default>"))).toList());
    }
}
