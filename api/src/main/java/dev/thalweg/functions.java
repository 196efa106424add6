package dev.thalweg;

import dev.thalweg.api.java.UDF;
import dev.thalweg.api.java.UDF0;
import dev.thalweg.api.java.UDF10;
import dev.thalweg.api.java.UDF1;
import dev.thalweg.api.java.UDF2;
import dev.thalweg.api.java.UDF3;
import dev.thalweg.api.java.UDF4;
import dev.thalweg.api.java.UDF5;
import dev.thalweg.api.java.UDF6;
import dev.thalweg.api.java.UDF7;
import dev.thalweg.api.java.UDF8;
import dev.thalweg.api.java.UDF9;
import dev.thalweg.api.java.function.Function3;
import dev.thalweg.expressions.Aggregator;
import dev.thalweg.expressions.UserDefinedFunction;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.spi.format.SchemaText;
import dev.thalweg.types.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/// The functions of SQL as methods, named as in SQL: for `import static dev.thalweg.functions.*`.
///
/// A list, not code: each method is a call of the function of its name, and SQL's documentation says what it does.
public final class functions {
    private functions() {}

    /// The column of that name; `a.b` is field `b` of column `a`, or column `b` of the dataset aliased `a`.
    public static Column col(String name) {
        return Column.named(name);
    }

    public static Column column(String name) {
        return Column.named(name);
    }

    /// A constant. A [Column] is returned as it is.
    public static Column lit(@Nullable Object value) {
        return value instanceof Column column ? column : new Column(Literals.of(value));
    }

    /// An expression in SQL; it may have an alias: `price * 2 AS doubled`.
    public static Column expr(String sql) {
        return new Column(StatementParser.parseSelectItem(sql));
    }

    // ---- functions of the program

    static UserDefinedFunction of(UDF function, DataType type) {
        return new DefinedFunction(new ProgramFunction(ProgramFunction.UNNAMED, function, type.toSpi(), true, true));
    }

    public static UserDefinedFunction udf(UDF0<?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF1<?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF2<?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF3<?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF4<?, ?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF5<?, ?, ?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF6<?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF7<?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF8<?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF9<?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    public static UserDefinedFunction udf(UDF10<?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?> function, DataType type) {
        return of(function, type);
    }

    /// An aggregate of the program, of the columns that its input has.
    public static <I, B, O> UserDefinedFunction udaf(Aggregator<I, B, O> aggregator, Encoder<I> input) {
        return new DefinedFunction(ProgramAggregate.of(aggregator, input));
    }

    /// A call of a function that is registered under that name.
    public static Column call_udf(String name, Column... columns) {
        return Column.call(name, columns);
    }

    public static Column callUDF(String name, Column... columns) {
        return call_udf(name, columns);
    }

    /// A call of any function of SQL, or of one that is registered.
    public static Column call_function(String name, Column... columns) {
        return Column.call(name, columns);
    }

    public static Column when(Column condition, @Nullable Object value) {
        return Column.caseOf(List.of(condition.tree()), List.of(lit(value).tree()), Optional.empty());
    }

    public static Column not(Column condition) {
        return condition.negated();
    }

    public static Column negate(Column value) {
        return value.negative();
    }

    public static Column asc(String name) {
        return col(name).asc();
    }

    public static Column desc(String name) {
        return col(name).desc();
    }

    /// Windows of event time: `window(ts, "10 minutes")`.
    public static Column window(Column time, String size) {
        return Column.call("window", time, interval(size));
    }

    public static Column window(Column time, String size, String slide) {
        return Column.call("window", time, interval(size), interval(slide));
    }

    public static Column window(Column time, String size, String slide, String start) {
        return Column.call("window", time, interval(size), interval(slide), interval(start));
    }

    /// Sessions of event time: rows no more than a gap apart, `session_window(ts, "5 minutes")`. For groupBy.
    public static Column session_window(Column time, String gap) {
        return Column.call("session_window", time, interval(gap));
    }

    /// Sessions with a gap of each row's own: an interval, or a choice of texts: `when(col("vip"), "10 minutes").otherwise("5 minutes")`.
    public static Column session_window(Column time, Column gap) {
        return Column.call("session_window", time, gap);
    }

    /// The last moment of a window, by which windows are put into windows.
    public static Column window_time(Column window) {
        return Column.call("window_time", window);
    }

    private static Column interval(String text) {
        SqlNode micros = SqlLiteral.createExactNumeric(Long.toString(StatementParser.parseIntervalMicros(text)),
                Column.HERE);
        return new Column(FunctionCalls.of("$interval_dt", Column.HERE, micros));
    }

    private static Column options(Map<String, String> options) {
        return Column.call("map", options.entrySet().stream()
                .flatMap(option -> Stream.of(lit(option.getKey()), lit(option.getValue()))).toArray(Column[]::new));
    }

    private static Column[] with(Column[] more, Column... first) {
        return Stream.concat(Arrays.stream(first), Arrays.stream(more)).toArray(Column[]::new);
    }

    private static Column distinct(String function, Column... columns) {
        return new Column(FunctionCalls.distinct(function, Column.HERE, Column.trees(columns)));
    }

    private static Column ignoreNulls(Column call, boolean ignoreNulls) {
        return ignoreNulls ? new Column(SqlStdOperatorTable.IGNORE_NULLS.createCall(Column.HERE, call.tree())) : call;
    }

    public static Column count(Column column) {
        return Column.call("count", column);
    }

    public static Column count(String name) {
        return name.equals("*")
                ? new Column(FunctionCalls.of("count", Column.HERE, SqlIdentifier.star(Column.HERE)))
                : count(col(name));
    }

    public static Column count_distinct(Column column, Column... more) {
        return distinct("count", with(more, column));
    }

    public static Column countDistinct(Column column, Column... more) {
        return count_distinct(column, more);
    }

    public static Column countDistinct(String name, String... more) {
        return count_distinct(col(name), Arrays.stream(more).map(functions::col).toArray(Column[]::new));
    }

    public static Column sum_distinct(Column column) {
        return distinct("sum", column);
    }

    public static Column first(Column column) {
        return Column.call("first", column);
    }

    public static Column first(Column column, boolean ignoreNulls) {
        return ignoreNulls(first(column), ignoreNulls);
    }

    public static Column first(String name) {
        return first(col(name));
    }

    public static Column first(String name, boolean ignoreNulls) {
        return first(col(name), ignoreNulls);
    }

    public static Column last(Column column) {
        return Column.call("last", column);
    }

    public static Column last(Column column, boolean ignoreNulls) {
        return ignoreNulls(last(column), ignoreNulls);
    }

    public static Column last(String name) {
        return last(col(name));
    }

    public static Column last(String name, boolean ignoreNulls) {
        return last(col(name), ignoreNulls);
    }

    public static Column row_number() {
        return Column.call("row_number");
    }

    public static Column rank() {
        return Column.call("rank");
    }

    public static Column dense_rank() {
        return Column.call("dense_rank");
    }

    public static Column percent_rank() {
        return Column.call("percent_rank");
    }

    public static Column cume_dist() {
        return Column.call("cume_dist");
    }

    public static Column ntile(int tiles) {
        return Column.call("ntile", lit(tiles));
    }

    public static Column lag(Column column, int rows) {
        return Column.call("lag", column, lit(rows));
    }

    public static Column lag(String name, int rows) {
        return lag(col(name), rows);
    }

    public static Column lag(Column column, int rows, @Nullable Object byDefault) {
        return Column.call("lag", column, lit(rows), lit(byDefault));
    }

    public static Column lag(String name, int rows, @Nullable Object byDefault) {
        return lag(col(name), rows, byDefault);
    }

    public static Column lag(Column column, int rows, @Nullable Object byDefault, boolean ignoreNulls) {
        return ignoreNulls(lag(column, rows, byDefault), ignoreNulls);
    }

    public static Column lead(Column column, int rows) {
        return Column.call("lead", column, lit(rows));
    }

    public static Column lead(String name, int rows) {
        return lead(col(name), rows);
    }

    public static Column lead(Column column, int rows, @Nullable Object byDefault) {
        return Column.call("lead", column, lit(rows), lit(byDefault));
    }

    public static Column lead(String name, int rows, @Nullable Object byDefault) {
        return lead(col(name), rows, byDefault);
    }

    public static Column lead(Column column, int rows, @Nullable Object byDefault, boolean ignoreNulls) {
        return ignoreNulls(lead(column, rows, byDefault), ignoreNulls);
    }

    public static Column nth_value(Column column, int number) {
        return Column.call("nth_value", column, lit(number));
    }

    public static Column nth_value(Column column, int number, boolean ignoreNulls) {
        return ignoreNulls(nth_value(column, number), ignoreNulls);
    }

    public static Column sum(Column column) {
        return Column.call("sum", column);
    }

    public static Column sum(String name) {
        return sum(col(name));
    }

    public static Column avg(Column column) {
        return Column.call("avg", column);
    }

    public static Column avg(String name) {
        return avg(col(name));
    }

    public static Column mean(Column column) {
        return Column.call("mean", column);
    }

    public static Column mean(String name) {
        return mean(col(name));
    }

    public static Column min(Column column) {
        return Column.call("min", column);
    }

    public static Column min(String name) {
        return min(col(name));
    }

    public static Column max(Column column) {
        return Column.call("max", column);
    }

    public static Column max(String name) {
        return max(col(name));
    }

    public static Column stddev(Column column) {
        return Column.call("stddev", column);
    }

    public static Column stddev(String name) {
        return stddev(col(name));
    }

    public static Column stddev_samp(Column column) {
        return Column.call("stddev_samp", column);
    }

    public static Column stddev_pop(Column column) {
        return Column.call("stddev_pop", column);
    }

    public static Column variance(Column column) {
        return Column.call("variance", column);
    }

    public static Column variance(String name) {
        return variance(col(name));
    }

    public static Column var_samp(Column column) {
        return Column.call("var_samp", column);
    }

    public static Column var_pop(Column column) {
        return Column.call("var_pop", column);
    }

    public static Column collect_list(Column column) {
        return Column.call("collect_list", column);
    }

    public static Column collect_list(String name) {
        return collect_list(col(name));
    }

    public static Column collect_set(Column column) {
        return Column.call("collect_set", column);
    }

    public static Column collect_set(String name) {
        return collect_set(col(name));
    }

    public static Column any_value(Column column) {
        return Column.call("any_value", column);
    }

    public static Column bool_and(Column column) {
        return Column.call("bool_and", column);
    }

    public static Column bool_or(Column column) {
        return Column.call("bool_or", column);
    }

    public static Column every(Column column) {
        return Column.call("every", column);
    }

    public static Column some(Column column) {
        return Column.call("some", column);
    }

    public static Column any(Column column) {
        return Column.call("any", column);
    }

    public static Column count_if(Column column) {
        return Column.call("count_if", column);
    }

    public static Column first_value(Column column) {
        return Column.call("first_value", column);
    }

    public static Column last_value(Column column) {
        return Column.call("last_value", column);
    }

    public static Column std(Column column) {
        return Column.call("std", column);
    }

    public static Column median(Column column) {
        return Column.call("median", column);
    }

    public static Column mode(Column column) {
        return Column.call("mode", column);
    }

    public static Column approx_count_distinct(Column column) {
        return Column.call("approx_count_distinct", column);
    }

    public static Column skewness(Column column) {
        return Column.call("skewness", column);
    }

    public static Column kurtosis(Column column) {
        return Column.call("kurtosis", column);
    }

    public static Column product(Column column) {
        return Column.call("product", column);
    }

    public static Column bit_and(Column column) {
        return Column.call("bit_and", column);
    }

    public static Column bit_or(Column column) {
        return Column.call("bit_or", column);
    }

    public static Column bit_xor(Column column) {
        return Column.call("bit_xor", column);
    }

    public static Column try_sum(Column column) {
        return Column.call("try_sum", column);
    }

    public static Column try_avg(Column column) {
        return Column.call("try_avg", column);
    }

    public static Column array_agg(Column column) {
        return Column.call("array_agg", column);
    }

    public static Column listagg(Column column) {
        return Column.call("listagg", column);
    }

    public static Column string_agg(Column column) {
        return Column.call("string_agg", column);
    }

    public static Column hll_sketch_agg(Column column) {
        return Column.call("hll_sketch_agg", column);
    }

    public static Column hll_union_agg(Column column) {
        return Column.call("hll_union_agg", column);
    }

    public static Column theta_sketch_agg(Column column) {
        return Column.call("theta_sketch_agg", column);
    }

    public static Column theta_union_agg(Column column) {
        return Column.call("theta_union_agg", column);
    }

    public static Column theta_intersection_agg(Column column) {
        return Column.call("theta_intersection_agg", column);
    }

    public static Column kll_sketch_agg_bigint(Column column) {
        return Column.call("kll_sketch_agg_bigint", column);
    }

    public static Column kll_sketch_agg_float(Column column) {
        return Column.call("kll_sketch_agg_float", column);
    }

    public static Column kll_sketch_agg_double(Column column) {
        return Column.call("kll_sketch_agg_double", column);
    }

    public static Column kll_merge_agg_bigint(Column column) {
        return Column.call("kll_merge_agg_bigint", column);
    }

    public static Column kll_merge_agg_float(Column column) {
        return Column.call("kll_merge_agg_float", column);
    }

    public static Column kll_merge_agg_double(Column column) {
        return Column.call("kll_merge_agg_double", column);
    }

    public static Column approx_top_k(Column column) {
        return Column.call("approx_top_k", column);
    }

    public static Column approx_count_distinct(String name) {
        return approx_count_distinct(col(name));
    }

    public static Column skewness(String name) {
        return skewness(col(name));
    }

    public static Column kurtosis(String name) {
        return kurtosis(col(name));
    }

    public static Column hll_sketch_agg(String name) {
        return hll_sketch_agg(col(name));
    }

    public static Column hll_union_agg(String name) {
        return hll_union_agg(col(name));
    }

    public static Column theta_sketch_agg(String name) {
        return theta_sketch_agg(col(name));
    }

    public static Column theta_union_agg(String name) {
        return theta_union_agg(col(name));
    }

    public static Column mode(Column column, boolean deterministic) {
        return Column.call("mode", column, lit(deterministic));
    }

    public static Column first_value(Column column, Column ignoreNulls) {
        return Column.call("first_value", column, ignoreNulls);
    }

    public static Column last_value(Column column, Column ignoreNulls) {
        return Column.call("last_value", column, ignoreNulls);
    }

    public static Column any_value(Column column, Column ignoreNulls) {
        return Column.call("any_value", column, ignoreNulls);
    }

    public static Column approx_count_distinct(Column column, double relativeSD) {
        return Column.call("approx_count_distinct", column, lit(relativeSD));
    }

    public static Column max_by(Column value, Column order) {
        return Column.call("max_by", value, order);
    }

    public static Column min_by(Column value, Column order) {
        return Column.call("min_by", value, order);
    }

    public static Column corr(Column first, Column second) {
        return Column.call("corr", first, second);
    }

    public static Column corr(String first, String second) {
        return corr(col(first), col(second));
    }

    public static Column covar_pop(Column first, Column second) {
        return Column.call("covar_pop", first, second);
    }

    public static Column covar_pop(String first, String second) {
        return covar_pop(col(first), col(second));
    }

    public static Column covar_samp(Column first, Column second) {
        return Column.call("covar_samp", first, second);
    }

    public static Column covar_samp(String first, String second) {
        return covar_samp(col(first), col(second));
    }

    public static Column regr_avgx(Column y, Column x) {
        return Column.call("regr_avgx", y, x);
    }

    public static Column regr_avgy(Column y, Column x) {
        return Column.call("regr_avgy", y, x);
    }

    public static Column regr_count(Column y, Column x) {
        return Column.call("regr_count", y, x);
    }

    public static Column regr_intercept(Column y, Column x) {
        return Column.call("regr_intercept", y, x);
    }

    public static Column regr_r2(Column y, Column x) {
        return Column.call("regr_r2", y, x);
    }

    public static Column regr_slope(Column y, Column x) {
        return Column.call("regr_slope", y, x);
    }

    public static Column regr_sxx(Column y, Column x) {
        return Column.call("regr_sxx", y, x);
    }

    public static Column regr_sxy(Column y, Column x) {
        return Column.call("regr_sxy", y, x);
    }

    public static Column regr_syy(Column y, Column x) {
        return Column.call("regr_syy", y, x);
    }

    public static Column percentile(Column column, Column share) {
        return Column.call("percentile", column, share);
    }

    public static Column percentile(Column column, Column share, Column frequency) {
        return Column.call("percentile", column, share, frequency);
    }

    public static Column percentile_approx(Column column, Column share, Column accuracy) {
        return Column.call("percentile_approx", column, share, accuracy);
    }

    public static Column approx_percentile(Column column, Column share, Column accuracy) {
        return Column.call("approx_percentile", column, share, accuracy);
    }

    public static Column histogram_numeric(Column column, Column bins) {
        return Column.call("histogram_numeric", column, bins);
    }

    public static Column listagg(Column column, Column delimiter) {
        return Column.call("listagg", column, delimiter);
    }

    public static Column listagg_distinct(Column column) {
        return distinct("listagg", column);
    }

    public static Column listagg_distinct(Column column, Column delimiter) {
        return distinct("listagg", column, delimiter);
    }

    public static Column string_agg(Column column, Column delimiter) {
        return Column.call("string_agg", column, delimiter);
    }

    public static Column string_agg_distinct(Column column) {
        return distinct("string_agg", column);
    }

    public static Column string_agg_distinct(Column column, Column delimiter) {
        return distinct("string_agg", column, delimiter);
    }

    public static Column hll_sketch_agg(Column column, int lgConfigK) {
        return Column.call("hll_sketch_agg", column, lit(lgConfigK));
    }

    public static Column hll_sketch_agg(Column column, Column lgConfigK) {
        return Column.call("hll_sketch_agg", column, lgConfigK);
    }

    public static Column hll_union_agg(Column column, boolean allowDifferentLgConfigK) {
        return Column.call("hll_union_agg", column, lit(allowDifferentLgConfigK));
    }

    public static Column theta_sketch_agg(Column column, int lgNomEntries) {
        return Column.call("theta_sketch_agg", column, lit(lgNomEntries));
    }

    public static Column theta_union_agg(Column column, int lgNomEntries) {
        return Column.call("theta_union_agg", column, lit(lgNomEntries));
    }

    public static Column kll_sketch_agg_bigint(Column column, int k) {
        return Column.call("kll_sketch_agg_bigint", column, lit(k));
    }

    public static Column kll_sketch_get_n_bigint(Column sketch) {
        return Column.call("kll_sketch_get_n_bigint", sketch);
    }

    public static Column kll_sketch_get_quantile_bigint(Column sketch, Column rank) {
        return Column.call("kll_sketch_get_quantile_bigint", sketch, rank);
    }

    public static Column kll_sketch_get_rank_bigint(Column sketch, Column value) {
        return Column.call("kll_sketch_get_rank_bigint", sketch, value);
    }

    public static Column kll_sketch_merge_bigint(Column first, Column second) {
        return Column.call("kll_sketch_merge_bigint", first, second);
    }

    public static Column kll_sketch_agg_float(Column column, int k) {
        return Column.call("kll_sketch_agg_float", column, lit(k));
    }

    public static Column kll_sketch_get_n_float(Column sketch) {
        return Column.call("kll_sketch_get_n_float", sketch);
    }

    public static Column kll_sketch_get_quantile_float(Column sketch, Column rank) {
        return Column.call("kll_sketch_get_quantile_float", sketch, rank);
    }

    public static Column kll_sketch_get_rank_float(Column sketch, Column value) {
        return Column.call("kll_sketch_get_rank_float", sketch, value);
    }

    public static Column kll_sketch_merge_float(Column first, Column second) {
        return Column.call("kll_sketch_merge_float", first, second);
    }

    public static Column kll_sketch_agg_double(Column column, int k) {
        return Column.call("kll_sketch_agg_double", column, lit(k));
    }

    public static Column kll_sketch_get_n_double(Column sketch) {
        return Column.call("kll_sketch_get_n_double", sketch);
    }

    public static Column kll_sketch_get_quantile_double(Column sketch, Column rank) {
        return Column.call("kll_sketch_get_quantile_double", sketch, rank);
    }

    public static Column kll_sketch_get_rank_double(Column sketch, Column value) {
        return Column.call("kll_sketch_get_rank_double", sketch, value);
    }

    public static Column kll_sketch_merge_double(Column first, Column second) {
        return Column.call("kll_sketch_merge_double", first, second);
    }

    public static Column approx_top_k(Column column, Column k) {
        return Column.call("approx_top_k", column, k);
    }

    public static Column approx_top_k(Column column, Column k, Column tracked) {
        return Column.call("approx_top_k", column, k, tracked);
    }

    public static Column hll_sketch_estimate(Column sketch) {
        return Column.call("hll_sketch_estimate", sketch);
    }

    public static Column hll_union(Column first, Column second) {
        return Column.call("hll_union", first, second);
    }

    public static Column hll_union(Column first, Column second, boolean allowDifferentLgConfigK) {
        return Column.call("hll_union", first, second, lit(allowDifferentLgConfigK));
    }

    public static Column theta_sketch_estimate(Column sketch) {
        return Column.call("theta_sketch_estimate", sketch);
    }

    public static Column theta_union(Column first, Column second) {
        return Column.call("theta_union", first, second);
    }

    public static Column theta_union(Column first, Column second, int lgNomEntries) {
        return Column.call("theta_union", first, second, lit(lgNomEntries));
    }

    public static Column theta_intersection(Column first, Column second) {
        return Column.call("theta_intersection", first, second);
    }

    public static Column theta_difference(Column first, Column second) {
        return Column.call("theta_difference", first, second);
    }

    public static Column grouping(String column) {
        return grouping(col(column));
    }

    public static Column grouping(Column column) {
        return Column.call("grouping", column);
    }

    public static Column grouping_id(Column... columns) {
        return Column.call("grouping_id", columns);
    }

    public static Column explode(Column column) {
        return Column.call("explode", column);
    }

    public static Column explode_outer(Column column) {
        return Column.call("explode_outer", column);
    }

    public static Column posexplode(Column column) {
        return Column.call("posexplode", column);
    }

    public static Column posexplode_outer(Column column) {
        return Column.call("posexplode_outer", column);
    }

    public static Column inline(Column column) {
        return Column.call("inline", column);
    }

    public static Column inline_outer(Column column) {
        return Column.call("inline_outer", column);
    }

    public static Column struct(Column... columns) {
        return Column.call("struct", columns);
    }

    public static Column struct(String name, String... more) {
        return struct(columns(name, more));
    }

    private static Column[] columns(String first, String... more) {
        return Stream.concat(Stream.of(first), Arrays.stream(more)).map(functions::col).toArray(Column[]::new);
    }

    private static Column[] columns(String[] names) {
        return Arrays.stream(names).map(functions::col).toArray(Column[]::new);
    }

    public static Column substring(Column text, int position, int length) {
        return Column.call("substring", text, lit(position), lit(length));
    }

    public static Column lpad(Column text, int length, String pad) {
        return Column.call("lpad", text, lit(length), lit(pad));
    }

    public static Column rpad(Column text, int length, String pad) {
        return Column.call("rpad", text, lit(length), lit(pad));
    }

    public static Column repeat(Column text, int times) {
        return Column.call("repeat", text, lit(times));
    }

    public static Column instr(Column text, String part) {
        return Column.call("instr", text, lit(part));
    }

    public static Column locate(String part, Column text) {
        return Column.call("locate", lit(part), text);
    }

    public static Column locate(String part, Column text, int position) {
        return Column.call("locate", lit(part), text, lit(position));
    }

    public static Column split(Column text, String pattern) {
        return Column.call("split", text, lit(pattern));
    }

    public static Column split(Column text, String pattern, int limit) {
        return Column.call("split", text, lit(pattern), lit(limit));
    }

    public static Column concat_ws(String separator, Column... columns) {
        return Column.call("concat_ws", with(columns, lit(separator)));
    }

    public static Column format_string(String format, Column... arguments) {
        return Column.call("format_string", with(arguments, lit(format)));
    }

    public static Column regexp_extract(Column text, String pattern, int group) {
        return Column.call("regexp_extract", text, lit(pattern), lit(group));
    }

    public static Column regexp_replace(Column text, String pattern, String replacement) {
        return Column.call("regexp_replace", text, lit(pattern), lit(replacement));
    }

    public static Column translate(Column text, String from, String to) {
        return Column.call("translate", text, lit(from), lit(to));
    }

    public static Column substring_index(Column text, String delimiter, int count) {
        return Column.call("substring_index", text, lit(delimiter), lit(count));
    }

    public static Column round(Column value, int scale) {
        return Column.call("round", value, lit(scale));
    }

    public static Column bround(Column value, int scale) {
        return Column.call("bround", value, lit(scale));
    }

    public static Column pow(Column base, double exponent) {
        return Column.call("pow", base, lit(exponent));
    }

    public static Column pow(String base, String exponent) {
        return pow(col(base), col(exponent));
    }

    public static Column pow(String base, double exponent) {
        return pow(col(base), exponent);
    }

    public static Column pow(double base, Column exponent) {
        return Column.call("pow", lit(base), exponent);
    }

    public static Column atan2(Column y, double x) {
        return Column.call("atan2", y, lit(x));
    }

    public static Column atan2(double y, Column x) {
        return Column.call("atan2", lit(y), x);
    }

    public static Column atan2(String y, String x) {
        return Column.call("atan2", col(y), col(x));
    }

    public static Column date_add(Column date, int days) {
        return Column.call("date_add", date, lit(days));
    }

    public static Column date_sub(Column date, int days) {
        return Column.call("date_sub", date, lit(days));
    }

    public static Column add_months(Column date, int months) {
        return Column.call("add_months", date, lit(months));
    }

    public static Column date_format(Column time, String format) {
        return Column.call("date_format", time, lit(format));
    }

    public static Column date_trunc(String unit, Column time) {
        return Column.call("date_trunc", lit(unit), time);
    }

    public static Column trunc(Column date, String unit) {
        return Column.call("trunc", date, lit(unit));
    }

    public static Column to_date(Column text, String format) {
        return Column.call("to_date", text, lit(format));
    }

    public static Column to_time(Column text) {
        return Column.call("to_time", text);
    }

    public static Column to_time(Column text, Column format) {
        return Column.call("to_time", text, format);
    }

    public static Column to_timestamp(Column text, String format) {
        return Column.call("to_timestamp", text, lit(format));
    }

    public static Column unix_timestamp(Column text, String format) {
        return Column.call("unix_timestamp", text, lit(format));
    }

    public static Column from_unixtime(Column seconds, String format) {
        return Column.call("from_unixtime", seconds, lit(format));
    }

    public static Column from_utc_timestamp(Column time, String zone) {
        return Column.call("from_utc_timestamp", time, lit(zone));
    }

    public static Column to_utc_timestamp(Column time, String zone) {
        return Column.call("to_utc_timestamp", time, lit(zone));
    }

    public static Column next_day(Column date, String day) {
        return Column.call("next_day", date, lit(day));
    }

    public static Column array_contains(Column array, @Nullable Object value) {
        return Column.call("array_contains", array, lit(value));
    }

    public static Column array_join(Column array, String separator) {
        return Column.call("array_join", array, lit(separator));
    }

    public static Column element_at(Column collection, Object key) {
        return Column.call("element_at", collection, lit(key));
    }

    public static Column get_json_object(Column json, String path) {
        return Column.call("get_json_object", json, lit(path));
    }

    public static Column sha2(Column value, int bits) {
        return Column.call("sha2", value, lit(bits));
    }

    /// As many rows as the first argument says, a constant.
    public static Column stack(Column... rowsAndCells) {
        return Column.call("stack", rowsAndCells);
    }

    // ---- functions of lambdas

    public static Column transform(Column array, Function<Column, Column> function) {
        return Column.call("transform", array, Lambdas.of(function));
    }

    /// The second parameter is the position, from 0.
    public static Column transform(Column array, BiFunction<Column, Column, Column> function) {
        return Column.call("transform", array, Lambdas.of(function));
    }

    public static Column filter(Column array, Function<Column, Column> condition) {
        return Column.call("filter", array, Lambdas.of(condition));
    }

    /// The second parameter is the position, from 0.
    public static Column filter(Column array, BiFunction<Column, Column, Column> condition) {
        return Column.call("filter", array, Lambdas.of(condition));
    }

    public static Column exists(Column array, Function<Column, Column> condition) {
        return Column.call("exists", array, Lambdas.of(condition));
    }

    public static Column forall(Column array, Function<Column, Column> condition) {
        return Column.call("forall", array, Lambdas.of(condition));
    }

    public static Column aggregate(Column array, Column start, BiFunction<Column, Column, Column> merge) {
        return Column.call("aggregate", array, start, Lambdas.of(merge));
    }

    public static Column aggregate(Column array, Column start, BiFunction<Column, Column, Column> merge,
            Function<Column, Column> finish) {
        return Column.call("aggregate", array, start, Lambdas.of(merge), Lambdas.of(finish));
    }

    public static Column reduce(Column array, Column start, BiFunction<Column, Column, Column> merge) {
        return Column.call("reduce", array, start, Lambdas.of(merge));
    }

    public static Column reduce(Column array, Column start, BiFunction<Column, Column, Column> merge,
            Function<Column, Column> finish) {
        return Column.call("reduce", array, start, Lambdas.of(merge), Lambdas.of(finish));
    }

    public static Column zip_with(Column left, Column right, BiFunction<Column, Column, Column> function) {
        return Column.call("zip_with", left, right, Lambdas.of(function));
    }

    public static Column array_sort(Column array, BiFunction<Column, Column, Column> comparator) {
        return Column.call("array_sort", array, Lambdas.of(comparator));
    }

    public static Column transform_keys(Column map, BiFunction<Column, Column, Column> function) {
        return Column.call("transform_keys", map, Lambdas.of(function));
    }

    public static Column transform_values(Column map, BiFunction<Column, Column, Column> function) {
        return Column.call("transform_values", map, Lambdas.of(function));
    }

    public static Column map_filter(Column map, BiFunction<Column, Column, Column> condition) {
        return Column.call("map_filter", map, Lambdas.of(condition));
    }

    /// The parameters are a key and its values in both maps.
    public static Column map_zip_with(Column left, Column right, Function3<Column, Column, Column, Column> function) {
        return Column.call("map_zip_with", left, right, Lambdas.of(function));
    }

    public static Column abs(Column c1) {
        return Column.call("abs", c1);
    }

    public static Column acos(Column c1) {
        return Column.call("acos", c1);
    }

    public static Column acosh(Column c1) {
        return Column.call("acosh", c1);
    }

    public static Column add_months(Column c1, Column c2) {
        return Column.call("add_months", c1, c2);
    }

    public static Column aes_decrypt(Column c1, Column c2) {
        return Column.call("aes_decrypt", c1, c2);
    }

    public static Column aes_decrypt(Column c1, Column c2, Column c3) {
        return Column.call("aes_decrypt", c1, c2, c3);
    }

    public static Column aes_decrypt(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("aes_decrypt", c1, c2, c3, c4);
    }

    public static Column aes_decrypt(Column c1, Column c2, Column c3, Column c4, Column c5) {
        return Column.call("aes_decrypt", c1, c2, c3, c4, c5);
    }

    public static Column aes_encrypt(Column c1, Column c2) {
        return Column.call("aes_encrypt", c1, c2);
    }

    public static Column aes_encrypt(Column c1, Column c2, Column c3) {
        return Column.call("aes_encrypt", c1, c2, c3);
    }

    public static Column aes_encrypt(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("aes_encrypt", c1, c2, c3, c4);
    }

    public static Column aes_encrypt(Column c1, Column c2, Column c3, Column c4, Column c5) {
        return Column.call("aes_encrypt", c1, c2, c3, c4, c5);
    }

    public static Column aes_encrypt(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6) {
        return Column.call("aes_encrypt", c1, c2, c3, c4, c5, c6);
    }

    public static Column array(Column... more) {
        return Column.call("array", more);
    }

    public static Column array(String first, String... more) {
        return array(columns(first, more));
    }

    public static Column array_append(Column c1, Column c2) {
        return Column.call("array_append", c1, c2);
    }

    public static Column array_append(Column array, @Nullable Object value) {
        return Column.call("array_append", array, lit(value));
    }

    public static Column array_compact(Column c1) {
        return Column.call("array_compact", c1);
    }

    public static Column array_contains(Column c1, Column c2) {
        return Column.call("array_contains", c1, c2);
    }

    public static Column array_distinct(Column c1) {
        return Column.call("array_distinct", c1);
    }

    public static Column array_except(Column c1, Column c2) {
        return Column.call("array_except", c1, c2);
    }

    public static Column array_insert(Column c1, Column c2, Column c3) {
        return Column.call("array_insert", c1, c2, c3);
    }

    public static Column array_intersect(Column c1, Column c2) {
        return Column.call("array_intersect", c1, c2);
    }

    public static Column array_join(Column c1, Column c2) {
        return Column.call("array_join", c1, c2);
    }

    public static Column array_join(Column c1, Column c2, Column c3) {
        return Column.call("array_join", c1, c2, c3);
    }

    public static Column array_max(Column c1) {
        return Column.call("array_max", c1);
    }

    public static Column array_min(Column c1) {
        return Column.call("array_min", c1);
    }

    public static Column array_position(Column c1, Column c2) {
        return Column.call("array_position", c1, c2);
    }

    public static Column array_position(Column array, @Nullable Object value) {
        return Column.call("array_position", array, lit(value));
    }

    public static Column array_prepend(Column c1, Column c2) {
        return Column.call("array_prepend", c1, c2);
    }

    public static Column array_prepend(Column array, @Nullable Object value) {
        return Column.call("array_prepend", array, lit(value));
    }

    public static Column array_remove(Column c1, Column c2) {
        return Column.call("array_remove", c1, c2);
    }

    public static Column array_remove(Column array, @Nullable Object value) {
        return Column.call("array_remove", array, lit(value));
    }

    public static Column array_repeat(Column c1, Column c2) {
        return Column.call("array_repeat", c1, c2);
    }

    public static Column array_repeat(Column value, int times) {
        return array_repeat(value, lit(times));
    }

    public static Column array_size(Column c1) {
        return Column.call("array_size", c1);
    }

    public static Column array_sort(Column c1) {
        return Column.call("array_sort", c1);
    }

    public static Column array_union(Column c1, Column c2) {
        return Column.call("array_union", c1, c2);
    }

    public static Column arrays_overlap(Column c1, Column c2) {
        return Column.call("arrays_overlap", c1, c2);
    }

    public static Column arrays_zip(Column... more) {
        return Column.call("arrays_zip", more);
    }

    public static Column ascii(Column c1) {
        return Column.call("ascii", c1);
    }

    public static Column asin(Column c1) {
        return Column.call("asin", c1);
    }

    public static Column asinh(Column c1) {
        return Column.call("asinh", c1);
    }

    public static Column assert_true(Column c1) {
        return Column.call("assert_true", c1);
    }

    public static Column assert_true(Column c1, Column c2) {
        return Column.call("assert_true", c1, c2);
    }

    public static Column atan(Column c1) {
        return Column.call("atan", c1);
    }

    public static Column atan2(Column c1, Column c2) {
        return Column.call("atan2", c1, c2);
    }

    public static Column atanh(Column c1) {
        return Column.call("atanh", c1);
    }

    public static Column base64(Column c1) {
        return Column.call("base64", c1);
    }

    public static Column bin(Column c1) {
        return Column.call("bin", c1);
    }

    public static Column bit_count(Column c1) {
        return Column.call("bit_count", c1);
    }

    public static Column bit_get(Column c1, Column c2) {
        return Column.call("bit_get", c1, c2);
    }

    public static Column bit_length(Column c1) {
        return Column.call("bit_length", c1);
    }

    public static Column bitmap_bit_position(Column c1) {
        return Column.call("bitmap_bit_position", c1);
    }

    public static Column bitmap_bucket_number(Column c1) {
        return Column.call("bitmap_bucket_number", c1);
    }

    public static Column bitmap_count(Column c1) {
        return Column.call("bitmap_count", c1);
    }

    public static Column bround(Column c1) {
        return Column.call("bround", c1);
    }

    public static Column bround(Column c1, Column c2) {
        return Column.call("bround", c1, c2);
    }

    public static Column btrim(Column c1) {
        return Column.call("btrim", c1);
    }

    public static Column btrim(Column c1, Column c2) {
        return Column.call("btrim", c1, c2);
    }

    public static Column cardinality(Column c1) {
        return Column.call("cardinality", c1);
    }

    public static Column cbrt(Column c1) {
        return Column.call("cbrt", c1);
    }

    public static Column ceil(Column c1) {
        return Column.call("ceil", c1);
    }

    public static Column ceil(Column c1, Column c2) {
        return Column.call("ceil", c1, c2);
    }

    public static Column ceiling(Column c1) {
        return Column.call("ceiling", c1);
    }

    public static Column ceiling(Column c1, Column c2) {
        return Column.call("ceiling", c1, c2);
    }

    public static Column char_length(Column c1) {
        return Column.call("char_length", c1);
    }

    public static Column character_length(Column c1) {
        return Column.call("character_length", c1);
    }

    public static Column charindex(Column c1, Column c2) {
        return Column.call("charindex", c1, c2);
    }

    public static Column charindex(Column c1, Column c2, Column c3) {
        return Column.call("charindex", c1, c2, c3);
    }

    public static Column chr(Column c1) {
        return Column.call("chr", c1);
    }

    /// The clock of the trigger, for conditions with which rows come and go: `col("ts").gt(clock().minus(expr("INTERVAL 1 HOUR")))`.
    public static Column clock() {
        return Column.call("clock");
    }

    public static Column coalesce(Column c1, Column... more) {
        return Column.call("coalesce", with(more, c1));
    }

    public static Column collate(Column text, String collation) {
        return Column.call("collate", text, lit(collation));
    }

    public static Column collation(Column c1) {
        return Column.call("collation", c1);
    }

    public static Column concat(Column... more) {
        return Column.call("concat", more);
    }

    public static Column concat_ws(Column c1, Column... more) {
        return Column.call("concat_ws", with(more, c1));
    }

    public static Column contains(Column c1, Column c2) {
        return Column.call("contains", c1, c2);
    }

    public static Column conv(Column c1, Column c2, Column c3) {
        return Column.call("conv", c1, c2, c3);
    }

    public static Column conv(Column number, int fromBase, int toBase) {
        return conv(number, lit(fromBase), lit(toBase));
    }

    public static Column convert_timezone(Column c1, Column c2) {
        return Column.call("convert_timezone", c1, c2);
    }

    public static Column convert_timezone(Column c1, Column c2, Column c3) {
        return Column.call("convert_timezone", c1, c2, c3);
    }

    public static Column cos(Column c1) {
        return Column.call("cos", c1);
    }

    public static Column cosh(Column c1) {
        return Column.call("cosh", c1);
    }

    public static Column cot(Column c1) {
        return Column.call("cot", c1);
    }

    public static Column crc32(Column c1) {
        return Column.call("crc32", c1);
    }

    public static Column csc(Column c1) {
        return Column.call("csc", c1);
    }

    public static Column curdate() {
        return Column.call("curdate");
    }

    public static Column current_catalog() {
        return Column.call("current_catalog");
    }

    public static Column current_database() {
        return Column.call("current_database");
    }

    public static Column current_date() {
        return Column.call("current_date");
    }

    public static Column current_path() {
        return Column.call("current_path");
    }

    public static Column current_schema() {
        return Column.call("current_schema");
    }

    public static Column current_timestamp() {
        return Column.call("current_timestamp");
    }

    public static Column current_time() {
        return Column.call("current_time");
    }

    public static Column current_time(int digits) {
        return Column.call("current_time", lit(digits));
    }

    public static Column current_timezone() {
        return Column.call("current_timezone");
    }

    public static Column current_user() {
        return Column.call("current_user");
    }

    public static Column date_add(Column c1, Column c2) {
        return Column.call("date_add", c1, c2);
    }

    public static Column date_add(Column c1, Column c2, Column c3) {
        return Column.call("date_add", c1, c2, c3);
    }

    public static Column date_diff(Column c1, Column c2) {
        return Column.call("date_diff", c1, c2);
    }

    public static Column date_diff(Column c1, Column c2, Column c3) {
        return Column.call("date_diff", c1, c2, c3);
    }

    public static Column date_format(Column c1, Column c2) {
        return Column.call("date_format", c1, c2);
    }

    public static Column date_from_unix_date(Column c1) {
        return Column.call("date_from_unix_date", c1);
    }

    public static Column date_part(Column c1, Column c2) {
        return Column.call("date_part", c1, c2);
    }

    public static Column date_sub(Column c1, Column c2) {
        return Column.call("date_sub", c1, c2);
    }

    public static Column date_trunc(Column c1, Column c2) {
        return Column.call("date_trunc", c1, c2);
    }

    public static Column dateadd(Column c1, Column c2) {
        return Column.call("dateadd", c1, c2);
    }

    public static Column dateadd(Column c1, Column c2, Column c3) {
        return Column.call("dateadd", c1, c2, c3);
    }

    public static Column datediff(Column c1, Column c2) {
        return Column.call("datediff", c1, c2);
    }

    public static Column datediff(Column c1, Column c2, Column c3) {
        return Column.call("datediff", c1, c2, c3);
    }

    public static Column datepart(Column c1, Column c2) {
        return Column.call("datepart", c1, c2);
    }

    public static Column day(Column c1) {
        return Column.call("day", c1);
    }

    public static Column dayname(Column c1) {
        return Column.call("dayname", c1);
    }

    public static Column dayofmonth(Column c1) {
        return Column.call("dayofmonth", c1);
    }

    public static Column dayofweek(Column c1) {
        return Column.call("dayofweek", c1);
    }

    public static Column dayofyear(Column c1) {
        return Column.call("dayofyear", c1);
    }

    public static Column decode(Column c1, Column c2) {
        return Column.call("decode", c1, c2);
    }

    public static Column degrees(Column c1) {
        return Column.call("degrees", c1);
    }

    public static Column e() {
        return Column.call("e");
    }

    public static Column element_at(Column c1, Column c2) {
        return Column.call("element_at", c1, c2);
    }

    public static Column elt(Column c1, Column... more) {
        return Column.call("elt", with(more, c1));
    }

    public static Column encode(Column c1, Column c2) {
        return Column.call("encode", c1, c2);
    }

    public static Column endswith(Column c1, Column c2) {
        return Column.call("endswith", c1, c2);
    }

    public static Column equal_null(Column c1, Column c2) {
        return Column.call("equal_null", c1, c2);
    }

    public static Column exp(Column c1) {
        return Column.call("exp", c1);
    }

    public static Column expm1(Column c1) {
        return Column.call("expm1", c1);
    }

    public static Column extract(Column c1, Column c2) {
        return Column.call("extract", c1, c2);
    }

    public static Column factorial(Column c1) {
        return Column.call("factorial", c1);
    }

    public static Column find_in_set(Column c1, Column c2) {
        return Column.call("find_in_set", c1, c2);
    }

    public static Column flatten(Column c1) {
        return Column.call("flatten", c1);
    }

    public static Column floor(Column c1) {
        return Column.call("floor", c1);
    }

    public static Column floor(Column c1, Column c2) {
        return Column.call("floor", c1, c2);
    }

    public static Column format_number(Column c1, Column c2) {
        return Column.call("format_number", c1, c2);
    }

    public static Column format_string(Column c1, Column... more) {
        return Column.call("format_string", with(more, c1));
    }

    public static Column from_csv(Column csv, DataType schema, Map<String, String> options) {
        return Column.call("from_csv", csv, lit(SchemaText.of(schema.toSpi())), options(options));
    }

    public static Column from_csv(Column csv, Column schema, Map<String, String> options) {
        return Column.call("from_csv", csv, schema, options(options));
    }

    public static Column from_json(Column json, String schema) {
        return Column.call("from_json", json, lit(schema));
    }

    public static Column from_json(Column json, String schema, Map<String, String> options) {
        return Column.call("from_json", json, lit(schema), options(options));
    }

    public static Column from_json(Column json, DataType schema) {
        return from_json(json, SchemaText.of(schema.toSpi()));
    }

    public static Column from_json(Column json, DataType schema, Map<String, String> options) {
        return from_json(json, SchemaText.of(schema.toSpi()), options);
    }

    public static Column from_json(Column json, Column schema) {
        return Column.call("from_json", json, schema);
    }

    public static Column from_unixtime(Column c1) {
        return Column.call("from_unixtime", c1);
    }

    public static Column from_unixtime(Column c1, Column c2) {
        return Column.call("from_unixtime", c1, c2);
    }

    public static Column from_utc_timestamp(Column c1, Column c2) {
        return Column.call("from_utc_timestamp", c1, c2);
    }

    public static Column get(Column c1, Column c2) {
        return Column.call("get", c1, c2);
    }

    public static Column get_json_object(Column c1, Column c2) {
        return Column.call("get_json_object", c1, c2);
    }

    public static Column getbit(Column c1, Column c2) {
        return Column.call("getbit", c1, c2);
    }

    public static Column greatest(Column c1, Column c2, Column... more) {
        return Column.call("greatest", with(more, c1, c2));
    }

    public static Column greatest(String first, String second, String... more) {
        return greatest(col(first), col(second), columns(more));
    }

    public static Column hash(Column... more) {
        return Column.call("hash", more);
    }

    public static Column hex(Column c1) {
        return Column.call("hex", c1);
    }

    public static Column hour(Column c1) {
        return Column.call("hour", c1);
    }

    public static Column hypot(Column c1, Column c2) {
        return Column.call("hypot", c1, c2);
    }

    public static Column ifnull(Column c1, Column c2) {
        return Column.call("ifnull", c1, c2);
    }

    public static Column ilike(Column c1, Column c2) {
        return Column.call("ilike", c1, c2);
    }

    public static Column ilike(Column c1, Column c2, Column c3) {
        return Column.call("ilike", c1, c2, c3);
    }

    public static Column initcap(Column c1) {
        return Column.call("initcap", c1);
    }

    public static Column instr(Column c1, Column c2) {
        return Column.call("instr", c1, c2);
    }

    public static Column is_valid_utf8(Column c1) {
        return Column.call("is_valid_utf8", c1);
    }

    public static Column is_valid_variant(Column c1) {
        return Column.call("is_valid_variant", c1);
    }

    public static Column is_variant_null(Column c1) {
        return Column.call("is_variant_null", c1);
    }

    public static Column isnan(Column c1) {
        return Column.call("isnan", c1);
    }

    public static Column isnotnull(Column c1) {
        return Column.call("isnotnull", c1);
    }

    public static Column isnull(Column c1) {
        return Column.call("isnull", c1);
    }

    public static Column json_array_length(Column c1) {
        return Column.call("json_array_length", c1);
    }

    public static Column json_object_keys(Column c1) {
        return Column.call("json_object_keys", c1);
    }

    public static Column json_tuple(Column json, String... names) {
        return Column.call("json_tuple",
                with(Arrays.stream(names).map(functions::lit).toArray(Column[]::new), json));
    }

    public static Column last_day(Column c1) {
        return Column.call("last_day", c1);
    }

    public static Column lcase(Column c1) {
        return Column.call("lcase", c1);
    }

    public static Column least(Column c1, Column c2, Column... more) {
        return Column.call("least", with(more, c1, c2));
    }

    public static Column least(String first, String second, String... more) {
        return least(col(first), col(second), columns(more));
    }

    public static Column left(Column c1, Column c2) {
        return Column.call("left", c1, c2);
    }

    public static Column len(Column c1) {
        return Column.call("len", c1);
    }

    public static Column length(Column c1) {
        return Column.call("length", c1);
    }

    public static Column levenshtein(Column c1, Column c2) {
        return Column.call("levenshtein", c1, c2);
    }

    public static Column levenshtein(Column c1, Column c2, Column c3) {
        return Column.call("levenshtein", c1, c2, c3);
    }

    public static Column ln(Column c1) {
        return Column.call("ln", c1);
    }

    public static Column localtimestamp() {
        return Column.call("localtimestamp");
    }

    public static Column locate(Column c1, Column c2) {
        return Column.call("locate", c1, c2);
    }

    public static Column locate(Column c1, Column c2, Column c3) {
        return Column.call("locate", c1, c2, c3);
    }

    public static Column log(Column c1) {
        return Column.call("log", c1);
    }

    public static Column log(Column c1, Column c2) {
        return Column.call("log", c1, c2);
    }

    public static Column log10(Column c1) {
        return Column.call("log10", c1);
    }

    public static Column log1p(Column c1) {
        return Column.call("log1p", c1);
    }

    public static Column log2(Column c1) {
        return Column.call("log2", c1);
    }

    public static Column lower(Column c1) {
        return Column.call("lower", c1);
    }

    public static Column lpad(Column c1, Column c2) {
        return Column.call("lpad", c1, c2);
    }

    public static Column lpad(Column c1, Column c2, Column c3) {
        return Column.call("lpad", c1, c2, c3);
    }

    public static Column ltrim(Column c1) {
        return Column.call("ltrim", c1);
    }

    public static Column ltrim(Column text, Column characters) {
        return Column.call("ltrim", characters, text); // SQL names the characters first
    }

    public static Column ltrim(Column text, String characters) {
        return ltrim(text, lit(characters));
    }

    public static Column luhn_check(Column c1) {
        return Column.call("luhn_check", c1);
    }

    public static Column make_date(Column c1, Column c2, Column c3) {
        return Column.call("make_date", c1, c2, c3);
    }

    public static Column make_dt_interval() {
        return Column.call("make_dt_interval");
    }

    public static Column make_dt_interval(Column c1) {
        return Column.call("make_dt_interval", c1);
    }

    public static Column make_dt_interval(Column c1, Column c2) {
        return Column.call("make_dt_interval", c1, c2);
    }

    public static Column make_dt_interval(Column c1, Column c2, Column c3) {
        return Column.call("make_dt_interval", c1, c2, c3);
    }

    public static Column make_dt_interval(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("make_dt_interval", c1, c2, c3, c4);
    }

    public static Column make_time(Column hour, Column minute, Column second) {
        return Column.call("make_time", hour, minute, second);
    }

    public static Column make_timestamp(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6) {
        return Column.call("make_timestamp", c1, c2, c3, c4, c5, c6);
    }

    public static Column make_timestamp(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6, Column c7) {
        return Column.call("make_timestamp", c1, c2, c3, c4, c5, c6, c7);
    }

    public static Column make_timestamp_ltz(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6) {
        return Column.call("make_timestamp_ltz", c1, c2, c3, c4, c5, c6);
    }

    public static Column make_timestamp_ltz(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6,
            Column c7) {
        return Column.call("make_timestamp_ltz", c1, c2, c3, c4, c5, c6, c7);
    }

    public static Column make_timestamp_ntz(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6) {
        return Column.call("make_timestamp_ntz", c1, c2, c3, c4, c5, c6);
    }

    public static Column make_valid_utf8(Column c1) {
        return Column.call("make_valid_utf8", c1);
    }

    public static Column make_ym_interval() {
        return Column.call("make_ym_interval");
    }

    public static Column make_ym_interval(Column c1) {
        return Column.call("make_ym_interval", c1);
    }

    public static Column make_ym_interval(Column c1, Column c2) {
        return Column.call("make_ym_interval", c1, c2);
    }

    public static Column map(Column c1, Column... more) {
        return Column.call("map", with(more, c1));
    }

    public static Column map_concat(Column... more) {
        return Column.call("map_concat", more);
    }

    public static Column map_contains_key(Column c1, Column c2) {
        return Column.call("map_contains_key", c1, c2);
    }

    public static Column map_contains_key(Column map, Object key) {
        return Column.call("map_contains_key", map, lit(key));
    }

    public static Column map_entries(Column c1) {
        return Column.call("map_entries", c1);
    }

    public static Column map_from_arrays(Column c1, Column c2) {
        return Column.call("map_from_arrays", c1, c2);
    }

    public static Column map_from_entries(Column c1) {
        return Column.call("map_from_entries", c1);
    }

    public static Column map_keys(Column c1) {
        return Column.call("map_keys", c1);
    }

    public static Column map_values(Column c1) {
        return Column.call("map_values", c1);
    }

    public static Column mask(Column c1) {
        return Column.call("mask", c1);
    }

    public static Column mask(Column c1, Column c2) {
        return Column.call("mask", c1, c2);
    }

    public static Column mask(Column c1, Column c2, Column c3) {
        return Column.call("mask", c1, c2, c3);
    }

    public static Column mask(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("mask", c1, c2, c3, c4);
    }

    public static Column mask(Column c1, Column c2, Column c3, Column c4, Column c5) {
        return Column.call("mask", c1, c2, c3, c4, c5);
    }

    public static Column md5(Column c1) {
        return Column.call("md5", c1);
    }

    public static Column mid(Column c1, Column c2) {
        return Column.call("mid", c1, c2);
    }

    public static Column mid(Column c1, Column c2, Column c3) {
        return Column.call("mid", c1, c2, c3);
    }

    public static Column minute(Column c1) {
        return Column.call("minute", c1);
    }

    public static Column mod(Column c1, Column c2) {
        return Column.call("mod", c1, c2);
    }

    public static Column month(Column c1) {
        return Column.call("month", c1);
    }

    public static Column monthname(Column c1) {
        return Column.call("monthname", c1);
    }

    public static Column months_between(Column c1, Column c2) {
        return Column.call("months_between", c1, c2);
    }

    public static Column months_between(Column c1, Column c2, Column c3) {
        return Column.call("months_between", c1, c2, c3);
    }

    public static Column named_struct(Column... more) {
        return Column.call("named_struct", more);
    }

    public static Column nanvl(Column c1, Column c2) {
        return Column.call("nanvl", c1, c2);
    }

    public static Column negative(Column c1) {
        return Column.call("negative", c1);
    }

    public static Column next_day(Column c1, Column c2) {
        return Column.call("next_day", c1, c2);
    }

    public static Column now() {
        return Column.call("now");
    }

    public static Column nullif(Column c1, Column c2) {
        return Column.call("nullif", c1, c2);
    }

    public static Column nullifzero(Column c1) {
        return Column.call("nullifzero", c1);
    }

    public static Column nvl(Column c1, Column c2) {
        return Column.call("nvl", c1, c2);
    }

    public static Column nvl2(Column c1, Column c2, Column c3) {
        return Column.call("nvl2", c1, c2, c3);
    }

    public static Column octet_length(Column c1) {
        return Column.call("octet_length", c1);
    }

    public static Column overlay(Column c1, Column c2, Column c3) {
        return Column.call("overlay", c1, c2, c3);
    }

    public static Column overlay(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("overlay", c1, c2, c3, c4);
    }

    public static Column parse_json(Column c1) {
        return Column.call("parse_json", c1);
    }

    public static Column parse_url(Column c1, Column c2) {
        return Column.call("parse_url", c1, c2);
    }

    public static Column parse_url(Column c1, Column c2, Column c3) {
        return Column.call("parse_url", c1, c2, c3);
    }

    public static Column pi() {
        return Column.call("pi");
    }

    public static Column pmod(Column c1, Column c2) {
        return Column.call("pmod", c1, c2);
    }

    public static Column position(Column c1, Column c2) {
        return Column.call("position", c1, c2);
    }

    public static Column position(Column c1, Column c2, Column c3) {
        return Column.call("position", c1, c2, c3);
    }

    public static Column positive(Column c1) {
        return Column.call("positive", c1);
    }

    public static Column pow(Column c1, Column c2) {
        return Column.call("pow", c1, c2);
    }

    public static Column power(Column c1, Column c2) {
        return Column.call("power", c1, c2);
    }

    public static Column printf(Column c1, Column... more) {
        return Column.call("printf", with(more, c1));
    }

    public static Column quarter(Column c1) {
        return Column.call("quarter", c1);
    }

    public static Column quote(Column c1) {
        return Column.call("quote", c1);
    }

    public static Column radians(Column c1) {
        return Column.call("radians", c1);
    }

    public static Column raise_error(Column c1) {
        return Column.call("raise_error", c1);
    }

    /// A number that no other row of a batch query has; a stream refuses it.
    public static Column monotonically_increasing_id() {
        return Column.call("monotonically_increasing_id");
    }

    public static Column rand() {
        return Column.call("rand");
    }

    public static Column rand(long seed) {
        return rand(lit(seed));
    }

    public static Column rand(Column c1) {
        return Column.call("rand", c1);
    }

    public static Column randn() {
        return Column.call("randn");
    }

    public static Column randn(long seed) {
        return randn(lit(seed));
    }

    public static Column randn(Column c1) {
        return Column.call("randn", c1);
    }

    public static Column random() {
        return Column.call("random");
    }

    public static Column random(Column c1) {
        return Column.call("random", c1);
    }

    public static Column randstr(Column c1) {
        return Column.call("randstr", c1);
    }

    public static Column randstr(Column c1, Column c2) {
        return Column.call("randstr", c1, c2);
    }

    public static Column regexp(Column c1, Column c2) {
        return Column.call("regexp", c1, c2);
    }

    public static Column regexp_count(Column c1, Column c2) {
        return Column.call("regexp_count", c1, c2);
    }

    public static Column regexp_extract(Column c1, Column c2) {
        return Column.call("regexp_extract", c1, c2);
    }

    public static Column regexp_extract(Column c1, Column c2, Column c3) {
        return Column.call("regexp_extract", c1, c2, c3);
    }

    public static Column regexp_extract_all(Column c1, Column c2) {
        return Column.call("regexp_extract_all", c1, c2);
    }

    public static Column regexp_extract_all(Column c1, Column c2, Column c3) {
        return Column.call("regexp_extract_all", c1, c2, c3);
    }

    public static Column regexp_instr(Column c1, Column c2) {
        return Column.call("regexp_instr", c1, c2);
    }

    public static Column regexp_instr(Column c1, Column c2, Column c3) {
        return Column.call("regexp_instr", c1, c2, c3);
    }

    public static Column regexp_like(Column c1, Column c2) {
        return Column.call("regexp_like", c1, c2);
    }

    public static Column regexp_replace(Column c1, Column c2, Column c3) {
        return Column.call("regexp_replace", c1, c2, c3);
    }

    public static Column regexp_replace(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("regexp_replace", c1, c2, c3, c4);
    }

    public static Column regexp_substr(Column c1, Column c2) {
        return Column.call("regexp_substr", c1, c2);
    }

    public static Column repeat(Column c1, Column c2) {
        return Column.call("repeat", c1, c2);
    }

    public static Column replace(Column c1, Column c2) {
        return Column.call("replace", c1, c2);
    }

    public static Column replace(Column c1, Column c2, Column c3) {
        return Column.call("replace", c1, c2, c3);
    }

    public static Column reverse(Column c1) {
        return Column.call("reverse", c1);
    }

    public static Column right(Column c1, Column c2) {
        return Column.call("right", c1, c2);
    }

    public static Column rint(Column c1) {
        return Column.call("rint", c1);
    }

    public static Column round(Column c1) {
        return Column.call("round", c1);
    }

    public static Column round(Column c1, Column c2) {
        return Column.call("round", c1, c2);
    }

    public static Column rpad(Column c1, Column c2) {
        return Column.call("rpad", c1, c2);
    }

    public static Column rpad(Column c1, Column c2, Column c3) {
        return Column.call("rpad", c1, c2, c3);
    }

    public static Column rtrim(Column c1) {
        return Column.call("rtrim", c1);
    }

    public static Column rtrim(Column text, Column characters) {
        return Column.call("rtrim", characters, text); // SQL names the characters first
    }

    public static Column rtrim(Column text, String characters) {
        return rtrim(text, lit(characters));
    }

    public static Column schema_of_csv(String csv) {
        return Column.call("schema_of_csv", lit(csv));
    }

    public static Column schema_of_csv(Column csv) {
        return Column.call("schema_of_csv", csv);
    }

    public static Column schema_of_csv(Column csv, Map<String, String> options) {
        return Column.call("schema_of_csv", csv, options(options));
    }

    public static Column schema_of_json(String json) {
        return Column.call("schema_of_json", lit(json));
    }

    public static Column schema_of_json(Column json) {
        return Column.call("schema_of_json", json);
    }

    public static Column schema_of_json(Column json, Map<String, String> options) {
        return Column.call("schema_of_json", json, options(options));
    }

    public static Column schema_of_variant(Column c1) {
        return Column.call("schema_of_variant", c1);
    }

    public static Column sec(Column c1) {
        return Column.call("sec", c1);
    }

    public static Column second(Column c1) {
        return Column.call("second", c1);
    }

    public static Column sentences(Column c1) {
        return Column.call("sentences", c1);
    }

    public static Column sentences(Column c1, Column c2) {
        return Column.call("sentences", c1, c2);
    }

    public static Column sentences(Column c1, Column c2, Column c3) {
        return Column.call("sentences", c1, c2, c3);
    }

    public static Column sequence(Column c1, Column c2) {
        return Column.call("sequence", c1, c2);
    }

    public static Column sequence(Column c1, Column c2, Column c3) {
        return Column.call("sequence", c1, c2, c3);
    }

    public static Column session_user() {
        return Column.call("session_user");
    }

    public static Column sha(Column c1) {
        return Column.call("sha", c1);
    }

    public static Column sha1(Column c1) {
        return Column.call("sha1", c1);
    }

    public static Column sha2(Column c1, Column c2) {
        return Column.call("sha2", c1, c2);
    }

    public static Column shiftleft(Column c1, Column c2) {
        return Column.call("shiftleft", c1, c2);
    }

    public static Column shiftleft(Column number, int bits) {
        return shiftleft(number, lit(bits));
    }

    public static Column shiftright(Column c1, Column c2) {
        return Column.call("shiftright", c1, c2);
    }

    public static Column shiftright(Column number, int bits) {
        return shiftright(number, lit(bits));
    }

    public static Column shiftrightunsigned(Column c1, Column c2) {
        return Column.call("shiftrightunsigned", c1, c2);
    }

    public static Column shiftrightunsigned(Column number, int bits) {
        return shiftrightunsigned(number, lit(bits));
    }

    public static Column shuffle(Column c1) {
        return Column.call("shuffle", c1);
    }

    public static Column shuffle(Column c1, Column c2) {
        return Column.call("shuffle", c1, c2);
    }

    public static Column sign(Column c1) {
        return Column.call("sign", c1);
    }

    public static Column signum(Column c1) {
        return Column.call("signum", c1);
    }

    public static Column sin(Column c1) {
        return Column.call("sin", c1);
    }

    public static Column sinh(Column c1) {
        return Column.call("sinh", c1);
    }

    public static Column size(Column c1) {
        return Column.call("size", c1);
    }

    public static Column slice(Column c1, Column c2, Column c3) {
        return Column.call("slice", c1, c2, c3);
    }

    public static Column slice(Column array, int start, int length) {
        return slice(array, lit(start), lit(length));
    }

    public static Column sort_array(Column c1) {
        return Column.call("sort_array", c1);
    }

    public static Column sort_array(Column array, boolean ascending) {
        return sort_array(array, lit(ascending));
    }

    public static Column sort_array(Column c1, Column c2) {
        return Column.call("sort_array", c1, c2);
    }

    public static Column soundex(Column c1) {
        return Column.call("soundex", c1);
    }

    public static Column space(Column c1) {
        return Column.call("space", c1);
    }

    public static Column split(Column c1, Column c2) {
        return Column.call("split", c1, c2);
    }

    public static Column split(Column c1, Column c2, Column c3) {
        return Column.call("split", c1, c2, c3);
    }

    public static Column split_part(Column c1, Column c2, Column c3) {
        return Column.call("split_part", c1, c2, c3);
    }

    public static Column sqrt(Column c1) {
        return Column.call("sqrt", c1);
    }

    public static Column sqrt(String name) {
        return sqrt(col(name));
    }

    public static Column startswith(Column c1, Column c2) {
        return Column.call("startswith", c1, c2);
    }

    public static Column str_to_map(Column c1) {
        return Column.call("str_to_map", c1);
    }

    public static Column str_to_map(Column c1, Column c2) {
        return Column.call("str_to_map", c1, c2);
    }

    public static Column str_to_map(Column c1, Column c2, Column c3) {
        return Column.call("str_to_map", c1, c2, c3);
    }

    public static Column substr(Column c1, Column c2) {
        return Column.call("substr", c1, c2);
    }

    public static Column substr(Column c1, Column c2, Column c3) {
        return Column.call("substr", c1, c2, c3);
    }

    public static Column substring(Column c1, Column c2) {
        return Column.call("substring", c1, c2);
    }

    public static Column substring(Column c1, Column c2, Column c3) {
        return Column.call("substring", c1, c2, c3);
    }

    public static Column substring_index(Column c1, Column c2, Column c3) {
        return Column.call("substring_index", c1, c2, c3);
    }

    public static Column tan(Column c1) {
        return Column.call("tan", c1);
    }

    public static Column tanh(Column c1) {
        return Column.call("tanh", c1);
    }

    public static Column time_bucket(Column c1, Column c2) {
        return Column.call("time_bucket", c1, c2);
    }

    public static Column time_bucket(Column c1, Column c2, Column c3) {
        return Column.call("time_bucket", c1, c2, c3);
    }

    public static Column timediff(Column c1, Column c2, Column c3) {
        return Column.call("timediff", c1, c2, c3);
    }

    public static Column timestamp_micros(Column c1) {
        return Column.call("timestamp_micros", c1);
    }

    public static Column timestamp_millis(Column c1) {
        return Column.call("timestamp_millis", c1);
    }

    public static Column timestamp_seconds(Column c1) {
        return Column.call("timestamp_seconds", c1);
    }

    public static Column timestampadd(Column c1, Column c2, Column c3) {
        return Column.call("timestampadd", c1, c2, c3);
    }

    public static Column time_diff(Column unit, Column start, Column end) {
        return Column.call("time_diff", unit, start, end);
    }

    public static Column time_from_micros(Column c1) {
        return Column.call("time_from_micros", c1);
    }

    public static Column time_from_millis(Column c1) {
        return Column.call("time_from_millis", c1);
    }

    public static Column time_from_seconds(Column c1) {
        return Column.call("time_from_seconds", c1);
    }

    public static Column time_to_micros(Column c1) {
        return Column.call("time_to_micros", c1);
    }

    public static Column time_to_millis(Column c1) {
        return Column.call("time_to_millis", c1);
    }

    public static Column time_to_seconds(Column c1) {
        return Column.call("time_to_seconds", c1);
    }

    public static Column time_trunc(Column unit, Column time) {
        return Column.call("time_trunc", unit, time);
    }

    public static Column timestampdiff(Column c1, Column c2, Column c3) {
        return Column.call("timestampdiff", c1, c2, c3);
    }

    public static Column to_binary(Column c1) {
        return Column.call("to_binary", c1);
    }

    public static Column to_binary(Column c1, Column c2) {
        return Column.call("to_binary", c1, c2);
    }

    public static Column to_char(Column c1, Column c2) {
        return Column.call("to_char", c1, c2);
    }

    public static Column to_csv(Column struct) {
        return Column.call("to_csv", struct);
    }

    public static Column to_csv(Column struct, Map<String, String> options) {
        return Column.call("to_csv", struct, options(options));
    }

    public static Column to_date(Column c1) {
        return Column.call("to_date", c1);
    }

    public static Column to_date(Column c1, Column c2) {
        return Column.call("to_date", c1, c2);
    }

    public static Column to_json(Column value) {
        return Column.call("to_json", value);
    }

    public static Column to_json(Column value, Map<String, String> options) {
        return Column.call("to_json", value, options(options));
    }

    public static Column to_number(Column c1, Column c2) {
        return Column.call("to_number", c1, c2);
    }

    public static Column to_timestamp(Column c1) {
        return Column.call("to_timestamp", c1);
    }

    public static Column to_timestamp(Column c1, Column c2) {
        return Column.call("to_timestamp", c1, c2);
    }

    public static Column to_timestamp_ltz(Column c1) {
        return Column.call("to_timestamp_ltz", c1);
    }

    public static Column to_timestamp_ltz(Column c1, Column c2) {
        return Column.call("to_timestamp_ltz", c1, c2);
    }

    public static Column to_timestamp_ntz(Column c1) {
        return Column.call("to_timestamp_ntz", c1);
    }

    public static Column to_timestamp_ntz(Column c1, Column c2) {
        return Column.call("to_timestamp_ntz", c1, c2);
    }

    public static Column to_unix_timestamp(Column c1) {
        return Column.call("to_unix_timestamp", c1);
    }

    public static Column to_unix_timestamp(Column c1, Column c2) {
        return Column.call("to_unix_timestamp", c1, c2);
    }

    public static Column to_utc_timestamp(Column c1, Column c2) {
        return Column.call("to_utc_timestamp", c1, c2);
    }

    public static Column to_varchar(Column c1, Column c2) {
        return Column.call("to_varchar", c1, c2);
    }

    public static Column to_variant_object(Column c1) {
        return Column.call("to_variant_object", c1);
    }

    public static Column translate(Column c1, Column c2, Column c3) {
        return Column.call("translate", c1, c2, c3);
    }

    public static Column trim(Column c1) {
        return Column.call("trim", c1);
    }

    public static Column trim(Column text, Column characters) {
        return Column.call("trim", characters, text); // SQL names the characters first
    }

    public static Column trim(Column text, String characters) {
        return trim(text, lit(characters));
    }

    public static Column trunc(Column c1, Column c2) {
        return Column.call("trunc", c1, c2);
    }

    public static Column try_add(Column c1, Column c2) {
        return Column.call("try_add", c1, c2);
    }

    public static Column try_aes_decrypt(Column c1, Column c2) {
        return Column.call("try_aes_decrypt", c1, c2);
    }

    public static Column try_aes_decrypt(Column c1, Column c2, Column c3) {
        return Column.call("try_aes_decrypt", c1, c2, c3);
    }

    public static Column try_aes_decrypt(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("try_aes_decrypt", c1, c2, c3, c4);
    }

    public static Column try_aes_decrypt(Column c1, Column c2, Column c3, Column c4, Column c5) {
        return Column.call("try_aes_decrypt", c1, c2, c3, c4, c5);
    }

    public static Column try_divide(Column c1, Column c2) {
        return Column.call("try_divide", c1, c2);
    }

    public static Column try_element_at(Column c1, Column c2) {
        return Column.call("try_element_at", c1, c2);
    }

    public static Column try_make_timestamp(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6) {
        return Column.call("try_make_timestamp", c1, c2, c3, c4, c5, c6);
    }

    public static Column try_make_timestamp(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6,
            Column c7) {
        return Column.call("try_make_timestamp", c1, c2, c3, c4, c5, c6, c7);
    }

    public static Column try_make_timestamp_ltz(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6) {
        return Column.call("try_make_timestamp_ltz", c1, c2, c3, c4, c5, c6);
    }

    public static Column try_make_timestamp_ltz(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6,
            Column c7) {
        return Column.call("try_make_timestamp_ltz", c1, c2, c3, c4, c5, c6, c7);
    }

    public static Column try_make_timestamp_ntz(Column c1, Column c2, Column c3, Column c4, Column c5, Column c6) {
        return Column.call("try_make_timestamp_ntz", c1, c2, c3, c4, c5, c6);
    }

    public static Column try_mod(Column c1, Column c2) {
        return Column.call("try_mod", c1, c2);
    }

    public static Column try_multiply(Column c1, Column c2) {
        return Column.call("try_multiply", c1, c2);
    }

    public static Column try_parse_json(Column c1) {
        return Column.call("try_parse_json", c1);
    }

    public static Column try_parse_url(Column c1, Column c2) {
        return Column.call("try_parse_url", c1, c2);
    }

    public static Column try_parse_url(Column c1, Column c2, Column c3) {
        return Column.call("try_parse_url", c1, c2, c3);
    }

    public static Column try_subtract(Column c1, Column c2) {
        return Column.call("try_subtract", c1, c2);
    }

    public static Column try_to_binary(Column c1) {
        return Column.call("try_to_binary", c1);
    }

    public static Column try_to_binary(Column c1, Column c2) {
        return Column.call("try_to_binary", c1, c2);
    }

    public static Column try_to_date(Column c1) {
        return Column.call("try_to_date", c1);
    }

    public static Column try_to_date(Column c1, Column c2) {
        return Column.call("try_to_date", c1, c2);
    }

    public static Column try_to_number(Column c1, Column c2) {
        return Column.call("try_to_number", c1, c2);
    }

    public static Column try_to_time(Column text) {
        return Column.call("try_to_time", text);
    }

    public static Column try_to_time(Column text, Column format) {
        return Column.call("try_to_time", text, format);
    }

    public static Column try_to_timestamp(Column c1) {
        return Column.call("try_to_timestamp", c1);
    }

    public static Column try_to_timestamp(Column c1, Column c2) {
        return Column.call("try_to_timestamp", c1, c2);
    }

    public static Column try_url_decode(Column c1) {
        return Column.call("try_url_decode", c1);
    }

    public static Column try_validate_utf8(Column c1) {
        return Column.call("try_validate_utf8", c1);
    }

    public static Column try_variant_get(Column variant, String path, String type) {
        return Column.call("try_variant_get", variant, lit(path), lit(type));
    }

    public static Column typeof(Column c1) {
        return Column.call("typeof", c1);
    }

    public static Column ucase(Column c1) {
        return Column.call("ucase", c1);
    }

    public static Column unbase64(Column c1) {
        return Column.call("unbase64", c1);
    }

    public static Column unhex(Column c1) {
        return Column.call("unhex", c1);
    }

    public static Column uniform(Column c1, Column c2) {
        return Column.call("uniform", c1, c2);
    }

    public static Column uniform(Column c1, Column c2, Column c3) {
        return Column.call("uniform", c1, c2, c3);
    }

    public static Column unix_date(Column c1) {
        return Column.call("unix_date", c1);
    }

    public static Column unix_micros(Column c1) {
        return Column.call("unix_micros", c1);
    }

    public static Column unix_millis(Column c1) {
        return Column.call("unix_millis", c1);
    }

    public static Column unix_seconds(Column c1) {
        return Column.call("unix_seconds", c1);
    }

    public static Column unix_timestamp() {
        return Column.call("unix_timestamp");
    }

    public static Column unix_timestamp(Column c1) {
        return Column.call("unix_timestamp", c1);
    }

    public static Column unix_timestamp(Column c1, Column c2) {
        return Column.call("unix_timestamp", c1, c2);
    }

    public static Column upper(Column c1) {
        return Column.call("upper", c1);
    }

    public static Column url_decode(Column c1) {
        return Column.call("url_decode", c1);
    }

    public static Column url_encode(Column c1) {
        return Column.call("url_encode", c1);
    }

    public static Column user() {
        return Column.call("user");
    }

    public static Column uuid() {
        return Column.call("uuid");
    }

    public static Column validate_utf8(Column c1) {
        return Column.call("validate_utf8", c1);
    }

    public static Column variant_get(Column variant, String path, String type) {
        return Column.call("variant_get", variant, lit(path), lit(type));
    }

    public static Column vector_cosine_similarity(Column c1, Column c2) {
        return Column.call("vector_cosine_similarity", c1, c2);
    }

    public static Column vector_inner_product(Column c1, Column c2) {
        return Column.call("vector_inner_product", c1, c2);
    }

    public static Column vector_l2_distance(Column c1, Column c2) {
        return Column.call("vector_l2_distance", c1, c2);
    }

    public static Column vector_norm(Column c1) {
        return Column.call("vector_norm", c1);
    }

    public static Column vector_norm(Column c1, Column c2) {
        return Column.call("vector_norm", c1, c2);
    }

    public static Column vector_normalize(Column c1) {
        return Column.call("vector_normalize", c1);
    }

    public static Column vector_normalize(Column c1, Column c2) {
        return Column.call("vector_normalize", c1, c2);
    }

    public static Column version() {
        return Column.call("version");
    }

    public static Column weekday(Column c1) {
        return Column.call("weekday", c1);
    }

    public static Column weekofyear(Column c1) {
        return Column.call("weekofyear", c1);
    }

    public static Column width_bucket(Column c1, Column c2, Column c3, Column c4) {
        return Column.call("width_bucket", c1, c2, c3, c4);
    }

    public static Column xpath(Column c1, Column c2) {
        return Column.call("xpath", c1, c2);
    }

    public static Column xpath_boolean(Column c1, Column c2) {
        return Column.call("xpath_boolean", c1, c2);
    }

    public static Column xpath_double(Column c1, Column c2) {
        return Column.call("xpath_double", c1, c2);
    }

    public static Column xpath_float(Column c1, Column c2) {
        return Column.call("xpath_float", c1, c2);
    }

    public static Column xpath_int(Column c1, Column c2) {
        return Column.call("xpath_int", c1, c2);
    }

    public static Column xpath_long(Column c1, Column c2) {
        return Column.call("xpath_long", c1, c2);
    }

    public static Column xpath_number(Column c1, Column c2) {
        return Column.call("xpath_number", c1, c2);
    }

    public static Column xpath_short(Column c1, Column c2) {
        return Column.call("xpath_short", c1, c2);
    }

    public static Column xpath_string(Column c1, Column c2) {
        return Column.call("xpath_string", c1, c2);
    }

    public static Column xxhash64(Column... more) {
        return Column.call("xxhash64", more);
    }

    public static Column year(Column c1) {
        return Column.call("year", c1);
    }

    public static Column zeroifnull(Column c1) {
        return Column.call("zeroifnull", c1);
    }

}
