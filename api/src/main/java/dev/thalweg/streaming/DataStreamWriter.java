package dev.thalweg.streaming;

import dev.thalweg.Dataset;
import dev.thalweg.api.java.function.VoidFunction2;
import dev.thalweg.spi.TableOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Says where the result of a stream goes and how, and starts it. `Dataset.writeStream()` makes one.
public final class DataStreamWriter<T> {
    private final WriteRequest.Starter<T> starter;
    private WriteRequest<T> request;

    /// @param starter the session's way to start a query
    public DataStreamWriter(Dataset<T> dataset, WriteRequest.Starter<T> starter) {
        this.starter = starter;
        this.request = new WriteRequest<>(dataset, Optional.empty(), "", TableOptions.none(), Optional.empty(),
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// `console`, `memory`, `json`, `csv`, `text`, `noop`, or any that a connector adds.
    public DataStreamWriter<T> format(String format) {
        request = new WriteRequest<>(request.dataset(), request.queryName(), format, request.options(),
                request.outputMode(),
                request.trigger(), request.partitionBy(), request.foreachBatch(), request.foreachTrigger(),
                request.table());
        return this;
    }

    public DataStreamWriter<T> outputMode(String mode) {
        return outputMode(OutputMode.of(mode));
    }

    public DataStreamWriter<T> outputMode(OutputMode mode) {
        request = new WriteRequest<>(request.dataset(), request.queryName(), request.format(), request.options(),
                Optional.of(mode),
                request.trigger(), request.partitionBy(), request.foreachBatch(), request.foreachTrigger(),
                request.table());
        return this;
    }

    public DataStreamWriter<T> trigger(Trigger trigger) {
        request = new WriteRequest<>(request.dataset(), request.queryName(), request.format(), request.options(),
                request.outputMode(), Optional.of(trigger), request.partitionBy(), request.foreachBatch(),
                request.foreachTrigger(), request.table());
        return this;
    }

    public DataStreamWriter<T> queryName(String name) {
        request = new WriteRequest<>(request.dataset(), Optional.of(name), request.format(), request.options(),
                request.outputMode(), request.trigger(), request.partitionBy(), request.foreachBatch(),
                request.foreachTrigger(), request.table());
        return this;
    }

    public DataStreamWriter<T> option(String key, String value) {
        return options(request.options().with(key, value));
    }

    public DataStreamWriter<T> option(String key, boolean value) {
        return option(key, Boolean.toString(value));
    }

    public DataStreamWriter<T> option(String key, long value) {
        return option(key, Long.toString(value));
    }

    public DataStreamWriter<T> option(String key, double value) {
        return option(key, Double.toString(value));
    }

    public DataStreamWriter<T> options(Map<String, String> options) {
        options.forEach(this::option);
        return this;
    }

    private DataStreamWriter<T> options(TableOptions options) {
        request = new WriteRequest<>(request.dataset(), request.queryName(), request.format(), options,
                request.outputMode(),
                request.trigger(), request.partitionBy(), request.foreachBatch(), request.foreachTrigger(),
                request.table());
        return this;
    }

    /// Cuts the output into a directory for each value of these columns.
    ///
    /// **Errors** at the start, where the sink writes no directories
    public DataStreamWriter<T> partitionBy(String... columns) {
        request = new WriteRequest<>(request.dataset(), request.queryName(), request.format(), request.options(),
                request.outputMode(), request.trigger(), List.of(columns), request.foreachBatch(),
                request.foreachTrigger(),
                request.table());
        return this;
    }

    /// Gives the rows of each trigger to the program. A trigger that a crash cut short comes again under its number.
    public DataStreamWriter<T> foreachBatch(VoidFunction2<Dataset<T>, Long> function) {
        request = new WriteRequest<>(request.dataset(), request.queryName(), request.format(), request.options(),
                request.outputMode(), request.trigger(), request.partitionBy(), Optional.of(function), Optional.empty(),
                request.table());
        return this;
    }

    /// Gives the output of each trigger to the program in columns, with the trigger's number and watermark: cheaper than
    /// [#foreachBatch], and the way to see `changelog` as it is. A trigger that a crash cut short comes again.
    public DataStreamWriter<T> foreachTrigger(TriggerOutput function) {
        request = new WriteRequest<>(request.dataset(), request.queryName(), request.format(), request.options(),
                request.outputMode(), request.trigger(), request.partitionBy(), Optional.empty(), Optional.of(function),
                request.table());
        return this;
    }

    /// What it has been told so far, for `ThalwegSession.multi`.
    public WriteRequest<T> request() {
        return request;
    }

    public StreamingQuery start() {
        return starter.start(request);
    }

    public StreamingQuery start(String path) {
        return option("path", path).start();
    }

    /// As [#toTable] says, to be started with others by `ThalwegSession.multi`.
    public DataStreamWriter<T> table(String table) {
        request = intoTable(table);
        return this;
    }

    private WriteRequest<T> intoTable(String table) {
        return new WriteRequest<>(request.dataset(), request.queryName(), request.format(), request.options(),
                request.outputMode(), request.trigger(), request.partitionBy(), request.foreachBatch(),
                request.foreachTrigger(), Optional.of(table));
    }

    /// Writes into a table. One that is not there yet is created, as in Spark, of this [#format], these options, columns and
    /// [#partitionBy].
    public StreamingQuery toTable(String table) {
        return starter.start(intoTable(table));
    }
}
