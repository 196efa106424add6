package dev.thalweg.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.ThalwegSession;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.CheckpointReader;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import dev.thalweg.state.log.LogRecord;
import dev.thalweg.state.log.RecordType;
import dev.thalweg.streaming.StreamingQueryException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A query that is started again")
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class RecoverySpec {
    @TempDir
    private Path directory;
    private FileQuery query;

    @BeforeEach
    void makeInput() throws IOException {
        query = new FileQuery(directory, "");
        for (int i = 0; i < 4; i++) {
            query.file(i);
        }
    }

    @Test
    @DisplayName("goes on where it was")
    void goesOn() throws Exception {
        query.run(FileQuery.SUMS);
        assertThat(query.rows()).containsExactly("ann,0", "ann,1", "ann,2", "bob,1");
        query.file(4);
        query.file(5);
        query.run(FileQuery.SUMS);
        assertThat(query.rows()).containsExactly("ann,0", "ann,1", "ann,2", "ann,3", "ann,4", "bob,1");
    }

    @Test
    @DisplayName("cuts a record that was torn by a crash, which 'checkpoint show' reports, and goes on")
    void cutsATornRecord() throws Exception {
        query.run(FileQuery.SUMS);
        LogRecord last = records().getLast();
        Files.write(last.segment(), new byte[] {'T', 'R', 1, 0, 99, 0, 0}, StandardOpenOption.APPEND);
        assertThat(new CheckpointReader(query.checkpoint()).show())
                .anyMatch(line -> line.startsWith("torn end") && line.contains("7 bytes: the trace of a crash"));
        query.file(4);
        query.run(FileQuery.SUMS);
        assertThat(query.rows()).containsExactly("ann,0", "ann,1", "ann,2", "ann,3", "bob,1");
        assertThat(new CheckpointReader(query.checkpoint()).show()).noneMatch(line -> line.startsWith("torn end"));
    }

    @Test
    @DisplayName("refuses a log that is damaged in the middle, naming file, place, record and the last good version")
    void refusesADamagedLog() throws Exception {
        query.run(FileQuery.SUMS);
        LogRecord damaged = records().stream()
                .filter(record -> record.type() == RecordType.CHANGES && record.trigger() == 2).findFirst()
                .orElseThrow();
        try (RandomAccessFile file = new RandomAccessFile(damaged.segment().toFile(), "rw")) {
            file.seek(damaged.end() - 1);
            int last = file.read();
            file.seek(damaged.end() - 1);
            file.write(~last);
        }
        assertThatThrownBy(() -> query.run(FileQuery.SUMS)).isInstanceOf(Corrupted.class)
                .hasMessageContaining(damaged.segment().toString())
                .hasMessageContaining("offset " + damaged.offset()).hasMessageContaining("after TRIGGER 2")
                .hasMessageContaining("The last good version is 2").hasMessageContaining("Restore the file");
    }

    @Test
    @DisplayName("refuses a checkpoint without its metadata")
    void refusesACheckpointWithoutMetadata() throws Exception {
        query.run(FileQuery.SUMS);
        Files.delete(query.checkpoint().resolve("metadata"));
        assertThatThrownBy(() -> query.run(FileQuery.SUMS)).isInstanceOf(Corrupted.class)
                .hasMessageContaining("no file 'metadata'").hasMessageContaining("Restore 'metadata' from a copy");
    }

    @Test
    @DisplayName("refuses a checkpoint whose log is gone, whatever else tells of its triggers, and goes on with it back")
    void refusesACheckpointWithoutLog() throws Exception {
        query.run(FileQuery.PLAIN);
        Path log = query.checkpoint().resolve("log");
        Path away = Files.move(log, directory.resolve("away"));
        query.file(4);
        for (int attempt = 0; attempt < 2; attempt++) { // the first must not make what the second then takes for a log
            assertThatThrownBy(() -> query.run(FileQuery.PLAIN)).isInstanceOf(Corrupted.class)
                    .hasMessageContaining("has no 'log'").hasMessageContaining("THW-5049");
            assertThat(new CheckpointReader(query.checkpoint()).verify())
                    .anyMatch(line -> line.contains("has no 'log'"));
        }
        Files.createDirectories(log);
        assertThatThrownBy(() -> query.run(FileQuery.PLAIN)).isInstanceOf(Corrupted.class)
                .hasMessageContaining("The sink has trigger 3").hasMessageContaining("THW-5063");
        Files.delete(log);
        Files.move(away, log);
        query.run(FileQuery.PLAIN);
        assertThat(query.rows()).contains("ann,4");
    }

    @Test
    @DisplayName("refuses metadata that is not readable, and does not touch the checkpoint")
    void refusesDamagedMetadata() throws Exception {
        query.run(FileQuery.SUMS);
        Files.writeString(query.checkpoint().resolve("metadata"), "{\"queryId\":");
        List<LogRecord> before = records();
        assertThatThrownBy(() -> query.run(FileQuery.SUMS)).isInstanceOf(Corrupted.class)
                .hasMessageContaining("metadata");
        assertThat(records()).isEqualTo(before);
    }

    @Test
    @DisplayName("refuses a checkpoint that another process holds, naming the process")
    void refusesAnotherProcessesCheckpoint() throws Exception {
        CrashJob job = new CrashJob(directory.resolve("job"));
        job.writeInput(5, 1);
        Kill kill = new Kill.AtStep(CrashJob.Query.FILTER, DurableStep.LOG_SYNCED, 2);
        try (ChildProcess holder = ChildProcess.start(job, kill, LogFaults.NONE);
                ThalwegSession session = ThalwegSession.builder().create()) {
            holder.liveUntilKillIsDue();
            job.declare(session);
            assertThatThrownBy(() -> job.start(session, CrashJob.Query.FILTER)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("is in use by process " + holder.pid())
                    .hasMessageContaining("stop the other one, or give this one its own checkpointLocation");
        }
    }

    @Test
    @DisplayName("refuses a checkpoint that another query of the same process holds")
    void refusesASecondQuery() throws Exception {
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            var running = session.sql(FileQuery.PLAIN).writeStream().format("noop")
                    .option("checkpointLocation", query.checkpoint().toString()).start();
            assertThatThrownBy(() -> query.start(session, FileQuery.PLAIN)).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("is in use by this process");
            running.stop();
        }
    }

    @Test
    @DisplayName("refuses a plan that keeps other state, saying what changed and what to do")
    void refusesAChangedPlan() throws Exception {
        query.run(FileQuery.SUMS);
        String byMinute = FileQuery.SUMS.replace("'10' SECOND", "'1' MINUTE");
        for (String changed : List.of(byMinute, FileQuery.SUMS.replace("sum(n)", "max(n)"))) {
            assertThatThrownBy(() -> query.run(changed)).as(changed).isInstanceOf(InvalidQuery.class)
                    .hasMessageContaining("What changed").hasMessageContaining("- aggregate by")
                    .hasMessageContaining("+ aggregate by").hasMessageContaining("new checkpointLocation");
        }
    }

    @Test
    @DisplayName("refuses a source at another path and another target, saying what changed, and takes both back")
    void refusesOtherEnds() throws Exception {
        query.run(FileQuery.PLAIN);
        Path moved = Files.move(directory.resolve("in"), directory.resolve("moved"));
        query = new FileQuery(directory, ", recursiveFileLookup true");
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            session.sql(
                    "CREATE OR REPLACE STREAM clicks (user STRING, ts TIMESTAMP, n BIGINT) USING json OPTIONS (path '"
                            + moved + "')");
            assertThatThrownBy(() -> query.start(session, FileQuery.PLAIN)).isInstanceOf(InvalidQuery.class)
                    .hasMessageContaining("- reads clicks from json[" + directory.resolve("in") + "]")
                    .hasMessageContaining("+ reads clicks from json[" + moved + "]").hasMessageContaining("THW-5064");
        }
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            String elsewhere = directory.resolve("elsewhere").toString();
            assertThatThrownBy(() -> session.sql(FileQuery.PLAIN).writeStream().format("csv").option("path", elsewhere)
                    .option("checkpointLocation", query.checkpoint().toString()).start())
                    .hasMessageContaining("+ writes to csv[" + elsewhere + "]").hasMessageContaining("THW-5064");
        }
        query.file(4);
        query.run(FileQuery.PLAIN);
        assertThat(query.rows()).contains("ann,3", "ann,4");
    }

    @Test
    @DisplayName("goes on at another path where its source knows files by their names")
    void takesAnotherPathOfNamedFiles() throws Exception {
        query = new FileQuery(directory, ", fileNameOnly true");
        query.run(FileQuery.PLAIN);
        Path moved = Files.move(directory.resolve("in"), directory.resolve("moved"));
        query = new FileQuery(directory, ", fileNameOnly true");
        Files.move(query.file(4), moved.resolve("clicks-004.json"));
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            session.sql(
                    "CREATE OR REPLACE STREAM clicks (user STRING, ts TIMESTAMP, n BIGINT) USING json OPTIONS (path '"
                            + moved + "', fileNameOnly true)");
            query.start(session, FileQuery.PLAIN).awaitTermination();
        }
        assertThat(query.rows()).containsExactly("ann,0", "ann,1", "ann,2", "ann,3", "ann,4", "bob,1");
    }

    @Test
    @DisplayName("takes a filter, another projection and another number of tasks")
    void takesACompatibleChange() throws Exception {
        query.run(FileQuery.SUMS);
        query.file(4);
        query.run(FileQuery.SUMS.replace(" GROUP BY", " WHERE user = 'ann' GROUP BY"), DurableStep.Listener.NONE, 1);
        assertThat(query.rows()).contains("ann,3");
        query.file(5);
        query.file(6);
        query.run(FileQuery.SUMS.replace("sum(n) AS total", "sum(n) + 100 AS total"), DurableStep.Listener.NONE, 5);
        assertThat(query.rows()).contains("ann,104", "ann,105", "bob,101");
    }

    @Test
    @DisplayName("cannot keep its checkpoint in a file, nor below one")
    void refusesACheckpointThatCannotBeWritten() throws Exception {
        Files.writeString(query.checkpoint(), "a file");
        assertThatThrownBy(() -> query.run(FileQuery.SUMS)).isInstanceOf(Unavailable.class)
                .hasMessageContaining(query.checkpoint() + " is a file").hasMessageContaining("Give a directory");
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            String below = query.checkpoint().resolve("deep").toString();
            assertThatThrownBy(() -> session.sql(FileQuery.PLAIN).writeStream().format("noop")
                    .option("checkpointLocation", below).start()).isInstanceOf(Unavailable.class)
                    .hasMessageContaining("Cannot make directory " + query.checkpoint())
                    .hasMessageContaining("Check the path");
        }
    }

    @Test
    @DisplayName("says which file of a recorded trigger is gone, and goes on when it is back")
    void missesADeletedFile() throws Exception {
        Path gone = dieAfterTrigger(2);
        byte[] content = Files.readAllBytes(gone);
        Files.delete(gone);
        assertThatThrownBy(() -> query.run(FileQuery.PLAIN)).isInstanceOf(StreamingQueryException.class)
                .hasMessageContaining(gone.toString()).hasMessageContaining("deleted before it was read")
                .hasMessageContaining("Put it back, or set the option ignoreMissingFiles")
                .hasMessageContaining("trigger 2");
        Files.write(gone, content);
        query.run(FileQuery.PLAIN);
        assertThat(query.rows()).containsExactly("ann,0", "ann,1", "ann,2", "ann,3", "bob,1");
    }

    @Test
    @DisplayName("goes on without a file that is gone, if it may")
    void ignoresADeletedFile() throws Exception {
        Files.delete(dieAfterTrigger(2));
        query = new FileQuery(directory, ", ignoreMissingFiles true");
        query.run(FileQuery.PLAIN);
        assertThat(query.rows()).containsExactly("ann,0", "ann,1", "ann,3", "bob,1");
    }

    /// A death between the record that a trigger reads a file and its commit.
    ///
    /// @return that file
    private Path dieAfterTrigger(long trigger) throws IOException {
        assertThatThrownBy(() -> query.run(FileQuery.PLAIN, (step, number) -> {
            if (step == DurableStep.TRIGGER_APPENDED && number == trigger) {
                throw new IllegalStateException("dies here");
            }
        }, 2)).isInstanceOf(StreamingQueryException.class);
        return query.file((int) trigger);
    }

    @ParameterizedTest
    @EnumSource(names = {"SINK_FILES_STAGED", "SINK_STAGED", "TRIGGER_APPENDED", "CHANGES_APPENDED", "LOG_SYNCED",
            "SINK_MANIFEST_APPENDED", "SINK_MANIFEST_SYNCED", "SINK_FILE_RENAMED", "SINK_FILES_RENAMED",
            "SINK_COMMITTED",
            "COMMIT_APPENDED"})
    @DisplayName("keeps to the random values that a reader of its files may have seen, wherever it died")
    void keepsRandomValues(DurableStep death) throws Exception {
        String random = "SELECT window.start AS start, user, sum(n) AS total, rand() AS r, uuid() AS id FROM STREAM clicks"
                + " GROUP BY window(ts, INTERVAL '10' SECOND), user"; // drawn above an exchange, by two tasks
        assertThatThrownBy(() -> query.run(random, (step, number) -> {
            if (step == death && number == 2) {
                throw new IllegalStateException("dies here");
            }
        }, 2)).isInstanceOf(StreamingQueryException.class);
        List<String> seen = query.rows();
        query.file(4);
        query.run(random);
        assertThat(query.rows()).containsAll(seen).hasSize(8); // four windows of two users, each once: none drawn again
    }

    @Test
    @DisplayName("notices that a static table has changed, and takes it after REFRESH TABLE")
    void noticesAChangedTable() throws Exception {
        Path names = Files.writeString(directory.resolve("names.csv"), "ann,Ann\n");
        String ddl = "CREATE TABLE names (id STRING, name STRING) USING csv OPTIONS (path '" + names + "')";
        String join = "SELECT name, n FROM STREAM clicks JOIN names ON user = id";
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            session.sql(ddl);
            query.start(session, join).awaitTermination();
        }
        Files.writeString(names, "ann,Ann\nbob,Bob the Second\n");
        query.file(4);
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            session.sql(ddl);
            assertThatThrownBy(() -> query.start(session, join)).isInstanceOf(InvalidQuery.class)
                    .hasMessageContaining("Static table 'names' is not what it was")
                    .hasMessageContaining("REFRESH TABLE names");
            session.sql("REFRESH TABLE names");
            query.start(session, join).awaitTermination();
            Files.writeString(names, "ann,Ann\n");
            assertThatThrownBy(() -> query.start(session, join)).as("one refresh is good for one version")
                    .hasMessageContaining("Static table 'names' is not what it was");
        }
        assertThat(query.rows()).containsExactly("Ann,0", "Ann,1", "Ann,2", "Ann,3", "Ann,4", "Bob the Second,1");
    }

    @Test
    @DisplayName("lets a trigger that runs again meet the table it met, also one that is refreshed, or says what to do")
    void meetsTheSameVersionAgain() throws Exception {
        Path names = Files.writeString(directory.resolve("names.csv"), "ann,Ann\n");
        String ddl = "CREATE TABLE names (id STRING, name STRING) USING csv OPTIONS (path '" + names
                + "', refresh 'trigger')";
        String join = "SELECT name, n FROM STREAM clicks JOIN names ON user = id";
        try (ThalwegSession session = query.session((step, number) -> {
            if (step == DurableStep.LOG_SYNCED && number == 2) {
                throw new IllegalStateException("dies here");
            }
        }, 2)) {
            session.sql(ddl);
            assertThatThrownBy(() -> query.start(session, join).awaitTermination())
                    .isInstanceOf(StreamingQueryException.class);
        }
        Files.writeString(names, "ann,Annette\n");
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            session.sql(ddl);
            assertThatThrownBy(() -> query.start(session, join)).hasMessageContaining("REFRESH TABLE names");
            Files.writeString(names, "ann,Ann\n");
            query.start(session, join).awaitTermination();
            Files.writeString(names, "ann,Annette\n");
            query.file(4);
            query.start(session, join).awaitTermination();
        }
        assertThat(query.rows()).containsExactly("Ann,0", "Ann,1", "Ann,2", "Ann,3", "Annette,4");
    }

    @Test
    @DisplayName("refuses output of another query")
    void refusesForeignOutput() throws Exception {
        query.run(FileQuery.PLAIN);
        try (ThalwegSession session = query.session(DurableStep.Listener.NONE, 2)) {
            assertThatThrownBy(() -> session.sql(FileQuery.PLAIN).writeStream().format("csv")
                    .option("path", directory.resolve("out").toString())
                    .option("checkpointLocation", directory.resolve("another").toString()).start())
                    .hasMessageContaining("belongs to another query").hasMessageContaining("Write to another path");
        }
    }

    private List<LogRecord> records() {
        return new CheckpointReader(query.checkpoint()).recovered().records();
    }
}
