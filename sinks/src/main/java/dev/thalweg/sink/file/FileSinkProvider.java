package dev.thalweg.sink.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Inspection;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes file sinks of one format. The formats differ only in their options, their encoder and the types they can hold.
abstract sealed class FileSinkProvider implements SinkProvider
        permits JsonSinkProvider, CsvSinkProvider, TextSinkProvider {
    /// The names of the options that only this format has.
    abstract List<String> formatOptions();

    abstract FileTarget.Encoders encoders(TableOptions options, ZoneId zone);

    abstract boolean holds(DataType type);

    @Override
    public Set<Accepts> accepts(TableOptions options) {
        return EnumSet.of(Accepts.APPEND, Accepts.CHANGES);
    }

    @Override
    public final boolean takesPartitions() {
        return true;
    }

    @Override
    public final Optional<RowType> written(TableOptions options) {
        return options.text("path").flatMap(path -> new OutputColumns(FileTarget.directory(path)).find());
    }

    @Override
    public final String place(TableOptions options) {
        return FileTarget.directory(options.text("path", "")).toString();
    }

    @Override
    public final Inspection inspect(String place, String queryId) {
        return Manifest.inspect(Path.of(place), queryId);
    }

    @Override
    public final void check(TableOptions options, RowType schema) {
        target(options, ZoneOffset.UTC).encoders().encoder(schema, List.of());
        for (Field field : schema.fields()) {
            if (!holds(field.type())) {
                throw new InvalidQuery("THW-2042", "Sink '" + format() + "' cannot hold column " + field.name() + " "
                        + field.type().sql() + ". Convert it in the query, such as CAST(" + field.name()
                        + " AS STRING), or take its parts.");
            }
        }
        checkColumns(schema);
    }

    void checkColumns(RowType schema) {
        for (int i = 0; i < schema.size(); i++) {
            if (schema.indexOf(schema.field(i).name()).orElse(i) != i) {
                throw new InvalidQuery("THW-2043", "Two columns of the output are named '" + schema.field(i).name()
                        + "', which a file of format " + format() + " cannot tell apart. Rename one with AS.");
            }
        }
    }

    @Override
    public final Sink open(TableOptions options, RowType schema, SinkContext context) {
        FileTarget target = target(options, context.zone());
        PartitionPaths partitions = new PartitionPaths(schema, context.partitionBy(), context.zone());
        target.encoders().encoder(schema, partitions.otherColumns()); // refuses here what it cannot write
        return new FileSink(target, schema, context);
    }

    private FileTarget target(TableOptions options, ZoneId zone) {
        List<String> known = new ArrayList<>(List.of("path", "compression"));
        known.addAll(formatOptions());
        options.checkKnown("sink '" + format() + "'", known);
        return FileTarget.of(format(), options, encoders(options, zone));
    }
}
