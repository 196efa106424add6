package dev.thalweg.tests.law;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.streaming.DataStreamWriter;
import dev.thalweg.tests.law.QueryCase.Mode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A second result of a case, the same query in another output mode: both are one query of the engine, share what runs alike in both
/// modes, and each is held against the interpreter in its own.
final class Beside {
    static final String RESULT = "beside";
    private static final int ONE_IN = 5;

    private final QueryCase query;
    private final LatenessModel lateness;
    private final Emitted emitted;

    private Beside(QueryCase query) {
        this.query = query;
        this.lateness = LatenessModel.of(query);
        this.emitted = new Emitted(query.mode());
    }

    /// In one case of some. The generator settles for a mode what waits in it for the watermark, so that such a query is another one in
    /// append mode than elsewhere; and groups of whose aggregates nothing is read are final as soon as they are there, if no window that a
    /// watermark closes says otherwise. A table's rows that no row of a stream has met wait for ever, and so do rows of a stream where no
    /// time bounds the join, unless the condition is seen never to be true.
    static Optional<Beside> of(QueryCase query) {
        List<Mode> others = Stream.of(Mode.values()).filter(mode -> mode != query.mode()).toList();
        Mode mode = others.get(Math.floorMod(query.seed() / ONE_IN, others.size()));
        boolean isOrdered = query.nodes().stream()
                .anyMatch(node -> node instanceof Rel.Over || node instanceof Rel.Top);
        boolean hasGroups = query.nodes().stream().anyMatch(node -> node instanceof Rel.Aggregate groups
                && (groups.window().isEmpty() || !hasWatermark(groups)));
        boolean isSettled = (isOrdered && (mode == Mode.APPEND || query.mode() == Mode.APPEND))
                || ((hasGroups || query.nodes().stream().anyMatch(Beside::waitsForEver)) && mode == Mode.APPEND);
        return Math.floorMod(query.seed(), ONE_IN) == 0 && !isSettled
                ? Optional.of(new Beside(query.in(mode)))
                : Optional.empty();
    }

    private static boolean waitsForEver(Rel node) {
        if (!(node instanceof Rel.Join join) || join.isSubquery()) {
            return false;
        }
        return switch (join.kind()) {
            case INNER, SEMI, NOT_IN -> false;
            case LEFT, ANTI -> join.isOfStreams() && isUnbounded(join);
            case RIGHT, FULL -> !join.isOfStreams() || isUnbounded(join);
        };
    }

    private static boolean isUnbounded(Rel.Join join) {
        return JoinBound.of(join).filter(bound -> bound.closes(join.kind())).isEmpty();
    }

    /// Whether every stream below has one.
    private static boolean hasWatermark(Rel rel) {
        return rel instanceof Rel.Watermark || (!(rel instanceof Rel.Stream)
                && rel.inputs().stream().allMatch(input -> Rel.isFinite(input) || hasWatermark(input)));
    }

    /// Rows that come and changes go to a function, a result that is looked at into a table.
    DataStreamWriter<Row> writer(Dataset<Row> dataset) {
        DataStreamWriter<Row> writer = dataset.writeStream()
                .outputMode(query.mode().name().toLowerCase(Locale.ROOT));
        if (query.mode() == Mode.APPEND || query.mode() == Mode.CHANGELOG) {
            emitted.use();
            return writer.foreachBatch((rows, number) -> emitted.take(ThalwegRunner.rows(rows)));
        }
        return writer.queryName(RESULT).format("memory");
    }

    /// What is wrong with it after a trigger, or nothing.
    String wrong(int trigger, ThalwegSession session) {
        List<List<@Nullable Object>> found = emitted.isUsed()
                ? emitted.integrated()
                : ThalwegRunner.rows(session.table(RESULT));
        String wrong = RowBag.difference(Interpreter.after(query, trigger, lateness).rows(), found);
        return wrong.isEmpty()
                ? ""
                : "in output mode " + query.mode().name().toLowerCase(Locale.ROOT) + ", as the second result: " + wrong;
    }
}
