package dev.thalweg.execution.trigger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.sink.Inspection;
import dev.thalweg.state.CheckpointReader;
import dev.thalweg.state.log.LogRecord;
import dev.thalweg.state.log.RecordType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Looks at a whole checkpoint, with what its connectors remember and the output that belongs to it, and changes nothing:
/// what `thalweg checkpoint verify` tells. The query may be running.
public final class CheckpointCheck {
    private final Path directory;
    private final Connectors connectors;
    private final CheckpointReader reader;

    public CheckpointCheck(Path directory, Connectors connectors) {
        this.directory = directory;
        this.connectors = connectors;
        this.reader = new CheckpointReader(directory);
    }

    /// What is wrong, in whole sentences; nothing when all is well. Reads every byte.
    public List<String> problems() {
        List<Inspection> outputs = outputs(); // before the log, which is ahead of them
        List<String> problems = new ArrayList<>(reader.verify());
        Optional<TriggerRecord> last = lastTrigger();
        last.ifPresent(trigger -> {
            problems.addAll(sources(trigger));
            outputs.forEach(output -> problems.addAll(output.problems()));
        });
        long known = last.map(TriggerRecord::number).orElse(-1L);
        long shown = outputs.stream().flatMapToLong(output -> output.lastCommitted().stream()).max().orElse(-1);
        if (shown > known) {
            problems.add("The sink has trigger " + shown
                    + " of this query, but the log ends before it. Restore the checkpoint that belongs to the output."
                    + "  [THW-5063]");
        }
        return problems;
    }

    private Optional<QueryEnds> ends() {
        try {
            return QueryEnds.read(JsonMapper.builder().build().readTree(reader.metadata().plan()));
        } catch (JsonProcessingException | ThalwegException _) {
            return Optional.empty(); // the reader tells
        }
    }

    private List<Inspection> outputs() {
        List<Inspection> outputs = new ArrayList<>();
        ends().ifPresent(ends -> ends.sinks().forEach(end -> connectors.findSink(end.format())
                .ifPresent(sink -> outputs.add(sink.inspect(end.place(), reader.metadata().queryId())))));
        return outputs;
    }

    private Optional<TriggerRecord> lastTrigger() {
        try {
            Optional<LogRecord> last = reader.recovered().last(RecordType.TRIGGER);
            return last.map(record -> TriggerRecord
                    .parse(StandardCharsets.UTF_8.decode(record.payload().duplicate()).toString()));
        } catch (ThalwegException _) {
            return Optional.empty(); // the reader tells
        }
    }

    private List<String> sources(TriggerRecord last) {
        List<String> problems = new ArrayList<>();
        List<QueryEnds.Source> sources = ends().map(QueryEnds::sources).orElse(List.of());
        for (int i = 0; i < Math.min(sources.size(), last.offsets().size()); i++) {
            Path own = directory.resolve("sources").resolve(Integer.toString(i));
            String offset = last.offsets().get(i);
            if (!Files.isDirectory(own)) {
                problems.add("Directory " + own + ", in which source '" + sources.get(i).name()
                        + "' remembers what it has read, is not there. Restore the checkpoint whole from a copy.");
            } else {
                connectors.findSource(sources.get(i).format())
                        .ifPresent(source -> problems.addAll(source.problems(own, offset)));
            }
        }
        return problems;
    }
}
