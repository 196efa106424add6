package dev.thalweg.source.parquet;

import dev.thalweg.source.parquet.SchemaNode.Annotation;

/// Reads what values mean: the logical type of a column, or the converted type that older writers have instead.
///
/// **Source** LogicalTypes.md and parquet.thrift of the Parquet format.
final class LogicalType {
    private static final long MILLIS = 1_000;
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    private LogicalType() {}

    /// @param kind the field of the union that is set
    static Annotation read(int kind, CompactReader in) {
        return switch (kind) {
            case 5 -> decimal(in);
            case 7 -> time(in);
            case 8 -> timestamp(in);
            case 10 -> integer(in);
            default -> {
                in.skip();
                yield plain(kind);
            }
        };
    }

    private static Annotation plain(int kind) {
        return switch (kind) {
            case 1, 4, 12 -> new Annotation.Text(); // STRING, ENUM, JSON
            case 2 -> new Annotation.MapOf();
            case 3 -> new Annotation.ListOf();
            case 6 -> new Annotation.Date();
            case 11, 13, 14 -> new Annotation.None(); // UNKNOWN (all NULL), BSON, UUID: their bytes
            case 15 -> new Annotation.Float16();
            case 16 -> new Annotation.Other("VARIANT");
            case 17 -> new Annotation.Other("GEOMETRY");
            case 18 -> new Annotation.Other("GEOGRAPHY");
            default -> new Annotation.Other("logical type " + kind);
        };
    }

    private static Annotation decimal(CompactReader in) {
        int[] precisionScale = new int[2];
        in.struct(id -> {
            switch (id) {
                case 1 -> precisionScale[1] = in.i32();
                case 2 -> precisionScale[0] = in.i32();
                default -> in.skip();
            }
        });
        return decimal(precisionScale[0], precisionScale[1]);
    }

    private static Annotation decimal(int precision, int scale) {
        boolean held = precision >= 1 && precision <= 38 && scale >= 0 && scale <= precision;
        return held
                ? new Annotation.Decimal(precision, scale)
                : new Annotation.Other("DECIMAL(" + precision + "," + scale + ")");
    }

    private static Annotation time(CompactReader in) {
        return timed(in) instanceof Annotation.Timestamp timed
                ? new Annotation.Time(timed.perSecond())
                : new Annotation.Other("TIME of an unknown unit");
    }

    private static Annotation timestamp(CompactReader in) {
        Annotation timed = timed(in);
        return timed instanceof Annotation.Timestamp ? timed : new Annotation.Other("TIMESTAMP of an unknown unit");
    }

    /// TIME and TIMESTAMP lie alike.
    private static Annotation timed(CompactReader in) {
        long[] perSecond = {0};
        boolean[] instant = {false};
        in.struct(id -> {
            switch (id) {
                case 1 -> instant[0] = in.bool();
                case 2 -> in.struct(unit -> {
                    in.skip();
                    perSecond[0] = unit == 1 ? MILLIS : unit == 2 ? MICROS : unit == 3 ? NANOS : 0;
                });
                default -> in.skip();
            }
        });
        return perSecond[0] == 0
                ? new Annotation.None()
                : new Annotation.Timestamp(perSecond[0], instant[0]);
    }

    private static Annotation integer(CompactReader in) {
        int[] bits = new int[1];
        boolean[] signed = new boolean[1];
        in.struct(id -> {
            switch (id) {
                case 1 -> bits[0] = in.i32();
                case 2 -> signed[0] = in.bool();
                default -> in.skip();
            }
        });
        return new Annotation.Int(bits[0], signed[0]);
    }

    static Annotation converted(int kind, int precision, int scale) {
        return switch (kind) {
            case -1, 20 -> new Annotation.None(); // none, BSON
            case 0, 4, 19 -> new Annotation.Text(); // UTF8, ENUM, JSON
            case 1, 2 -> new Annotation.MapOf();
            case 3 -> new Annotation.ListOf();
            case 5 -> decimal(precision, scale);
            case 6 -> new Annotation.Date();
            case 7 -> new Annotation.Time(MILLIS);
            case 8 -> new Annotation.Time(MICROS);
            case 9 -> new Annotation.Timestamp(MILLIS, true);
            case 10 -> new Annotation.Timestamp(MICROS, true);
            case 11, 12, 13, 14 -> new Annotation.Int(8 << (kind - 11), false);
            case 15, 16, 17, 18 -> new Annotation.Int(8 << (kind - 15), true);
            case 21 -> new Annotation.Other("INTERVAL");
            default -> new Annotation.Other("converted type " + kind);
        };
    }
}
