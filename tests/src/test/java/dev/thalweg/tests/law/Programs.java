package dev.thalweg.tests.law;

import dev.thalweg.Encoder;
import dev.thalweg.Encoders;
import dev.thalweg.ThalwegSession;
import dev.thalweg.api.java.UDF1;
import dev.thalweg.api.java.UDF2;
import dev.thalweg.expressions.Aggregator;
import dev.thalweg.functions;
import dev.thalweg.types.DataTypes;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The functions that the law's queries call by names that begin with `law_`: a program's, and expressions that have a name.
final class Programs {
    /// What stands for each call before a query is planned.
    static final List<String> NAMED = List.of(
            "CREATE FUNCTION law_twice(x BIGINT) RETURNS BIGINT RETURN x + x",
            "CREATE FUNCTION law_label(name STRING, number INT) RETURNS STRING"
                    + " RETURN concat(coalesce(name, '-'), ':', coalesce(CAST(number AS STRING), '-'))");

    private Programs() {}

    static void register(ThalwegSession session) {
        session.udf().register("law_shout", (UDF1<String, String>) Programs::shout, DataTypes.StringType);
        session.udf().register("law_half", (UDF1<Integer, @Nullable Integer>) Programs::half, DataTypes.IntegerType);
        session.udf().register("law_mix", (UDF2<Long, String, Long>) Programs::mix, DataTypes.LongType);
        session.udf().register("law_spread", functions.udaf(new Spread(), Encoders.INT()));
        session.udf().register("law_squares", functions.udaf(new Squares(), Encoders.INT()));
        NAMED.forEach(session::sql);
    }

    static String shout(@Nullable String text) {
        return text == null ? "?" : text + "!";
    }

    static @Nullable Integer half(@Nullable Integer number) {
        return number == null ? null : number / 2;
    }

    static Long mix(@Nullable Long number, @Nullable String text) {
        return text == null ? 0 : (number == null ? 0 : number) + text.codePointCount(0, text.length());
    }

    /// What [Spread] keeps.
    record Range(@Nullable Integer least, @Nullable Integer greatest, long rows) {}

    /// The least and the greatest number, and how many rows there were: a buffer of columns.
    static final class Spread extends Aggregator<Integer, Range, String> {
        private static final long serialVersionUID = 1L;

        @Override
        public Range zero() {
            return new Range(null, null, 0);
        }

        @Override
        public Range reduce(Range buffer, @Nullable Integer value) {
            return merge(buffer, new Range(value, value, 1));
        }

        @Override
        public Range merge(Range first, Range second) {
            Integer least = first.least() == null || (second.least() != null && second.least() < first.least())
                    ? second.least()
                    : first.least();
            Integer greatest = first.greatest() == null
                    || (second.greatest() != null && second.greatest() > first.greatest())
                            ? second.greatest()
                            : first.greatest();
            return new Range(least, greatest, first.rows() + second.rows());
        }

        @Override
        public String finish(Range buffer) {
            return (buffer.least() == null ? "-" : buffer.least()) + ".."
                    + (buffer.greatest() == null ? "-" : buffer.greatest()) + "/" + buffer.rows();
        }

        @Override
        public Encoder<Range> bufferEncoder() {
            return Encoders.bean(Range.class);
        }

        @Override
        public Encoder<String> outputEncoder() {
            return Encoders.STRING();
        }
    }

    /// The sum of the squares of what 7 leaves: a buffer that Java serializes and `reduce` changes.
    @SuppressWarnings("NonApiType") // a buffer is of one class, which Java serializes
    static final class Squares extends Aggregator<Integer, TreeMap<Integer, Long>, Long> {
        private static final long serialVersionUID = 1L;

        @Override
        public TreeMap<Integer, Long> zero() {
            return new TreeMap<>();
        }

        @Override
        public TreeMap<Integer, Long> reduce(TreeMap<Integer, Long> buffer, @Nullable Integer value) {
            if (value != null) {
                buffer.merge(value % 7, 1L, Long::sum);
            }
            return buffer;
        }

        @Override
        public TreeMap<Integer, Long> merge(TreeMap<Integer, Long> first, TreeMap<Integer, Long> second) {
            second.forEach((rest, count) -> first.merge(rest, count, Long::sum));
            return first;
        }

        @Override
        public Long finish(TreeMap<Integer, Long> buffer) {
            return buffer.entrySet().stream().mapToLong(each -> each.getKey() * each.getKey() * each.getValue()).sum();
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"}) // a class has no type parameters
        public Encoder<TreeMap<Integer, Long>> bufferEncoder() {
            return (Encoder) Encoders.javaSerialization(TreeMap.class);
        }

        @Override
        public Encoder<Long> outputEncoder() {
            return Encoders.LONG();
        }
    }
}
