package dev.thalweg.source.parquet;

import dev.thalweg.source.parquet.SchemaNode.Annotation;
import dev.thalweg.source.parquet.SchemaNode.Leaf;
import dev.thalweg.source.parquet.SchemaNode.Physical;
import dev.thalweg.source.parquet.ValueForm.Fixed;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which column types the values of a leaf can be read as: the type that the file names, and wider ones.
final class ValueForms {
    private ValueForms() {}

    /// The column type that a leaf has of itself.
    static Optional<DataType> typeOf(Leaf leaf) {
        DataType type = switch (leaf.annotation()) {
            case Annotation.None _ -> switch (leaf.physical()) {
                case BOOLEAN -> Simple.BOOLEAN;
                case INT32 -> Simple.INT;
                case INT64 -> Simple.BIGINT;
                case INT96 -> Simple.TIMESTAMP;
                case FLOAT -> Simple.FLOAT;
                case DOUBLE -> Simple.DOUBLE;
                case BYTE_ARRAY, FIXED -> Simple.BINARY;
            };
            case Annotation.Text _ -> Simple.STRING;
            case Annotation.Decimal(int precision, int scale) -> new DataType.Decimal(precision, scale);
            case Annotation.Date _ -> Simple.DATE;
            case Annotation.Timestamp(_, boolean instant) -> instant ? Simple.TIMESTAMP : Simple.TIMESTAMP_NTZ;
            case Annotation.Time _ -> Simple.TIME;
            case Annotation.Int(int bits, boolean signed) -> integer(bits, signed);
            case Annotation.Float16 _ -> Simple.FLOAT;
            case Annotation.ListOf _,Annotation.MapOf _,Annotation.Other _ -> Simple.VOID;
        };
        return type == Simple.VOID || of(leaf, type).isEmpty() ? Optional.empty() : Optional.of(type);
    }

    private static DataType integer(int bits, boolean signed) {
        return switch (signed ? bits : 2 * bits) {
            case 8 -> Simple.TINYINT;
            case 16 -> Simple.SMALLINT;
            case 32 -> Simple.INT;
            case 64 -> Simple.BIGINT;
            case 128 -> new DataType.Decimal(20, 0);
            default -> Simple.VOID;
        };
    }

    /// How to read a leaf as a type; empty where its values might not fit, or mean something else.
    static Optional<ValueForm> of(Leaf leaf, DataType type) {
        return Optional.ofNullable(switch (type) {
            case Simple simple -> switch (simple) {
                case BOOLEAN -> leaf.physical() == Physical.BOOLEAN ? new ValueForm.Bits() : null;
                case TINYINT, SMALLINT, INT, BIGINT -> integer(leaf, simple);
                case FLOAT -> floating(leaf);
                case DOUBLE -> doubled(leaf);
                case DATE -> leaf.annotation() instanceof Annotation.Date && leaf.physical() == Physical.INT32
                        ? ValueForm.copied(4)
                        : null;
                case TIMESTAMP, TIMESTAMP_NTZ -> time(leaf);
                case TIME -> timeOfDay(leaf);
                case STRING -> leaf.physical() == Physical.BYTE_ARRAY && isBytes(leaf) ? new ValueForm.Bytes() : null;
                case BINARY -> isBytes(leaf) ? new ValueForm.Bytes() : null;
                case INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> null;
            };
            case DataType.Decimal decimal -> decimal(leaf, decimal);
            case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ -> null;
        });
    }

    private static boolean isBytes(Leaf leaf) {
        boolean bytes = leaf.physical() == Physical.BYTE_ARRAY
                || (leaf.physical() == Physical.FIXED && leaf.length() > 0);
        return bytes && (leaf.annotation() instanceof Annotation.None || leaf.annotation() instanceof Annotation.Text);
    }

    private static @Nullable ValueForm integer(Leaf leaf, Simple type) {
        int bits = switch (leaf.annotation()) {
            case Annotation.None _ -> 8 * leaf.physical().width;
            case Annotation.Int(int width, boolean signed) -> signed ? width : 2 * width;
            default -> Integer.MAX_VALUE; // a rule: dates, times and decimals are no plain numbers
        };
        boolean unsigned = leaf.annotation() instanceof Annotation.Int(_, boolean signed) && !signed;
        if (leaf.physical() == Physical.INT64) {
            return bits <= 64 && type == Simple.BIGINT ? ValueForm.copied(8) : null;
        }
        if (leaf.physical() != Physical.INT32) {
            return null;
        }
        return switch (type) {
            case TINYINT -> bits <= 8 ? new Fixed(4, 1, Kernels::intToByte) : null;
            case SMALLINT -> bits <= 16 ? new Fixed(4, 2, Kernels::intToShort) : null;
            case INT -> bits <= 32 ? ValueForm.copied(4) : null;
            case BIGINT -> bits <= 64
                    ? new Fixed(4, 8, unsigned ? Kernels::unsignedToLong : Kernels::intToLong)
                    : null;
            default -> null; // a rule: the caller asks for integers only
        };
    }

    private static @Nullable ValueForm floating(Leaf leaf) {
        if (leaf.annotation() instanceof Annotation.Float16) {
            return leaf.width() == 2 ? new Fixed(2, 4, Kernels::halfToFloat) : null;
        }
        return leaf.physical() == Physical.FLOAT ? ValueForm.copied(4) : null;
    }

    private static @Nullable ValueForm doubled(Leaf leaf) {
        return switch (leaf.physical()) {
            case DOUBLE -> ValueForm.copied(8);
            case FLOAT -> new Fixed(4, 8, Kernels::floatToDouble);
            case INT32 -> integer(leaf, Simple.INT) != null ? new Fixed(4, 8, Kernels::intToDouble) : null;
            case BOOLEAN, INT64, INT96, BYTE_ARRAY, FIXED -> null;
        };
    }

    /// A wall-clock time is read as an instant in UTC and the other way round, as Spark does.
    private static @Nullable ValueForm time(Leaf leaf) {
        if (leaf.physical() == Physical.INT96 && leaf.annotation() instanceof Annotation.None) {
            return new Fixed(12, 8, Kernels::julianToMicros);
        }
        if (leaf.physical() != Physical.INT64 || !(leaf.annotation() instanceof Annotation.Timestamp unit)) {
            return null;
        }
        return switch ((int) unit.perSecond()) {
            case 1_000 -> new Fixed(8, 8, Kernels::millisToMicros);
            case 1_000_000 -> ValueForm.copied(8);
            default -> new Fixed(8, 8, Kernels::nanosToMicros);
        };
    }

    private static @Nullable ValueForm timeOfDay(Leaf leaf) {
        if (!(leaf.annotation() instanceof Annotation.Time unit)) {
            return null;
        }
        return switch ((int) unit.perSecond()) {
            case 1_000 -> leaf.physical() == Physical.INT32 ? new Fixed(4, 8, Kernels::millisToTime) : null;
            case 1_000_000 -> leaf.physical() == Physical.INT64 ? new Fixed(8, 8, Kernels::microsToTime) : null;
            default -> leaf.physical() == Physical.INT64 ? new Fixed(8, 8, Kernels::nanosToTime) : null;
        };
    }

    private static @Nullable ValueForm decimal(Leaf leaf, DataType.Decimal type) {
        boolean unsigned = leaf.annotation() instanceof Annotation.Int(int bits, boolean signed) && bits == 64
                && !signed;
        if (unsigned && type.precision() >= 20 && type.scale() == 0 && leaf.physical() == Physical.INT64) {
            return new Fixed(8, 16, Kernels::unsignedToDecimal);
        }
        boolean held = leaf.annotation() instanceof Annotation.Decimal(int precision, int scale)
                && scale == type.scale() && precision <= type.precision();
        if (!held) {
            return null;
        }
        return switch (leaf.physical()) {
            case INT32 -> new Fixed(4, 16, Kernels::intToDecimal);
            case INT64 -> new Fixed(8, 16, Kernels::longToDecimal);
            case FIXED -> leaf.length() >= 1 && leaf.length() <= 16 ? fixedDecimal(leaf.length()) : null;
            case BYTE_ARRAY -> new ValueForm.DecimalBytes();
            case BOOLEAN, INT96, FLOAT, DOUBLE -> null;
        };
    }

    private static ValueForm fixedDecimal(int width) {
        return new Fixed(width, 16, (from, to, count) -> Kernels.bytesToDecimal(from, width, to, count));
    }
}
