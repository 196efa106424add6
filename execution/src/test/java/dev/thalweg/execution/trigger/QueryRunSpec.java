package dev.thalweg.execution.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A running query")
final class QueryRunSpec {
    private static final StreamPlan FILTER = Plans.plan(Plans.hundredBy(Plans.moreThan(Plans.clicks(), 1)),
            OutputMode.APPEND);

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

    @Test
    @DisplayName("takes what is new, in order, and nothing twice")
    void takesWhatIsNew() {
        QueryRun query = bench.start(FILTER);
        bench.clicks().add("a", 2L, 0L);
        bench.clicks().add("b", 1L, 0L);
        bench.clicks().add("c", 4L, 0L);
        query.processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly("a, 50", "c, 25");
        bench.clicks().add("d", 5L, 0L);
        query.processAllAvailable();
        assertThat(bench.taken.rows(1)).containsExactly("d, 20");
        query.stop();
        assertThat(query.isActive()).isFalse();
    }

    @Test
    @DisplayName("goes on where it was in another process")
    void goesOnAfterRestart() {
        bench.clicks().add("a", 2L, 0L);
        bench.start(FILTER).processAllAvailable();
        bench.newProcess();
        bench.clicks().add("b", 4L, 0L);
        bench.start(FILTER).processAllAvailable();
        assertThat(bench.taken.rows()).containsExactly("a, 50", "b, 25");
        assertThat(bench.taken.triggers()).containsExactlyInAnyOrder(0L, 1L);
    }

    @Test
    @DisplayName("writes nothing when there is nothing new")
    void idleWritesNothing() {
        QueryRun query = bench.start(FILTER);
        assertThat(query.runTrigger()).isFalse();
        bench.clicks().add("a", 2L, 0L);
        assertThat(query.runTrigger()).isTrue();
        assertThat(query.runTrigger()).isFalse();
        assertThat(query.recentProgress()).hasSize(1);
    }

    @Test
    @DisplayName("as soon as possible is woken by its source, without a clock")
    void isWoken() {
        QueryRun query = bench.start(FILTER, new TriggerPolicy.AsSoonAsPossible());
        bench.clicks().add("a", 2L, 0L);
        query.processAllAvailable(Duration.ofSeconds(20));
        assertThat(bench.taken.rows()).containsExactly("a, 50");
    }

    @Test
    @DisplayName("with the trigger availableNow takes all there is, within the source's limit, and ends")
    void availableNowEnds() {
        bench.clicks().limit(1);
        bench.clicks().add("a", 2L, 0L);
        bench.clicks().add("b", 4L, 0L);
        QueryRun query = bench.start(FILTER, new TriggerPolicy.AvailableNow());
        assertThat(query.awaitTermination(Duration.ofSeconds(20))).isTrue();
        assertThat(bench.taken.triggers()).hasSize(2);
        assertThat(bench.taken.rows()).containsExactly("a, 50", "b, 25");
    }

    @Test
    @DisplayName("with the trigger once takes all there is in one trigger, whatever the limit, and ends")
    void onceEnds() {
        bench.clicks().limit(1);
        bench.clicks().add("a", 2L, 0L);
        bench.clicks().add("b", 4L, 0L);
        QueryRun query = bench.start(FILTER, new TriggerPolicy.Once());
        assertThat(query.awaitTermination(Duration.ofSeconds(20))).isTrue();
        assertThat(bench.taken.rows(0)).containsExactly("a, 50", "b, 25");
    }

    @Test
    @DisplayName("fails with the error of a row, which names operator and trigger, and holds no memory afterwards")
    void failsWithItsRow() {
        StreamPlan divides = Plans.plan(Plans.hundredBy(Plans.clicks()), OutputMode.APPEND);
        QueryRun query = bench.start(divides);
        bench.clicks().add("a", 2L, 0L);
        query.processAllAvailable();
        bench.clicks().add("b", 4L, 0L);
        bench.clicks().add("c", 0L, 0L);
        assertThatThrownBy(query::processAllAvailable).isInstanceOf(InvalidQuery.class)
                .hasMessageContaining("[THW-4001]").hasMessageContaining("Project of query 'q', trigger 1");
        assertThat(query.exception()).isPresent();
        assertThat(query.isActive()).isFalse();
        assertThat(bench.taken.rows()).containsExactly("a, 50");
        assertThat(bench.bytes()).isZero();
    }

    @Test
    @DisplayName("keeps its name to itself while it runs")
    void nameIsUnique() {
        QueryRun query = bench.start(FILTER);
        assertThatThrownBy(() -> bench.start(FILTER)).hasMessageContaining("THW-3030");
        query.stop();
        bench.start(FILTER).stop();
    }

    @Test
    @DisplayName("tells whoever is interrupted while it waits so, with the interrupt kept; one that was told to stop ends")
    void tellsWhoIsInterrupted() {
        QueryRun query = bench.start(FILTER, new TriggerPolicy.AsSoonAsPossible());
        for (Runnable waits : List.<Runnable>of(query::awaitTermination,
                () -> query.awaitTermination(Duration.ofHours(1)))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(waits::run).hasMessageContaining("[THW-4030]").hasMessageContaining("It goes on");
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(query.isActive()).isTrue();
        Thread.currentThread().interrupt();
        Throwable told = catchThrowable(query::stop);
        if (query.isActive() || told != null) { // it may have ended before anybody waited
            assertThat(told).isInstanceOf(Unavailable.class).hasMessageContaining("[THW-4030]")
                    .hasMessageContaining("told to stop");
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(query.awaitTermination(Duration.ofSeconds(20))).as("it ends all the same").isTrue();
        Thread.currentThread().interrupt();
        query.stop();
        assertThat(Thread.interrupted()).as("nothing to wait for, nothing to tell").isTrue();
    }

    @Test
    @DisplayName("ends by itself when its source has ended")
    void endsWithItsSource() {
        bench.clicks().add("a", 2L, 0L);
        bench.clicks().end();
        QueryRun query = bench.start(FILTER, new TriggerPolicy.AsSoonAsPossible());
        assertThat(query.awaitTermination(Duration.ofSeconds(20))).isTrue();
        assertThat(bench.taken.rows()).containsExactly("a, 50");
    }

    @Test
    @DisplayName("lets a source forget only what a durable COMMIT covers")
    void forgetsWhatIsCommitted() {
        QueryRun query = bench.start(FILTER);
        bench.clicks().add("a", 2L, 0L);
        query.processAllAvailable();
        assertThat(bench.clicks().forgottenUpTo()).isZero();
        bench.clicks().add("b", 2L, 0L);
        query.processAllAvailable();
        assertThat(bench.clicks().forgottenUpTo()).isEqualTo(1);
        query.stop();
        assertThat(bench.clicks().forgottenUpTo()).isEqualTo(2);
    }

    @Test
    @DisplayName("tells its progress under Spark's names")
    void tellsProgress() {
        QueryRun query = bench.start(FILTER);
        bench.clicks().add("a", 2L, 0L);
        query.processAllAvailable();
        assertThat(query.lastProgress().orElseThrow().json()).contains("\"batchId\":0", "\"numInputRows\":1",
                "\"walCommit\"", "\"addBatch\"", "\"numOutputRows\":1", "\"startOffset\":null", "\"endOffset\":1");
    }
}
