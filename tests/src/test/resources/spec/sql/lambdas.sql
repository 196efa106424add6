-- Functions of lambdas over the columns of a table, of a stream, and what a lambda may see.
CREATE TABLE t (id INT, a ARRAY<INT>, b ARRAY<STRING>, m MAP<STRING, INT>, factor INT) USING memory;
INSERT INTO t VALUES (1, array(3, NULL, 1), array('x', 'yy'), map('k', 1, 'l', NULL), 10), (2, array(), NULL, map(), 20), (3, NULL, array(NULL), NULL, NULL);
SELECT id, transform(a, x -> x * factor) AS scaled, transform(a, (x, i) -> i) AS places, filter(a, x -> x > 1) AS large FROM t ORDER BY id;
--> 1, [30, null, 10], [0, 1, 2], [3]
--> 2, [], [], []
--> 3, NULL, NULL, NULL
SELECT id, exists(a, x -> x = 1), exists(a, x -> x = 2), forall(a, x -> x > 0), forall(b, s -> s IS NOT NULL) FROM t ORDER BY id;
--> 1, true, NULL, NULL, true
--> 2, false, false, true, NULL
--> 3, NULL, NULL, NULL, false
SELECT id, aggregate(a, 0, (s, x) -> s + coalesce(x, 0), s -> s * factor), reduce(b, '', (s, x) -> concat(s, x)) FROM t ORDER BY id;
--> 1, 40, xyy
--> 2, 0, NULL
--> 3, NULL, NULL
SELECT id, zip_with(a, b, (x, s) -> concat(coalesce(s, '-'), coalesce(x, 0))), array_sort(a, (l, r) -> CASE WHEN l <=> r THEN 0 WHEN r IS NULL OR l > r THEN -1 ELSE 1 END) FROM t ORDER BY id;
--> 1, [x3, yy0, -1], [3, 1, null]
--> 2, NULL, []
--> 3, NULL, NULL
SELECT id, transform_keys(m, (k, v) -> upper(k)), transform_values(m, (k, v) -> coalesce(v, 0) + factor), map_filter(m, (k, v) -> v IS NULL), map_zip_with(m, map('k', 5, 'z', 6), (k, v, w) -> coalesce(v, 0) + coalesce(w, 0)) FROM t ORDER BY id;
--> 1, {K=1, L=null}, {k=11, l=10}, {l=null}, {k=6, l=0, z=6}
--> 2, {}, {}, {}, {k=5, z=6}
--> 3, NULL, NULL, NULL, NULL
-- A parameter hides a column of its name, and an inner one an outer; a field of a parameter is a field.
SELECT id, transform(array(1, 2), id -> id + factor), transform(array(array(1), array(2, 3)), x -> transform(x, x -> x * 100)), transform(array(array(1), array(2, 3)), x -> transform(x, y -> size(x) * y)) FROM t ORDER BY id;
--> 1, [11, 12], [[100], [200, 300]], [[1], [4, 6]]
--> 2, [21, 22], [[100], [200, 300]], [[1], [4, 6]]
--> 3, [null, null], [[100], [200, 300]], [[1], [4, 6]]
SELECT transform(array(struct(id AS a, b AS c), NULL), s -> s.a), transform(array(struct(id AS a)), s -> t.id + s.a), transform(array(m), e -> e.k), transform(array(m), e -> e['l']) FROM t ORDER BY id;
--> [1, null], [2], [1], [null]
--> [2, null], [4], [null], [null]
--> [3, null], [6], [null], [null]
-- In WHERE, GROUP BY, HAVING, ORDER BY and in the conditions of joins.
SELECT id FROM t WHERE exists(a, x -> x = 3) AND size(filter(b, s -> length(s) = 2)) = 1;
--> 1
SELECT transform(a, x -> x IS NULL) AS missing, count(*) FROM t GROUP BY transform(a, x -> x IS NULL) ORDER BY 2 DESC, 1;
--> NULL, 1
--> [], 1
--> [false, true, false], 1
SELECT factor, max(aggregate(a, 0, (s, x) -> s + coalesce(x, 0))) AS top FROM t GROUP BY factor HAVING exists(collect_list(id), x -> x < 3) ORDER BY top DESC;
--> 10, 4
--> 20, 0
SELECT transform(collect_list(id), x -> x * 2) AS doubled, transform(array(1, 2), x -> x + factor) AS more FROM t GROUP BY factor ORDER BY factor;
--> [6], [null, null]
--> [2], [11, 12]
--> [4], [21, 22]
SELECT l.id, r.id FROM t l JOIN t r ON exists(l.a, x -> x = r.id) ORDER BY 1, 2;
--> 1, 1
--> 1, 3
SELECT id FROM t ORDER BY aggregate(a, 0, (s, x) -> s - coalesce(x, 0)) NULLS LAST;
--> 1
--> 2
--> 3
SELECT id, x FROM t LATERAL VIEW explode(filter(transform(a, x -> x + 1), x -> x IS NOT NULL)) v AS x ORDER BY id, x;
--> 1, 2
--> 1, 4
SELECT s, transform(a, x -> x + s) FROM (SELECT a, aggregate(a, 0, (acc, x) -> acc + coalesce(x, 0)) AS s FROM t) ORDER BY s NULLS LAST;
--> 0, []
--> 4, [7, null, 5]
--> NULL, NULL
-- A lambda of one column is called as Spark calls it.
DESCRIBE QUERY SELECT transform(a, (x, i) -> x + i), filter(a, x -> x > 1 AND id = 1), exists(b, s -> s = 'x'), aggregate(a, 0, (s, x) -> s + x) AS total FROM t;
--> transform(a, lambdafunction((namedlambdavariable() + namedlambdavariable()), namedlambdavariable(), namedlambdavariable())), array<int>, true
--> filter(a, lambdafunction(((namedlambdavariable() > 1) AND (id = 1)), namedlambdavariable())), array<int>, true
--> exists(b, lambdafunction((namedlambdavariable() = x), namedlambdavariable())), boolean, true
--> total, int, true
DESCRIBE QUERY SELECT arrays_zip(a, b, array(1)) AS z, arrays_zip(t.a, s.b) AS n FROM t, (SELECT struct(array(1) AS b) AS s);
--> z, array<struct<a: int, b: string, 2: int>>, true
--> n, array<struct<a: int, b: int>>, true
-- What cannot be.
SELECT transform(a, x -> y) FROM t;
--> error THW-1104: Unknown column 'y' in table 't' (line 1, column 26).
SELECT x -> x + 1;
--> error THW-1241: A lambda cannot stand here (line 1, column 8).
SELECT abs(x -> x) FROM t;
--> error THW-1241: A lambda cannot stand here (line 1, column 12).
SELECT transform(a, x -> y -> x) FROM t;
--> error THW-1241: A lambda cannot stand here (line 1, column 26).
SELECT transform(a, (x, y, z) -> x) FROM t;
--> error THW-1242: The lambda of 'transform' cannot have 3 parameters (line 1, column 8).
SELECT transform_values(m, v -> v) FROM t;
--> error THW-1242: The lambda of 'transform_values' cannot have 1 parameter (line 1, column 8).
SELECT filter(a, x -> x + 1) FROM t;
--> error THW-1243: The lambda of 'filter' must give BOOLEAN, but this one gives INT (line 1, column 8).
SELECT aggregate(a, 0L, (s, x) -> x) FROM t;
--> error THW-1243: The lambda of 'aggregate' must give BIGINT, but this one gives INT (line 1, column 8).
SELECT aggregate(a, NULL, (s, x) -> x) FROM t;
--> error THW-1243: The lambda of 'aggregate' must give VOID, but this one gives INT (line 1, column 8).
SELECT transform(a, 1) FROM t;
--> error THW-1201: Function 'transform' does not take (ARRAY<INT>, INT) (line 1, column 8).
SELECT transform(m, x -> x) FROM t;
--> error THW-1201: Function 'transform' does not take (MAP<STRING, INT>, lambda) (line 1, column 8).
SELECT transform(a, x -> sum(x)) FROM t;
--> error THW-1244: 'sum' cannot stand in a lambda (line 1, column 26).
SELECT transform(a, x -> (SELECT max(id) FROM t)) FROM t;
--> error THW-1244: A subquery cannot stand in a lambda (line 1, column 27).
SELECT filter(a, x -> x IN (SELECT id FROM t)) FROM t;
--> error THW-1244: A subquery cannot stand in a lambda (line 1, column 29).
SELECT transform(a, (x, X) -> x) FROM t;
--> error THW-1240: A lambda has two parameters called 'X' (line 1, column 25).
SELECT transform(a, x -> x.f) FROM t;
--> error THW-1205: '.f' cannot follow an INT (line 1, column 26).
SELECT transform(a, x -> nosuch(x)), filter(a, y -> z > 1) FROM t;
--> error THW-1104: Unknown function 'nosuch' (line 1, column 26).
SELECT transform(DISTINCT a, x -> x) FROM t;
--> error THW-1199: DISTINCT/ALL not allowed with transform function (line 1, column 8).
SELECT array_sort(a, (l, r) -> l - r) FROM t WHERE id = 1;
--> error THW-4230: The lambda of array_sort gave NULL for two elements. It must give a number: say with CASE or coalesce where a NULL element belongs.
SELECT transform_keys(m, (k, v) -> 'same') FROM t WHERE id = 1;
--> error THW-4005: The map key 'same' is there twice. Remove the duplicate.
-- In a stream, over rows that come one after the other, and over rows that change.
CREATE STREAM orders (customer STRING, prices ARRAY<DOUBLE>) USING memory;
CREATE MATERIALIZED VIEW totals AS SELECT customer, sum(aggregate(filter(prices, p -> p > 0), CAST(0 AS DOUBLE), (s, p) -> s + p)) AS total, count(*) AS n FROM STREAM orders WHERE exists(prices, p -> p > 0) GROUP BY customer;
CREATE MATERIALIZED VIEW listed AS SELECT customer, transform(sequence(1, CAST(n AS INT)), i -> concat(customer, i)) AS marks FROM (SELECT customer, count(*) AS n FROM STREAM orders GROUP BY customer);
INSERT INTO orders VALUES ('ann', array(1.5, -1, 2)), ('bob', array(-1)), ('ann', NULL);
AWAIT QUERY totals UNTIL IDLE;
AWAIT QUERY listed UNTIL IDLE;
SELECT * FROM totals ORDER BY customer;
--> ann, 3.5, 1
SELECT * FROM listed ORDER BY customer;
--> ann, [ann1, ann2]
--> bob, [bob1]
INSERT INTO orders VALUES ('ann', array(10, 0)), ('bob', array(4, NULL, 5));
AWAIT QUERY totals UNTIL IDLE;
AWAIT QUERY listed UNTIL IDLE;
SELECT * FROM totals ORDER BY customer;
--> ann, 13.5, 2
--> bob, 9.0, 1
SELECT * FROM listed ORDER BY customer;
--> ann, [ann1, ann2, ann3]
--> bob, [bob1, bob2]
DESCRIBE FUNCTION transform;
--> transform(ARRAY<T>, T -> U) : ARRAY<U>
--> transform(ARRAY<T>, (T, INT) -> U) : ARRAY<U>
DESCRIBE FUNCTION aggregate;
--> aggregate(ARRAY<T>, U, (U, T) -> U) : U
--> aggregate(ARRAY<T>, U, (U, T) -> U, U -> V) : V
