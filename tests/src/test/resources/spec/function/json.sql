-- JSON texts become structs, and what does not fit is NULL; the corrupt-record column tells of it.
CREATE TABLE raw (line STRING) USING memory;
INSERT INTO raw VALUES ('{"user":"ann","tags":["a","b"],"n":1}'), ('{"user":"bob","n":"x"}'), ('none of it'), (NULL);
SELECT from_json(line, 'user STRING, tags ARRAY<STRING>, n INT, _corrupt_record STRING') AS j FROM raw ORDER BY line;
SELECT from_json(line, schema_of_json('{"user":"x","n":1}')).n FROM raw ORDER BY line;
SELECT from_json(line, 'n INT', map('mode', 'FAILFAST')) FROM raw WHERE line LIKE '%bob%';
-- A schema must be written out, and options must be known.
SELECT from_json(line, line) FROM raw;
SELECT from_json(line, 'n NUMBER') FROM raw;
SELECT from_json(line, 'n INT', map('moed', 'FAILFAST')) FROM raw;
SELECT from_json(line, 'n INT', map('mode', 'DROPMALFORMED')) FROM raw;
-- And back.
SELECT to_json(struct(upper(from_json(line, 'user STRING').user) AS user, 1 AS n)) FROM raw ORDER BY line;
SELECT to_json(line) FROM raw;
-- json_tuple makes a column a name, one row for each.
SELECT user, n FROM raw LATERAL VIEW json_tuple(line, 'user', 'n') t AS user, n ORDER BY line;
SELECT json_tuple(line, 'user', 'n') AS (user, n) FROM raw ORDER BY line;
SELECT * FROM json_tuple('{"a":1,"b":[2]}', 'b', 'a', 'c');
SELECT json_tuple('{}');
-- VARIANT keeps any JSON value; a path leads into it, and a cast takes it out.
SELECT v:user::string AS user, v:tags[1]::string AS second, v:n::string AS n FROM (SELECT try_parse_json(line) AS v FROM raw ORDER BY line);
SELECT parse_json('{"b": [1, 2.50, "x"],  "a": null}') AS v;
SELECT v:['a b'].c[0]::int AS x FROM (SELECT parse_json('{"a b": {"c": [7]}}') AS v);
SELECT v, count(*) FROM VALUES (parse_json('{"a":1,"b":2}')), (parse_json('{"b":2.0,"a":1}')) t(v) GROUP BY v;
SELECT parse_json('"x"')::int;
SELECT try_cast(parse_json('"x"') AS INT);
SELECT pos, key, value FROM variant_explode(parse_json('{"a":1,"b":[true]}'));
SELECT value::int + 1 AS n FROM VALUES (parse_json('[1,2]')), (parse_json('3')) t(v) LATERAL VIEW variant_explode(v) e;
SELECT pos, value FROM VALUES (parse_json('3')) t(v) LATERAL VIEW OUTER variant_explode(v) e;
SELECT schema_of_variant(parse_json('{"a":[1,2.5],"b":{"c":"x"}}'));
SELECT parse_json('{"a":');
CREATE TABLE kept (id INT, v VARIANT) USING memory;
INSERT INTO kept SELECT 1, parse_json('{"a":{"b":5}}');
SELECT id, v, v:a.b::int AS b FROM kept;
SELECT typeof(v), to_json(struct(id, v)) FROM kept;
-- CSV records.
SELECT from_csv('1,"a, b"', 'n INT, s STRING') AS r, to_csv(struct(1 AS n, 'a, b' AS s)) AS t, schema_of_csv('1,x') AS s;
SELECT from_csv('1', 'n ARRAY<INT>');
-- Other functions that Spark has and are not here say why.
SELECT reflect('java.lang.Runtime', 'getRuntime');
SELECT make_interval(1, 2, 3);
-- Numbers in a row.
SELECT id FROM range(3);
SELECT id FROM range(5, 0, -2);
SELECT sum(id) FROM range(1, 1001);
SELECT id FROM range(1, 5, 0);
SELECT id FROM range(2, 2);
