-- Functions of lambdas over the columns of a table, of a stream, and what a lambda may see.
CREATE TABLE t (id INT, a ARRAY<INT>, b ARRAY<STRING>, m MAP<STRING, INT>, factor INT) USING memory;
INSERT INTO t VALUES (1, array(3, NULL, 1), array('x', 'yy'), map('k', 1, 'l', NULL), 10), (2, array(), NULL, map(), 20), (3, NULL, array(NULL), NULL, NULL);
SELECT id, transform(a, x -> x * factor) AS scaled, transform(a, (x, i) -> i) AS places, filter(a, x -> x > 1) AS large FROM t ORDER BY id;
SELECT id, exists(a, x -> x = 1), exists(a, x -> x = 2), forall(a, x -> x > 0), forall(b, s -> s IS NOT NULL) FROM t ORDER BY id;
SELECT id, aggregate(a, 0, (s, x) -> s + coalesce(x, 0), s -> s * factor), reduce(b, '', (s, x) -> concat(s, x)) FROM t ORDER BY id;
SELECT id, zip_with(a, b, (x, s) -> concat(coalesce(s, '-'), coalesce(x, 0))), array_sort(a, (l, r) -> CASE WHEN l <=> r THEN 0 WHEN r IS NULL OR l > r THEN -1 ELSE 1 END) FROM t ORDER BY id;
SELECT id, transform_keys(m, (k, v) -> upper(k)), transform_values(m, (k, v) -> coalesce(v, 0) + factor), map_filter(m, (k, v) -> v IS NULL), map_zip_with(m, map('k', 5, 'z', 6), (k, v, w) -> coalesce(v, 0) + coalesce(w, 0)) FROM t ORDER BY id;
-- A parameter hides a column of its name, and an inner one an outer; a field of a parameter is a field.
SELECT id, transform(array(1, 2), id -> id + factor), transform(array(array(1), array(2, 3)), x -> transform(x, x -> x * 100)), transform(array(array(1), array(2, 3)), x -> transform(x, y -> size(x) * y)) FROM t ORDER BY id;
SELECT transform(array(struct(id AS a, b AS c), NULL), s -> s.a), transform(array(struct(id AS a)), s -> t.id + s.a), transform(array(m), e -> e.k), transform(array(m), e -> e['l']) FROM t ORDER BY id;
-- In WHERE, GROUP BY, HAVING, ORDER BY and in the conditions of joins.
SELECT id FROM t WHERE exists(a, x -> x = 3) AND size(filter(b, s -> length(s) = 2)) = 1;
SELECT transform(a, x -> x IS NULL) AS missing, count(*) FROM t GROUP BY transform(a, x -> x IS NULL) ORDER BY 2 DESC, 1;
SELECT factor, max(aggregate(a, 0, (s, x) -> s + coalesce(x, 0))) AS top FROM t GROUP BY factor HAVING exists(collect_list(id), x -> x < 3) ORDER BY top DESC;
SELECT transform(collect_list(id), x -> x * 2) AS doubled, transform(array(1, 2), x -> x + factor) AS more FROM t GROUP BY factor ORDER BY factor;
SELECT l.id, r.id FROM t l JOIN t r ON exists(l.a, x -> x = r.id) ORDER BY 1, 2;
SELECT id FROM t ORDER BY aggregate(a, 0, (s, x) -> s - coalesce(x, 0)) NULLS LAST;
SELECT id, x FROM t LATERAL VIEW explode(filter(transform(a, x -> x + 1), x -> x IS NOT NULL)) v AS x ORDER BY id, x;
SELECT s, transform(a, x -> x + s) FROM (SELECT a, aggregate(a, 0, (acc, x) -> acc + coalesce(x, 0)) AS s FROM t) ORDER BY s NULLS LAST;
-- A lambda of one column is called as Spark calls it.
DESCRIBE QUERY SELECT transform(a, (x, i) -> x + i), filter(a, x -> x > 1 AND id = 1), exists(b, s -> s = 'x'), aggregate(a, 0, (s, x) -> s + x) AS total FROM t;
DESCRIBE QUERY SELECT arrays_zip(a, b, array(1)) AS z, arrays_zip(t.a, s.b) AS n FROM t, (SELECT struct(array(1) AS b) AS s);
-- What cannot be.
SELECT transform(a, x -> y) FROM t;
SELECT x -> x + 1;
SELECT abs(x -> x) FROM t;
SELECT transform(a, x -> y -> x) FROM t;
SELECT transform(a, (x, y, z) -> x) FROM t;
SELECT transform_values(m, v -> v) FROM t;
SELECT filter(a, x -> x + 1) FROM t;
SELECT aggregate(a, 0L, (s, x) -> x) FROM t;
SELECT aggregate(a, NULL, (s, x) -> x) FROM t;
SELECT transform(a, 1) FROM t;
SELECT transform(m, x -> x) FROM t;
SELECT transform(a, x -> sum(x)) FROM t;
SELECT transform(a, x -> (SELECT max(id) FROM t)) FROM t;
SELECT filter(a, x -> x IN (SELECT id FROM t)) FROM t;
SELECT transform(a, (x, X) -> x) FROM t;
SELECT transform(a, x -> x.f) FROM t;
SELECT transform(a, x -> nosuch(x)), filter(a, y -> z > 1) FROM t;
SELECT transform(DISTINCT a, x -> x) FROM t;
SELECT array_sort(a, (l, r) -> l - r) FROM t WHERE id = 1;
SELECT transform_keys(m, (k, v) -> 'same') FROM t WHERE id = 1;
-- In a stream, over rows that come one after the other, and over rows that change.
CREATE STREAM orders (customer STRING, prices ARRAY<DOUBLE>) USING memory;
CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(aggregate(filter(prices, p -> p > 0), CAST(0 AS DOUBLE), (s, p) -> s + p)) AS total, count(*) AS n FROM STREAM orders WHERE exists(prices, p -> p > 0) GROUP BY customer;
CREATE MATERIALIZED VIEW listed AS SELECT customer, transform(sequence(1, CAST(n AS INT)), i -> concat(customer, i)) AS marks FROM (SELECT customer, count(*) AS n FROM STREAM orders GROUP BY customer);
INSERT INTO orders VALUES ('ann', array(1.5, -1, 2)), ('bob', array(-1)), ('ann', NULL);
AWAIT QUERY totals UNTIL IDLE;
AWAIT QUERY listed UNTIL IDLE;
SELECT * FROM totals ORDER BY customer;
SELECT * FROM listed ORDER BY customer;
INSERT INTO orders VALUES ('ann', array(10, 0)), ('bob', array(4, NULL, 5));
AWAIT QUERY totals UNTIL IDLE;
AWAIT QUERY listed UNTIL IDLE;
SELECT * FROM totals ORDER BY customer;
SELECT * FROM listed ORDER BY customer;
DESCRIBE FUNCTION transform;
DESCRIBE FUNCTION aggregate;
