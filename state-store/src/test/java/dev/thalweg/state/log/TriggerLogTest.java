package dev.thalweg.state.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.spi.error.Corrupted;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The trigger log")
final class TriggerLogTest {
    @TempDir
    Path directory;

    private static TriggerLog.Settings segmentsOf(long bytes) {
        return new TriggerLog.Settings(bytes, DurableStep.Listener.NONE, LogFaults.NONE);
    }

    private TriggerLog open(long segmentBytes) {
        return TriggerLog.open(directory, 7, segmentsOf(segmentBytes));
    }

    private static void runTrigger(TriggerLog log, long trigger) {
        log.append(RecordType.TRIGGER, trigger, "{\"offsets\":" + trigger + "}");
        log.append(RecordType.CHANGES, trigger,
                ChangesPayload.of("{\"w\":" + trigger + "}", List.of(ByteBuffer.wrap(new byte[] {1, 2, 3}))));
        log.sync(trigger);
        log.append(RecordType.COMMIT, trigger, List.of());
    }

    private static List<String> names(RecoveryReport report) {
        return report.records().stream().map(record -> record.type() + " " + record.trigger()).toList();
    }

    @Test
    @DisplayName("gives changes again while it is written on, and tells when the disk has changed them")
    void readsChangesAgain() throws IOException {
        try (TriggerLog log = open(200)) {
            List<LoggedChanges.Place> places = new ArrayList<>();
            for (long trigger = 0; trigger < 5; trigger++) {
                runTrigger(log, trigger);
                places.add(log.lastChanges().orElseThrow());
            }
            try (LoggedChanges again = new LoggedChanges(places)) {
                assertThat(again.records()).extracting(LogRecord::trigger).containsExactly(0L, 1L, 2L, 3L, 4L);
                assertThat(again.records()).extracting(LogRecord::type).containsOnly(RecordType.CHANGES);
            }
            LoggedChanges.Place damaged = places.get(2);
            byte[] bytes = Files.readAllBytes(damaged.segment());
            bytes[(int) damaged.end() - 1] ^= 1;
            Files.write(damaged.segment(), bytes);
            assertThatThrownBy(() -> new LoggedChanges(places)).isInstanceOf(Corrupted.class)
                    .hasMessageContaining("does not hold CHANGES 2").hasMessageContaining("THW-5012");
        }
    }

    @Test
    @DisplayName("gives back what was appended, over segments")
    void givesBack() {
        try (TriggerLog log = open(200)) {
            for (long n = 0; n < 10; n++) {
                runTrigger(log, n);
            }
        }
        assertThat(LogScan.segments(directory)).hasSizeGreaterThan(3);
        try (TriggerLog log = open(200)) {
            RecoveryReport report = log.recovered();
            assertThat(report.records()).hasSize(30).allMatch(record -> record.epoch() == 7);
            assertThat(report.cut()).isEmpty();
            LogRecord changes = report.last(RecordType.CHANGES).orElseThrow();
            assertThat(changes.trigger()).isEqualTo(9);
            assertThat(ChangesPayload.json(changes)).isEqualTo("{\"w\":9}");
            assertThat(ChangesPayload.sections(changes)).hasSize(1);
            assertThat(ChangesPayload.sections(changes).getFirst()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
    }

    @Test
    @DisplayName("cuts a torn last record at whichever byte the crash came, and goes on")
    void cutsTornRecord() throws IOException {
        Path segment = threeTriggers();
        byte[] whole = Files.readAllBytes(segment);
        long lastBegins = LogScan.scan(directory).records().getLast().offset();
        for (int length = (int) lastBegins + 1; length < whole.length; length++) {
            Files.write(segment, Arrays.copyOf(whole, length));
            try (TriggerLog log = open(1 << 20)) {
                assertThat(log.recovered().cut())
                        .contains(new RecoveryReport.Cut(segment, lastBegins, length - lastBegins));
                log.append(RecordType.COMMIT, 2, List.of());
            }
            assertThat(names(LogScan.scan(directory))).hasSize(9).endsWith("COMMIT 2");
        }
    }

    @Test
    @DisplayName("refuses a record that was synced and is no longer good, naming file, offset, record and last good version")
    void refusesCorruptRecord() throws IOException {
        Path segment = threeTriggers();
        byte[] whole = Files.readAllBytes(segment);
        List<LogRecord> records = LogScan.scan(directory).records();
        for (LogRecord record : records.subList(0, records.size() - 1)) {
            for (long at = record.offset(); at < record.end(); at++) {
                byte[] damaged = whole.clone();
                damaged[(int) at] ^= 0x10;
                Files.write(segment, damaged);
                boolean ownCommit = record.type() == RecordType.COMMIT; // rides on the next trigger's sync
                assertThatThrownBy(() -> open(1 << 20)).as(record + " byte " + at).isInstanceOf(Corrupted.class)
                        .hasMessageContaining(segment.toString()).hasMessageContaining("offset " + record.offset())
                        .hasMessageContaining(ownCommit ? "after CHANGES" : "record")
                        .hasMessageContaining(record.trigger() == 0 && !ownCommit
                                ? "No version before"
                                : "last good version is " + (record.trigger() + (ownCommit ? 1 : 0)));
            }
        }
    }

    @Test
    @DisplayName("takes a bad record for a torn one when nothing says that it was synced, even with a good one behind")
    void cutsUnsyncedGroup() throws IOException {
        try (TriggerLog log = open(1 << 20)) {
            runTrigger(log, 0);
            log.append(RecordType.TRIGGER, 1, "{}");
            log.append(RecordType.CHANGES, 1, List.of());
        }
        Path segment = LogScan.segments(directory).getFirst();
        byte[] bytes = Files.readAllBytes(segment);
        LogRecord trigger = LogScan.scan(directory).records().get(3);
        bytes[(int) trigger.offset() + 20] ^= 1; // pages need not reach the disk in order
        Files.write(segment, bytes);
        assertThat(names(LogScan.scan(directory))).containsExactly("TRIGGER 0", "CHANGES 0", "COMMIT 0");
    }

    @Test
    @DisplayName("refuses damage in an older segment, and forgets a new segment without a whole header")
    void judgesSegments() throws IOException {
        try (TriggerLog log = open(1)) {
            runTrigger(log, 0);
            runTrigger(log, 1);
        }
        Path newest = LogScan.segments(directory).getLast();
        byte[] bytes = Files.readAllBytes(newest);
        for (int length = 0; length < RecordFormat.SEGMENT_HEADER_BYTES; length++) {
            Files.write(newest, Arrays.copyOf(bytes, length));
            assertThat(names(LogScan.scan(directory))).hasSize(3);
        }
        try (TriggerLog log = open(1)) {
            runTrigger(log, 1);
        }
        assertThat(names(LogScan.scan(directory))).hasSize(6);
        Path oldest = LogScan.segments(directory).getFirst();
        byte[] old = Files.readAllBytes(oldest);
        Files.write(oldest, Arrays.copyOf(old, old.length - 1));
        assertThatThrownBy(() -> open(1)).isInstanceOf(Corrupted.class).hasMessageContaining("CHANGES 0");
    }

    @Test
    @DisplayName("is cut right behind a TRIGGER record, across segments, so that the trigger can run again")
    void cutsAfterTrigger() {
        try (TriggerLog log = open(1)) {
            for (long n = 0; n < 4; n++) {
                runTrigger(log, n);
            }
        }
        try (TriggerLog log = open(1)) {
            log.cutAfter(1);
            assertThat(names(log.recovered())).endsWith("COMMIT 0", "TRIGGER 1");
            log.append(RecordType.CHANGES, 1, "again");
            log.sync(1);
            runTrigger(log, 2);
        }
        assertThat(names(LogScan.scan(directory))).containsExactly("TRIGGER 0", "CHANGES 0", "COMMIT 0", "TRIGGER 1",
                "CHANGES 1", "TRIGGER 2", "CHANGES 2", "COMMIT 2");
    }

    @Test
    @DisplayName("deletes the segments that no retained version needs, and keeps the trigger that yielded the oldest")
    void deletesCovered() {
        try (TriggerLog log = open(1)) {
            for (long n = 0; n < 5; n++) {
                runTrigger(log, n);
            }
            log.deleteCovered(3);
            assertThat(names(LogScan.scan(directory)).getFirst()).isEqualTo("TRIGGER 2");
            log.deleteCovered(100);
            assertThat(names(LogScan.scan(directory)).getFirst()).isEqualTo("TRIGGER 4");
        }
    }

    @Test
    @DisplayName("tells of each durable step, and can be made to lose what was not synced")
    void tellsSteps() {
        List<String> steps = new ArrayList<>();
        TriggerLog.Settings settings = new TriggerLog.Settings(1 << 20, (step, n) -> steps.add(step + " " + n),
                new LogFaults(true, false));
        TriggerLog log = TriggerLog.open(directory, 1, settings);
        runTrigger(log, 0);
        assertThat(steps).containsExactly("SEGMENT_ROLLED 0", "TRIGGER_APPENDED 0", "CHANGES_APPENDED 0",
                "LOG_SYNCED 0", "COMMIT_APPENDED 0");
        assertThat(names(LogScan.scan(directory))).containsExactly("TRIGGER 0", "CHANGES 0");
        log.close();
        assertThat(names(LogScan.scan(directory))).endsWith("COMMIT 0");
    }

    @Test
    @DisplayName("refuses a record of an earlier holder of the checkpoint behind one of a later: two processes have written")
    void refusesTwoWriters() {
        try (TriggerLog first = TriggerLog.open(directory, 1, segmentsOf(1))) {
            runTrigger(first, 0);
            try (TriggerLog second = TriggerLog.open(directory, 2, segmentsOf(1))) {
                runTrigger(second, 1);
            }
            runTrigger(first, 2);
        }
        assertThatThrownBy(() -> LogScan.scan(directory)).isInstanceOf(Corrupted.class)
                .hasMessageContaining("THW-5015").hasMessageContaining("TRIGGER 2 is of holder 1")
                .hasMessageContaining("behind COMMIT 1 of holder 2");
    }

    @Test
    @DisplayName("goes on with the holder that it knows where the lock file was lost")
    void survivesALostLock() {
        try (TriggerLog log = TriggerLog.open(directory, 5, segmentsOf(1 << 20))) {
            runTrigger(log, 0);
        }
        try (TriggerLog log = TriggerLog.open(directory, 1, segmentsOf(1 << 20))) {
            runTrigger(log, 1);
        }
        assertThat(LogScan.scan(directory).records()).hasSize(6).allMatch(record -> record.epoch() == 5);
    }

    @Test
    @DisplayName("takes a trigger back that was not synced, and keeps the COMMIT before it")
    void takesBack() {
        for (LogFaults faults : List.of(LogFaults.NONE, new LogFaults(true, false))) {
            Path own = directory.resolve(faults.toString());
            try (TriggerLog log = TriggerLog.open(own, 1,
                    new TriggerLog.Settings(1 << 20, DurableStep.Listener.NONE, faults))) {
                runTrigger(log, 0);
                log.append(RecordType.TRIGGER, 1, "{}");
                log.append(RecordType.CHANGES, 1, "{}");
                log.takeBack(1);
                log.takeBack(1);
            }
            assertThat(names(LogScan.scan(own))).containsExactly("TRIGGER 0", "CHANGES 0", "COMMIT 0");
        }
    }

    @Test
    @DisplayName("goes on in the segment that was begun for a trigger it took back")
    void goesOnInAnEmptySegment() {
        try (TriggerLog log = open(1)) {
            runTrigger(log, 0);
            log.append(RecordType.TRIGGER, 1, "{}");
            log.takeBack(1);
        }
        try (TriggerLog log = open(1)) {
            runTrigger(log, 1);
        }
        assertThat(names(LogScan.scan(directory))).endsWith("COMMIT 0", "TRIGGER 1", "CHANGES 1", "COMMIT 1");
    }

    @Test
    @DisplayName("takes nothing back that was synced")
    void keepsWhatWasSynced() {
        try (TriggerLog log = open(1 << 20)) {
            log.append(RecordType.TRIGGER, 0, "{}");
            log.sync(0);
            log.takeBack(0);
        }
        assertThat(names(LogScan.scan(directory))).containsExactly("TRIGGER 0");
    }

    private Path threeTriggers() {
        try (TriggerLog log = open(1 << 20)) {
            for (long n = 0; n < 3; n++) {
                runTrigger(log, n);
            }
        }
        return LogScan.segments(directory).getFirst();
    }
}
