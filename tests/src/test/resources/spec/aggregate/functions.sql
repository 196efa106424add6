-- The aggregates in a batch query.
CREATE TABLE t (k STRING, n INT, x DOUBLE, s STRING, b BOOLEAN, ts TIMESTAMP) USING memory;
INSERT INTO t VALUES ('a', 1, 1.0, 'x', true, TIMESTAMP '2026-01-01 00:00:00'), ('a', 2, 2.5, 'y', false, TIMESTAMP '2026-01-02 00:00:00'), ('a', 2, 4.0, 'x', NULL, TIMESTAMP '2026-01-03 00:00:00'), ('a', NULL, 8.0, NULL, true, NULL), ('b', 7, NULL, 'z', true, NULL);
SELECT k, max_by(s, n), min_by(s, n), max_by(n, s), min_by(x, ts), max_by(k, ts) FROM t GROUP BY k ORDER BY k;
--> a, y, x, 2, 1.0, a
--> b, z, z, 7, NULL, NULL
SELECT k, bit_and(n), bit_or(n), bit_xor(n), bool_and(b), every(b), bool_or(b), some(b), any(b) FROM t GROUP BY k ORDER BY k;
--> a, 0, 3, 1, false, false, true, true, true
--> b, 7, 7, 7, true, true, true, true, true
SELECT k, round(corr(n, x), 6), round(covar_pop(n, x), 6), round(covar_samp(n, x), 6) FROM t GROUP BY k ORDER BY k;
--> a, 0.866025, 0.5, 0.75
--> b, NULL, NULL, NULL
SELECT regr_count(n, x), regr_avgx(n, x), round(regr_avgy(n, x), 6), regr_sxx(n, x), round(regr_sxy(n, x), 6), round(regr_syy(n, x), 6) FROM t;
--> 3, 2.5, 1.666667, 4.5, 1.5, 0.666667
SELECT round(regr_slope(n, x), 6), round(regr_intercept(n, x), 6), round(regr_r2(n, x), 6) FROM t;
--> 0.333333, 0.833333, 0.75
SELECT round(skewness(x), 6), round(kurtosis(x), 6), stddev(x) IS NOT NULL, product(x) FROM t;
--> 0.618342, -1.044122, true, 80.0
SELECT k, median(x), percentile(x, 0.25), percentile(x, array(0.0, 0.5, 1.0)), percentile(x, 0.5, n) FROM t GROUP BY k ORDER BY k;
--> a, 3.25, 2.125, [1.0, 3.25, 8.0], 2.5
--> b, NULL, NULL, NULL, NULL
SELECT percentile_cont(0.25) WITHIN GROUP (ORDER BY x), percentile_cont(0.25) WITHIN GROUP (ORDER BY x DESC), percentile_disc(0.25) WITHIN GROUP (ORDER BY x), percentile_disc(array(0.5, 1)) WITHIN GROUP (ORDER BY x DESC) FROM t;
--> 2.125, 5.0, 1.0, [4.0, 1.0]
SELECT percentile_approx(n, 0.5), approx_percentile(n, array(0.1, 0.9), 100), percentile_approx(ts, 0.5) FROM t;
--> 2, [1, 7], 2026-01-02 00:00
SELECT mode(n), mode(s), mode(k, true), mode() WITHIN GROUP (ORDER BY b DESC) FROM t;
--> 2, x, a, true
SELECT k, listagg(s), string_agg(s, '|'), listagg(DISTINCT s, ',') WITHIN GROUP (ORDER BY s DESC), listagg(s, ',') WITHIN GROUP (ORDER BY x DESC) FROM t GROUP BY k ORDER BY k;
--> a, xyx, x|y|x, y,x, x,y,x
--> b, z, z, z, z
SELECT array_agg(n ORDER BY x DESC), collect_list(s) WITHIN GROUP (ORDER BY n NULLS LAST, x DESC), array_agg(DISTINCT n) FROM t;
--> [2, 2, 1, 7], [x, x, y, z], [1, 2, 7]
SELECT count_if(n > 1), first_value(n), last_value(n), last_value(n) IGNORE NULLS, any_value(k) FROM t;
--> 3, 1, 7, 7, a
SELECT try_sum(n), try_avg(n), sum(n) FILTER (WHERE b), median(x) FILTER (WHERE k = 'a'), percentile(DISTINCT n, 0.5) FROM t;
--> 12, 3.0, 8, 3.25, 2.0
SELECT try_sum(v) FROM VALUES (9223372036854775807L), (1L) AS big(v);
--> NULL
SELECT histogram_numeric(x, 3) FROM t;
--> [[1.75,2.0], [4.0,1.0], [8.0,1.0]]
SELECT approx_top_k(s, 2), approx_count_distinct(s), approx_count_distinct(DISTINCT n, 0.1) FROM t;
--> [[x,2], [null,1]], 3, 3
SELECT k, b, grouping(k), grouping_id(k, b), median(x), mode(n), max_by(s, x), listagg(s, ',') WITHIN GROUP (ORDER BY x) FROM t GROUP BY CUBE (k, b) ORDER BY 4, 1, 2;
--> a, NULL, 0, 0, 4.0, 2, x, x
--> a, false, 0, 0, 2.5, 2, y, y
--> a, true, 0, 0, 4.5, 1, NULL, x
--> b, true, 0, 0, NULL, 7, NULL, z
--> a, NULL, 0, 1, 3.25, 2, NULL, x,y,x
--> b, NULL, 0, 1, NULL, 7, NULL, z
--> NULL, NULL, 1, 2, 4.0, 2, x, x
--> NULL, false, 1, 2, 2.5, 2, y, y
--> NULL, true, 1, 2, 4.5, 1, NULL, z,x
--> NULL, NULL, 1, 3, 3.25, 2, NULL, z,x,y,x
SELECT median(v), percentile_cont(0.5) WITHIN GROUP (ORDER BY v), mode(v) FROM VALUES (INTERVAL '1' DAY), (INTERVAL '2' DAY) AS i(v);
--> PT36H, PT36H, PT24H
SELECT median(n), mode(n), max_by(n, x), listagg(s), corr(n, x), bit_and(n), approx_count_distinct(n), regr_count(n, x), approx_top_k(n), product(x), collect_list(n) FROM t WHERE false;
--> NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, [], NULL, []
-- A constant stays one beside what must be computed once a row.
SELECT k, percentile(n, 0.25), max(rand(1)) < 1 FROM t GROUP BY k ORDER BY k;
--> a, 1.5, true
--> b, 7.0, true
-- What is wrong is said.
SELECT percentile(x, n) FROM t;
--> error THW-3260: An argument of percentile() must be a constant, the same for all rows, such as 0.5. Write it as a literal.
SELECT percentile(x, 1.5) FROM t;
--> error THW-3262: percentile() takes a share between 0 and 1, not 1.5. The median is 0.5.
SELECT percentile_cont(0.5) FROM t;
--> error THW-1201: percentile_cont needs the order of its values (line 1, column 8).
SELECT listagg(DISTINCT s) WITHIN GROUP (ORDER BY x) FROM t;
--> error THW-3261: listagg(DISTINCT …) is ordered by something else than its values, so that a value has no one place. Order by the values themselves, or leave DISTINCT out.
SELECT sum(n) WITHIN GROUP (ORDER BY x) FROM t;
--> error THW-3128: ORDER BY inside sum() is not supported (line 1, column 8).
SELECT max_by(n) FROM t;
--> error THW-1201: Function 'max_by' does not take 1 arguments (line 1, column 8).
SELECT bit_and(x) FROM t;
--> error THW-1201: Function 'bit_and' does not take a DOUBLE (line 1, column 8).
