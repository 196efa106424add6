package dev.thalweg.source.nexmark;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;

/// How one column's value follows from an event's number.
sealed interface EventColumn {
    DataType type();

    record Whole(Formula formula) implements EventColumn {
        @Override
        public DataType type() {
            return Simple.BIGINT;
        }
    }

    record Text(Writer writer) implements EventColumn {
        @Override
        public DataType type() {
            return Simple.STRING;
        }
    }

    /// The time of the event, or of a later one.
    record Time(Formula eventNumber) implements EventColumn {
        @Override
        public DataType type() {
            return Simple.TIMESTAMP;
        }
    }

    interface Formula {
        long of(Draw draw, long event);
    }

    interface Writer {
        void write(Draw draw, long event, Letters out);
    }
}
