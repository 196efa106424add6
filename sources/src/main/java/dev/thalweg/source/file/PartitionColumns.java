package dev.thalweg.source.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.file.FileListing;
import dev.thalweg.spi.file.PartitionText;
import dev.thalweg.spi.format.DateTimeText;
import dev.thalweg.spi.format.TimeOfDay;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.TransferPair;
import org.jspecify.annotations.Nullable;

/// The columns that directories named `key=value` stand for: every row of a file below has that value.
///
/// @param bases below which directories count
/// @param schema all columns of the source; a directory whose key is none of them says nothing
record PartitionColumns(List<Path> bases, RowType schema, boolean ignored, ZoneId zone) {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    static PartitionColumns of(FileOptions options, List<FileListing> listings, RowType schema, ZoneId zone) {
        return new PartitionColumns(listings.stream().map(FileListing::base).toList(), schema, options.recursive(),
                zone);
    }

    /// The schema with the partition columns it lacks at its end, their types told from the values found.
    static RowType complete(FileOptions options, RowType schema) {
        if (options.recursive()) {
            return schema;
        }
        List<FileListing> listings = options.listings();
        List<Field> fields = new ArrayList<>(schema.fields());
        keysFound(listings, listings.stream().map(FileListing::base).toList()).forEach((key, values) -> {
            if (schema.indexOf(key).isEmpty()) {
                fields.add(Field.of(key, typeOf(values)));
            }
        });
        return new RowType(fields);
    }

    private static Map<String, List<String>> keysFound(List<FileListing> listings, List<Path> bases) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (FileListing listing : listings) {
            for (FileEntry file : listing.files(FileListing.BY_NAME)) {
                values(bases, file.path())
                        .forEach((key, value) -> found.computeIfAbsent(key, _ -> new ArrayList<>()).add(value));
            }
        }
        return found;
    }

    private static Map<String, String> values(List<Path> bases, Path file) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Path base : bases) {
            if (file.startsWith(base) || base.toString().isEmpty()) {
                Path below = base.toString().isEmpty() ? file : base.relativize(file);
                for (int i = 0; i < below.getNameCount() - 1; i++) {
                    String name = below.getName(i).toString();
                    int equals = name.indexOf('=');
                    if (equals > 0) {
                        values.put(PartitionText.unescape(name.substring(0, equals)),
                                PartitionText.unescape(name.substring(equals + 1)));
                    }
                }
                return values;
            }
        }
        return values;
    }

    private static DataType typeOf(List<String> values) {
        List<String> present = values.stream().filter(v -> !v.equals(PartitionText.NULL)).distinct().toList();
        for (Simple type : List.of(Simple.INT, Simple.BIGINT, Simple.DOUBLE, Simple.DATE, Simple.TIMESTAMP)) {
            if (!present.isEmpty() && present.stream().allMatch(v -> isWritten(v, type))) {
                return type;
            }
        }
        return Simple.STRING;
    }

    /// Whether a value of the type would be written so: a cast would make a DATE of a time and of a year, too.
    private static boolean isWritten(String value, Simple type) {
        boolean shaped = switch (type) {
            case DATE -> DAY.matcher(value).matches();
            case TIMESTAMP -> value.indexOf(':') > 0;
            default -> true; // a rule: numbers are told by reading them
        };
        return shaped && parse(value, type, ZoneOffset.UTC) != null;
    }

    /// The columns of the schema whose values the directories of a file give.
    Set<Integer> columns(FileEntry file) {
        Set<Integer> columns = new TreeSet<>();
        if (!ignored) {
            values(bases, file.path()).keySet().forEach(key -> schema.indexOf(key).ifPresent(columns::add));
        }
        return columns;
    }

    /// @param batch taken over, also where this fails
    /// @param wanted the row type of the answer
    /// @param wantedColumns its columns, as columns of the schema
    /// @param sources where each is in the batch, or -1
    Batch add(Batch batch, RowType wanted, List<Integer> wantedColumns, List<Integer> sources, FileEntry file,
            BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>();
        try (batch) {
            Map<String, String> values = values(bases, file.path());
            for (int i = 0; i < wanted.size(); i++) {
                if (sources.get(i) >= 0) {
                    TransferPair moved = batch.vector(sources.get(i)).getTransferPair(allocator);
                    moved.transfer();
                    vectors.add((FieldVector) moved.getTo());
                } else {
                    vectors.add(
                            constant(schema.field(wantedColumns.get(i)), values, batch.rowCount(), allocator, file));
                }
            }
            return Batch.of(wanted, vectors, batch.rowCount());
        } catch (RuntimeException e) {
            vectors.forEach(FieldVector::close);
            throw e;
        }
    }

    private FieldVector constant(Field field, Map<String, String> values, int rows, BufferAllocator allocator,
            FileEntry file) {
        Object value = value(field, values, file);
        FieldVector vector = ArrowTypes.newVector(field, allocator);
        vector.setInitialCapacity(rows);
        vector.allocateNew();
        for (int row = 0; row < rows; row++) {
            VectorValues.set(vector, row, field.type(), value);
        }
        vector.setValueCount(rows);
        return vector;
    }

    private @Nullable Object value(Field field, Map<String, String> values, FileEntry file) {
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getKey().equalsIgnoreCase(field.name())) {
                if (entry.getValue().equals(PartitionText.NULL)) {
                    return null;
                }
                Object value = parse(entry.getValue(), field.type(), zone);
                if (value == null) {
                    throw new InvalidQuery("THW-2032", "Directory '" + entry.getKey() + "=" + entry.getValue()
                            + "' of file " + file.path() + " does not fit column " + field.name() + " "
                            + field.type().sql() + ". Give the column the type STRING, or rename the directory.");
                }
                return value;
            }
        }
        return null;
    }

    private static @Nullable Object parse(String text, DataType type, ZoneId zone) {
        try {
            return switch (type) {
                case Simple simple -> switch (simple) {
                    case STRING -> text;
                    case INT -> Integer.valueOf(text);
                    case BIGINT -> Long.valueOf(text);
                    case SMALLINT -> Short.valueOf(text);
                    case TINYINT -> Byte.valueOf(text);
                    case DOUBLE -> Double.valueOf(text);
                    case FLOAT -> Float.valueOf(text);
                    case BOOLEAN -> switch (text.toLowerCase(Locale.ROOT)) {
                        case "true" -> true;
                        case "false" -> false;
                        default -> null;
                    };
                    case DATE -> {
                        long days = new DateTimeText(zone).date(text);
                        yield days == DateTimeText.NONE ? null : (Object) (int) days;
                    }
                    case TIMESTAMP -> time(new DateTimeText(zone).timestamp(text));
                    case TIMESTAMP_NTZ -> time(new DateTimeText(zone).timestampNtz(text));
                    case TIME -> time(TimeOfDay.read(text));
                    case BINARY -> text.getBytes(UTF_8);
                    case INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH, VOID -> null;
                };
                case DataType.Decimal(_, int scale) -> new BigDecimal(text).setScale(scale);
                case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ -> null;
            };
        } catch (NumberFormatException | ArithmeticException _) {
            return null;
        }
    }

    private static @Nullable Object time(long micros) {
        return micros == DateTimeText.NONE ? null : (Object) micros;
    }
}
