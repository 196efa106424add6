-- JSON texts become structs, and what does not fit is NULL; the corrupt-record column tells of it.
CREATE TABLE raw (line STRING) USING memory;
INSERT INTO raw VALUES ('{"user":"ann","tags":["a","b"],"n":1}'), ('{"user":"bob","n":"x"}'), ('none of it'), (NULL);
SELECT from_json(line, 'user STRING, tags ARRAY<STRING>, n INT, _corrupt_record STRING') AS j FROM raw ORDER BY line;
--> NULL
--> {NULL, NULL, NULL, none of it}
--> {ann, [a, b], 1, NULL}
--> {bob, NULL, NULL, {"user":"bob","n":"x"}}
SELECT from_json(line, schema_of_json('{"user":"x","n":1}')).n FROM raw ORDER BY line;
--> NULL
--> NULL
--> 1
--> NULL
SELECT from_json(line, 'n INT', map('mode', 'FAILFAST')) FROM raw WHERE line LIKE '%bob%';
--> error THW-4240: from_json cannot read '{"user":"bob","n":"x"}': a value in it does not fit INT. Mend the text, or leave the option mode at PERMISSIVE to get NULL for what does not fit.
-- A schema must be written out, and options must be known.
SELECT from_json(line, line) FROM raw;
--> error THW-1201: Argument 2 of 'from_json' is no constant, but must be the same for all rows (line 1, column 8).
SELECT from_json(line, 'n NUMBER') FROM raw;
--> error THW-1260: The schema 'n NUMBER' of 'from_json' is none: Unknown type 'NUMBER' (line 1, column 8).
SELECT from_json(line, 'n INT', map('moed', 'FAILFAST')) FROM raw;
--> error THW-2002: Unknown option 'moed' for function 'from_json'. Did you mean 'mode'? It knows: allowBackslashEscapingAnyCharacter, allowComments, allowNonNumericNumbers, allowNumericLeadingZeros, allowSingleQuotes, allowUnquotedControlChars, allowUnquotedFieldNames, columnNameOfCorruptRecord, dateFormat, encoding, ignoreNullFields, inferTimestamp, locale, mode, multiLine, prefersDecimal, primitivesAsString, timestampFormat, timestampNTZFormat, timestampUnit, timeZone (line 1, column 8).
SELECT from_json(line, 'n INT', map('mode', 'DROPMALFORMED')) FROM raw;
--> error THW-2001: Option 'mode' is 'DROPMALFORMED', but must be PERMISSIVE or FAILFAST: a function gives a value for every row (line 1, column 8).
-- And back.
SELECT to_json(struct(upper(from_json(line, 'user STRING').user) AS user, 1 AS n)) FROM raw ORDER BY line;
--> {"n":1}
--> {"n":1}
--> {"user":"ANN","n":1}
--> {"user":"BOB","n":1}
SELECT to_json(line) FROM raw;
--> error THW-1201: Function 'to_json' does not take a STRING (line 1, column 8).
-- json_tuple makes a column a name, one row for each.
SELECT user, n FROM raw LATERAL VIEW json_tuple(line, 'user', 'n') t AS user, n ORDER BY line;
--> NULL, NULL
--> NULL, NULL
--> ann, 1
--> bob, x
SELECT json_tuple(line, 'user', 'n') AS (user, n) FROM raw ORDER BY line;
--> NULL, NULL
--> NULL, NULL
--> ann, 1
--> bob, x
SELECT * FROM json_tuple('{"a":1,"b":[2]}', 'b', 'a', 'c');
--> [2], 1, NULL
SELECT json_tuple('{}');
--> error THW-1201: Function 'json_tuple' does not take (STRING) (line 1, column 8).
-- VARIANT keeps any JSON value; a path leads into it, and a cast takes it out.
SELECT v:user::string AS user, v:tags[1]::string AS second, v:n::string AS n FROM (SELECT try_parse_json(line) AS v FROM raw ORDER BY line);
--> NULL, NULL, NULL
--> NULL, NULL, NULL
--> ann, b, 1
--> bob, NULL, x
SELECT parse_json('{"b": [1, 2.50, "x"],  "a": null}') AS v;
--> {"a":null,"b":[1,2.5,"x"]}
SELECT v:['a b'].c[0]::int AS x FROM (SELECT parse_json('{"a b": {"c": [7]}}') AS v);
--> 7
SELECT v, count(*) FROM VALUES (parse_json('{"a":1,"b":2}')), (parse_json('{"b":2.0,"a":1}')) t(v) GROUP BY v;
--> {"a":1,"b":2}, 2
SELECT parse_json('"x"')::int;
--> error THW-4242: The VARIANT value x is no INT. Use try_variant_get or TRY_CAST to get NULL instead.
SELECT try_cast(parse_json('"x"') AS INT);
--> NULL
SELECT pos, key, value FROM variant_explode(parse_json('{"a":1,"b":[true]}'));
--> 0, a, 1
--> 1, b, [true]
SELECT value::int + 1 AS n FROM VALUES (parse_json('[1,2]')), (parse_json('3')) t(v) LATERAL VIEW variant_explode(v) e;
--> 2
--> 3
SELECT pos, value FROM VALUES (parse_json('3')) t(v) LATERAL VIEW OUTER variant_explode(v) e;
--> NULL, NULL
SELECT schema_of_variant(parse_json('{"a":[1,2.5],"b":{"c":"x"}}'));
--> OBJECT<a: ARRAY<DECIMAL(21,1)>, b: OBJECT<c: STRING>>
SELECT parse_json('{"a":');
--> error THW-4243: The text '{"a":' is no JSON: Unexpected end-of-input within/between Object entries. Use try_parse_json to get NULL instead.
CREATE TABLE kept (id INT, v VARIANT) USING memory;
INSERT INTO kept SELECT 1, parse_json('{"a":{"b":5}}');
SELECT id, v, v:a.b::int AS b FROM kept;
--> 1, {"a":{"b":5}}, 5
SELECT typeof(v), to_json(struct(id, v)) FROM kept;
--> variant, {"id":1,"v":{"a":{"b":5}}}
-- CSV records.
SELECT from_csv('1,"a, b"', 'n INT, s STRING') AS r, to_csv(struct(1 AS n, 'a, b' AS s)) AS t, schema_of_csv('1,x') AS s;
--> {1, a, b}, 1,"a, b", STRUCT<_c0: INT, _c1: STRING>
SELECT from_csv('1', 'n ARRAY<INT>');
--> error THW-1201: Function 'from_csv' reads no STRUCT<n: ARRAY<INT>> (line 1, column 8).
-- Other functions that Spark has and are not here say why.
SELECT reflect('java.lang.Runtime', 'getRuntime');
--> error THW-1261: The function 'reflect' of Spark is not here (line 1, column 8).
SELECT make_interval(1, 2, 3);
--> error THW-1261: The function 'make_interval' of Spark is not here (line 1, column 8).
-- Numbers in a row.
SELECT id FROM range(3);
--> 0
--> 1
--> 2
SELECT id FROM range(5, 0, -2);
--> 5
--> 3
--> 1
SELECT sum(id) FROM range(1, 1001);
--> 500500
SELECT id FROM range(2, 2);
-- A VARIANT has no fields of its own.
SELECT v.a FROM (SELECT parse_json('{"a":1}') AS v);
--> error THW-1205: '.a' cannot follow a VARIANT (line 1, column 8).
SELECT v.`$variant` FROM (SELECT parse_json('{"a":1}') AS v);
--> error THW-1205: '.$variant' cannot follow a VARIANT (line 1, column 8).
