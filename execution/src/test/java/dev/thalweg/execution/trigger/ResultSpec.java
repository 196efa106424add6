package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.execution.progress.QueryListener;
import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A query's result")
final class ResultSpec {
    private static final StreamPlan COUNTS = Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.UPDATE);

    @TempDir
    private Path directory;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private QueryRun start(String name, StreamPlan plan, Target target) {
        return bench.engine().start(new QuerySpec(Optional.of(name), plan, target, new TriggerPolicy.Manual(),
                Optional.of(directory.resolve(name)), bench.settings()));
    }

    private List<String> read(String query, RowType type) {
        PlanNode.TableSource table = new PlanNode.TableSource(query, "result", TableOptions.none(), type, false);
        List<Integer> columns = Stream.iterate(0, i -> i + 1).limit(type.size()).toList();
        return batch(new PlanNode.Scan(table, columns, type));
    }

    private List<String> batch(PlanNode root) {
        try (BatchResult result = bench.engine().runBatch(Plans.plan(root, OutputMode.COMPLETE), bench.settings())) {
            List<String> rows = new ArrayList<>();
            for (Batch batch : result.batches()) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add(TakenRows.text(batch, row));
                }
            }
            return rows;
        }
    }

    @Test
    @DisplayName("is a table that is read while the query runs, after it has ended, and after a restart")
    void isReadAtAnyTime() {
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 1L, 0L);
        bench.clicks().add("a", 1L, 0L);
        QueryRun query = start("counts", COUNTS, new Target.ToResultTable());
        assertThat(read("counts", COUNTS.schema())).isEmpty();
        query.processAllAvailable();
        assertThat(read("counts", COUNTS.schema())).containsExactlyInAnyOrder("a, 2", "b, 1");
        query.stop();
        assertThat(read("counts", COUNTS.schema())).containsExactlyInAnyOrder("a, 2", "b, 1");
        bench.newProcess();
        bench.clicks().add("b", 1L, 0L);
        QueryRun again = start("counts", COUNTS, new Target.ToResultTable());
        assertThat(read("counts", COUNTS.schema())).containsExactlyInAnyOrder("a, 2", "b, 1");
        again.processAllAvailable();
        assertThat(read("counts", COUNTS.schema())).containsExactlyInAnyOrder("a, 2", "b, 2");
    }

    @Test
    @DisplayName("goes whole to a sink that takes complete results")
    void isHandedOverWhole() {
        QueryRun query = bench.start(Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.COMPLETE));
        bench.clicks().add("a", 1L, 0L);
        query.processAllAvailable();
        bench.clicks().add("b", 1L, 0L);
        query.processAllAvailable();
        assertThat(bench.taken.rows(0)).containsExactly("a, 1");
        assertThat(bench.taken.rows(1)).containsExactlyInAnyOrder("a, 1", "b, 1");
    }

    @Test
    @DisplayName("in changelog mode shows every change with its kind")
    void showsChanges() {
        QueryRun query = bench.start(Plans.plan(Plans.countByUser(Plans.clicks()), OutputMode.CHANGELOG));
        bench.clicks().add("a", 1L, 0L);
        query.processAllAvailable();
        bench.clicks().add("a", 1L, 0L);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly("a, 1, +I", "a, 1, -U", "a, 2, +U");
    }

    @Test
    @DisplayName("goes to a program's own code, trigger by trigger")
    void goesToAConsumer() {
        List<String> seen = new ArrayList<>();
        QueryRun query = start("each", Plans.plan(Plans.clicks(), OutputMode.APPEND), new Target.ToConsumer(
                (schema, batches, trigger) -> batches
                        .forEach(batch -> seen.add(trigger.number() + ": " + TakenRows.text(batch, 0)))));
        bench.clicks().add("a", 1L, 0L);
        query.processAllAvailable();
        bench.clicks().add("b", 2L, 0L);
        query.processAllAvailable();
        assertThat(seen).containsExactly("0: a, 1, 0", "1: b, 2, 0");
    }

    @Test
    @DisplayName("of two queries at once, over one stream, comes to each by itself")
    void twoQueriesAtOnce() {
        QueryRun counts = start("counts", COUNTS, new Target.ToResultTable());
        QueryRun large = start("large", Plans.plan(Plans.moreThan(Plans.clicks(), 2), OutputMode.APPEND),
                new Target.ToResultTable());
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 5L, 0L);
        counts.processAllAvailable();
        large.processAllAvailable();
        assertThat(bench.engine().active()).containsExactly(counts, large);
        assertThat(read("counts", COUNTS.schema())).containsExactlyInAnyOrder("a, 1", "b, 1");
        assertThat(read("large", Plans.ROW)).containsExactly("b, 5, 0");
    }

    @Test
    @DisplayName("of the trigger in which a stop comes is still committed")
    void stopWaitsForTheTrigger() throws InterruptedException {
        CountDownLatch inTrigger = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        bench.clicks().add("a", 1L, 0L);
        StreamPlan plan = Plans.plan(Plans.clicks(), OutputMode.APPEND);
        QueryRun query = start("each", plan, new Target.ToConsumer((_, _, _) -> {
            inTrigger.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        Thread asks = Thread.ofVirtual().start(query::processAllAvailable);
        inTrigger.await();
        Thread stops = Thread.ofVirtual().start(query::stop);
        assertThat(query.isActive()).isTrue();
        goOn.countDown();
        stops.join();
        asks.join();
        assertThat(query.isActive()).isFalse();
        assertThat(query.exception()).isEmpty();
    }

    @Test
    @DisplayName("of a trigger that is cancelled is dropped, and comes whole with the next start")
    void cancelDropsTheTrigger() {
        bench.with(bench.settings().withTasks(1));
        for (int i = 0; i < 10; i++) {
            bench.clicks().add("a", (long) i, 0L);
        }
        QueryRun query = bench.start(COUNTS);
        bench.clicks().onRead(row -> {
            if (row == 5) {
                query.cancel();
            }
        });
        query.processAllAvailable();
        query.awaitTermination();
        assertThat(query.exception()).isEmpty();
        assertThat(bench.taken.rows()).isEmpty();
        bench.clicks().onRead(_ -> {});
        bench.start(COUNTS).processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly("a, 10");
    }

    @Test
    @DisplayName("with a static table joins what the table held at the start; another table at a restart is refused")
    void joinsAStaticTable() {
        bench.feed.rows("names").add("a", 7L, 0L);
        PlanNode.Scan names = Plans.scan("names", false);
        RowType joined = PlanNode.appended(Plans.ROW, names.schema().fields());
        StreamPlan plan = Plans.plan(new PlanNode.StaticJoin(Plans.clicks(), names, PlanNode.JoinKind.LEFT, List.of(0),
                List.of(0), Optional.empty(), joined), OutputMode.APPEND);
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 1L, 0L);
        QueryRun query = bench.start(plan);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly("a, 1, 0, a, 7, 0", "b, 1, 0, null, null, null");
        query.stop();
        bench.feed.rows("names").add("b", 8L, 0L);
        assertThatThrownBy(() -> bench.start(plan)).hasMessageContaining("REFRESH TABLE names");
    }

    @Test
    @DisplayName("of a batch query is there at once, and holds no memory when closed")
    void batchQuery() {
        bench.clicks().add("a", 1L, 0L);
        bench.clicks().add("b", 5L, 0L);
        bench.clicks().add("a", 5L, 0L);
        long before = bench.bytes();
        assertThat(batch(Plans.countByUser(Plans.scan("clicks", false)))).containsExactlyInAnyOrder("a, 2", "b, 1");
        assertThat(batch(new PlanNode.Limit(new PlanNode.Exchange(new PlanNode.Sort(new PlanNode.Exchange(
                Plans.scan("clicks", false), List.of()), List.of(new PlanNode.SortKey(1, true, false))), List.of()), 0,
                1)))
                .hasSize(1).allMatch(row -> row.contains(", 5,"));
        assertThat(bench.bytes()).isEqualTo(before);
    }

    @Test
    @DisplayName("is told to listeners, from start to end")
    void listenersHear() {
        List<String> heard = new ArrayList<>();
        bench.engine().addListener(new QueryListener() {
            @Override
            public void started(Started event) {
                heard.add("started " + event.name().orElseThrow());
            }

            @Override
            public void progress(QueryProgress progress) {
                heard.add("trigger " + progress.batchId());
            }

            @Override
            public void idle(Idle event) {
                heard.add("idle");
            }

            @Override
            public void terminated(Terminated event) {
                heard.add("terminated " + event.error().isPresent());
            }
        });
        QueryRun query = bench.start(COUNTS);
        bench.clicks().add("a", 1L, 0L);
        query.processAllAvailable();
        query.stop();
        assertThat(heard).containsExactly("started q", "trigger 0", "idle", "terminated false");
    }

    @Test
    @DisplayName("that is late is a table too")
    void lateIsATable() {
        long second = 1_000_000;
        StreamPlan plan = Plans.plan(Plans.countByWindow(Plans.watermark(Plans.clicks(), 0), 60 * second),
                OutputMode.UPDATE);
        QueryRun query = bench.start(plan);
        bench.clicks().add("a", 1L, 100 * second);
        query.processAllAvailable();
        bench.clicks().add("b", 1L, 5 * second);
        query.processAllAvailable();
        PlanNode.TableSource late = new PlanNode.TableSource("late", "late", new TableOptions(Map.of("query", "q")),
                LateRows.TYPE, false);
        RowType type = RowType.of(new Field("trigger", LateRows.TYPE.type(0), false), LateRows.TYPE.field(3));
        assertThat(batch(new PlanNode.Scan(late, List.of(0, 3), type))).singleElement().asString().startsWith("1, {")
                .contains("\"user\":\"b\"");
    }

    @Test
    @DisplayName("of a query that has ended is kept within the query's memory, beside its state; what does not fit is said on reading")
    void isKeptWithinTheBudget() {
        QueryRun query = start("counts", COUNTS, new Target.ToResultTable());
        for (int user = 0; user < 30_000; user++) {
            bench.clicks().add("a user with quite a long name, number " + user, 1L, 0L);
        }
        query.processAllAvailable();
        long running = bench.bytes();
        assertThat(running).as("state counts").isGreaterThan(30_000 * 40);
        query.stop();
        long kept = bench.bytes();
        assertThat(kept).isBetween(30_000L * 40, running);
        bench.newProcess();
        bench.with(bench.settings().withMemoryBytesMax(kept * 3 / 4));
        QueryRun again = start("counts", COUNTS, new Target.ToResultTable());
        again.stop();
        assertThat(again.exception()).isEmpty();
        assertThatThrownBy(() -> read("counts", COUNTS.schema())).hasMessageContaining("The result of query 'counts'")
                .hasMessageContaining("[THW-4029]");
    }
}
