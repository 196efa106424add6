package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/// Finds the column of a field of a JSON object. Objects of one file tend to have the same fields in the same order, so the
/// field last seen at each position is compared first, by words, quotes and colon included.
final class JsonFieldNames {
    /// The field is in no column.
    static final int UNWANTED = -1;

    private static final int POSITIONS = 128;
    private static final int WORDS = 6;

    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> anyCase = new HashMap<>();
    private final long[] words = new long[POSITIONS * WORDS];
    private final int[] lengths = new int[POSITIONS];
    private final long[] lastMasks = new long[POSITIONS];
    private final int[] columns = new int[POSITIONS];
    private final boolean[] exactly = new boolean[POSITIONS];

    /// @param corruptColumn is no field of any record
    JsonFieldNames(RowType type, OptionalInt corruptColumn) {
        for (int i = 0; i < type.size(); i++) {
            if (corruptColumn.isEmpty() || corruptColumn.getAsInt() != i) {
                exact.putIfAbsent(type.field(i).name(), i);
                anyCase.putIfAbsent(type.field(i).name().toLowerCase(Locale.ROOT), i);
            }
        }
    }

    /// How many bytes the field last seen at a position takes with its quotes and colon, if it stands here again; else 0.
    int match(int position, long at) {
        if (position >= POSITIONS || lengths[position] == 0) {
            return 0;
        }
        int length = lengths[position];
        int last = (length - 1) >>> 3;
        int base = position * WORDS;
        for (int i = 0; i < last; i++) {
            if (Memory.getLong(at + 8L * i) != words[base + i]) {
                return 0;
            }
        }
        return (Memory.getLong(at + 8L * last) & lastMasks[position]) == words[base + last] ? length : 0;
    }

    int column(int position) {
        return columns[position];
    }

    /// Whether the column has exactly the field's name, not only but for its case.
    boolean isExact(int position) {
        return exactly[position];
    }

    /// The column of a name, and what [#isExact] says of it; a name matches exactly before it matches in another case.
    int find(String name) {
        Integer column = exact.get(name);
        if (column == null) {
            column = anyCase.get(name.toLowerCase(Locale.ROOT));
        }
        return column == null ? UNWANTED : column;
    }

    boolean isExactName(String name) {
        return exact.containsKey(name);
    }

    /// Remembers the field at a position.
    ///
    /// @param at its opening quote
    /// @param end the address after its colon, which follows the closing quote at once
    void learn(int position, long at, long end, int column, boolean isExact) {
        int length = (int) (end - at);
        if (position >= POSITIONS || length > WORDS * Long.BYTES) {
            return;
        }
        byte[] padded = Arrays.copyOf(TextSlices.bytes(at, end), WORDS * Long.BYTES);
        for (int i = 0; i < WORDS; i++) {
            long word = 0;
            for (int j = Long.BYTES - 1; j >= 0; j--) {
                word = word << 8 | (padded[i * Long.BYTES + j] & 0xFF);
            }
            words[position * WORDS + i] = word;
        }
        int bytesInLast = (length - 1 & 7) + 1;
        lengths[position] = length;
        lastMasks[position] = bytesInLast == Long.BYTES ? -1L : (1L << (8 * bytesInLast)) - 1;
        columns[position] = column;
        exactly[position] = isExact;
    }

    static String name(long from, long end) {
        return new String(TextSlices.bytes(from, end), UTF_8);
    }
}
