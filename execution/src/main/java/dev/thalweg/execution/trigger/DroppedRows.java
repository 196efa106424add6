package dev.thalweg.execution.trigger;

import dev.thalweg.spi.source.ReadRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts what a source leaves out by a documented policy (`DROPMALFORMED`, `ignoreCorruptFiles`), so that it is not just
/// gone: progress tells it under the source's metrics, and the first of each kind is logged.
///
/// **Thread** any.
final class DroppedRows implements ReadRequest.Problems {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedRows.class);

    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public void dropped(String reason, long rows) {
        LongAdder known = counts.get(reason);
        if (known == null) {
            LOG.warn("A source left out {}{}. More of the kind are only counted, in the query's progress.",
                    rows == 0 ? "" : rows + (rows == 1 ? " row: " : " rows: "), reason);
            known = counts.computeIfAbsent(reason, _ -> new LongAdder());
        }
        known.add(rows);
    }

    /// Rows left out so far, by reason.
    Map<String, String> metrics() {
        if (counts.isEmpty()) {
            return Map.of();
        }
        Map<String, String> metrics = new TreeMap<>();
        counts.forEach((reason, rows) -> metrics.put("dropped: " + reason, Long.toString(rows.sum())));
        return metrics;
    }
}
