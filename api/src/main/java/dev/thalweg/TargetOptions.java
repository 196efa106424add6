package dev.thalweg;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.spi.NearNames;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.LocalPath;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The options of a target that the engine reads itself, apart from those that its connector reads.
///
/// @param checkpoint where the query survives (`checkpointLocation`)
/// @param outputMode `append`, `update`, `complete` or `changelog` (`outputMode`)
/// @param flushAtEnd whether the end of the input closes every window (`endOfInput = 'flush'`)
/// @param lateTable the table that takes the rows that come too late (`lateTable`)
/// @param stateTtlMicros how long the query keeps what nothing else frees and no row reaches (`stateTtl`)
/// @param partitionBy columns that cut the output into directories
/// @param connector what is left
record TargetOptions(Optional<Path> checkpoint, Optional<String> outputMode, boolean flushAtEnd,
        Optional<String> lateTable, Optional<Long> stateTtlMicros, List<String> partitionBy,
        TableOptions connector) {
    static final String PARTITION_BY = "thalweg.partitionBy";
    private static final String CHECKPOINT = "checkpointLocation";
    private static final String OUTPUT_MODE = "outputMode";
    static final String END_OF_INPUT = "endOfInput";
    static final String IDLE_TIMEOUT = "idleTimeout";
    static final String LATE_TABLE = "lateTable";
    static final String STATE_TTL = "stateTtl";
    private static final String REFRESH = "refresh";

    static TargetOptions of(TableOptions options) {
        List<String> partitions = options.text(PARTITION_BY).map(text -> Arrays.asList(text.split(",")))
                .orElseGet(List::of);
        return new TargetOptions(options.text(CHECKPOINT).map(text -> LocalPath.of(CHECKPOINT, text)),
                options.text(OUTPUT_MODE), flushes(options), options.text(LATE_TABLE),
                options.text(STATE_TTL).map(text -> micros(STATE_TTL, text)), partitions,
                options.without(CHECKPOINT).without(OUTPUT_MODE).without(END_OF_INPUT).without(LATE_TABLE)
                        .without(STATE_TTL).without(PARTITION_BY).without(REFRESH));
    }

    /// Of a materialized view, which is no connector's and always equals the result.
    ///
    /// @throws InvalidOption for an option that it does not have
    static TargetOptions ofView(String name, TableOptions options) {
        options.checkKnown("materialized view '" + name + "'",
                List.of(CHECKPOINT, END_OF_INPUT, LATE_TABLE, STATE_TTL));
        return of(options);
    }

    /// Checks what the engine reads of the options of a table that is being created.
    ///
    /// @throws InvalidOption for a value that there is none of
    static void check(TableOptions options) {
        of(options).outputMode().ifPresent(dev.thalweg.streaming.OutputMode::of);
        options.text(IDLE_TIMEOUT).ifPresent(text -> idleMillis(IDLE_TIMEOUT, text));
        options.text(REFRESH).filter(text -> !text.equalsIgnoreCase("start") && !text.equalsIgnoreCase("trigger"))
                .ifPresent(text -> {
                    throw new InvalidOption(REFRESH, text,
                            "start: a table is read when a query starts; or trigger: anew whenever it has changed");
                });
    }

    /// Whether an option that a connector does not know was meant for the engine, which then says so.
    ///
    /// @throws InvalidOption in the place of `refused`
    static void refuseNear(TableOptions options, String table, InvalidOption refused) {
        for (String name : options.values().keySet()) {
            NearNames.nearest(name, List.of(CHECKPOINT, OUTPUT_MODE, END_OF_INPUT, IDLE_TIMEOUT, LATE_TABLE, STATE_TTL))
                    .filter(near -> !near.equalsIgnoreCase(name)
                            && String.valueOf(refused.getMessage()).contains("'" + name + "'"))
                    .ifPresent(near -> {
                        throw new InvalidOption("THW-2002", "Unknown option '" + name + "' of '" + table
                                + "'. Did you mean '" + near + "'?");
                    });
        }
    }

    /// The length of time after which an input that brings nothing is idle.
    static long idleMillis(String name, String text) {
        return micros(name, text) / 1_000;
    }

    /// A length of time from a millisecond up.
    static long micros(String name, String text) {
        try {
            long micros = StatementParser.parseIntervalMicros(text);
            if (micros >= 1_000) {
                return micros;
            }
        } catch (InvalidQuery e) {
            // it is no interval: said below
        }
        throw new InvalidOption(name, text, "a length of time from a millisecond up, such as '10 seconds'");
    }

    static boolean flushes(TableOptions options) {
        return options.text(END_OF_INPUT).map(text -> {
            if (!text.equalsIgnoreCase("flush") && !text.equalsIgnoreCase("none")) {
                throw new InvalidOption(END_OF_INPUT, text, "'flush' or 'none'");
            }
            return text.equalsIgnoreCase("flush");
        }).orElse(false);
    }
}
