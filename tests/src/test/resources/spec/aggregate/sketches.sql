-- Sketches are made, put together and asked.
CREATE TABLE t (k STRING, n INT, s STRING) USING memory;
INSERT INTO t VALUES ('a', 1, 'x'), ('a', 2, 'y'), ('a', 2, 'x'), ('b', 2, ''), ('b', 3, NULL);
SELECT k, approx_count_distinct(n), approx_count_distinct(s, 0.01) FROM t GROUP BY k ORDER BY k;
--> a, 2, 2
--> b, 2, 1
SELECT hll_sketch_estimate(hll_sketch_agg(n)), hll_sketch_estimate(hll_sketch_agg(s, 8)) FROM t;
--> 3, 2
SELECT hll_sketch_estimate(hll_union_agg(h)) FROM (SELECT k, hll_sketch_agg(n) AS h FROM t GROUP BY k);
--> 3
SELECT hll_sketch_estimate(hll_union(hll_sketch_agg(n) FILTER (WHERE k = 'a'), hll_sketch_agg(n) FILTER (WHERE k = 'b'))) FROM t;
--> 3
SELECT theta_sketch_estimate(theta_sketch_agg(n)), theta_sketch_estimate(theta_sketch_agg(s, 10)) FROM t;
--> 3, 2
SELECT theta_sketch_estimate(theta_union_agg(h)), theta_sketch_estimate(theta_intersection_agg(h)) FROM (SELECT k, theta_sketch_agg(n) AS h FROM t GROUP BY k);
--> 3, 1
SELECT theta_sketch_estimate(theta_difference(a, b)), theta_sketch_estimate(theta_union(a, b)), theta_sketch_estimate(theta_intersection(a, b)) FROM (SELECT theta_sketch_agg(n) FILTER (WHERE k = 'a') AS a, theta_sketch_agg(n) FILTER (WHERE k = 'b') AS b FROM t);
--> 1, 3, 1
SELECT kll_sketch_get_n_bigint(q), kll_sketch_get_quantile_bigint(q, 0.5), kll_sketch_get_rank_bigint(q, 2) FROM (SELECT kll_sketch_agg_bigint(n) AS q FROM t);
--> 5, 2, 0.8
SELECT kll_sketch_get_quantile_double(kll_merge_agg_double(q), 1.0) FROM (SELECT k, kll_sketch_agg_double(n) AS q FROM t GROUP BY k);
--> 3.0
SELECT hll_sketch_estimate(X'01') FROM t LIMIT 1;
--> error THW-4253: These 1 bytes are no HyperLogLog sketch (Bounds Violation: reqOffset: 0, reqLength: 8, (reqOff + reqLen): 8, allocSize: 1). Give what an aggregate such as hll_sketch_agg has made.
SELECT hll_union(hll_sketch_agg(n, 8), hll_sketch_agg(n, 9)) IS NULL FROM t;
--> error THW-4254: Two HyperLogLog sketches have lgConfigK 8 and 9. Make them alike, or pass true as the last argument to have the smaller of both.
SELECT hll_sketch_estimate(hll_union(hll_sketch_agg(n, 8), hll_sketch_agg(n, 9), true)) FROM t;
--> 3
SELECT hll_sketch_agg(n, 99) FROM t;
--> error THW-4252: hll_sketch_agg() takes a number from 4.0 to 21.0 as its second argument, not 99.
-- A large group, whose estimate is the same however its rows arrive and are taken back.
CREATE STREAM big (n BIGINT) USING memory;
CREATE MATERIALIZED VIEW counted AS SELECT approx_count_distinct(n) AS a, hll_sketch_estimate(hll_sketch_agg(n)) AS h, theta_sketch_estimate(theta_sketch_agg(n)) AS t FROM STREAM big;
CREATE MATERIALIZED VIEW recounted AS SELECT approx_count_distinct(n) AS a, hll_sketch_estimate(hll_sketch_agg(n)) AS h, theta_sketch_estimate(theta_sketch_agg(n)) AS t FROM (SELECT n, max(n) FROM STREAM big GROUP BY n);
INSERT INTO big SELECT explode(sequence(1L, 9000L));
INSERT INTO big SELECT explode(sequence(20000L, 7000L, -1L));
AWAIT QUERY counted UNTIL IDLE;
AWAIT QUERY recounted UNTIL IDLE;
SELECT a = (SELECT approx_count_distinct(n) FROM big) AND h = (SELECT hll_sketch_estimate(hll_sketch_agg(n)) FROM big) AND t = (SELECT theta_sketch_estimate(theta_sketch_agg(n)) FROM big), abs(a - 20000) < 2500, abs(t - 20000) < 1500 FROM counted;
--> true, true, true
SELECT (SELECT a FROM counted) = a AND (SELECT h FROM counted) = h AND (SELECT t FROM counted) = t FROM recounted;
--> true
