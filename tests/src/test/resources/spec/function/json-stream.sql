-- What is read of JSON over a stream, and counted.
CREATE STREAM lines (line STRING) USING memory;
CREATE MATERIALIZED VIEW by_user AS
SELECT j.user AS user, count(*) AS n, sum(j.n) AS total FROM (SELECT from_json(line, 'user STRING, n INT') AS j FROM STREAM lines) GROUP BY j.user;
INSERT INTO lines VALUES ('{"user":"ann","n":1}'), ('{"user":"bob","n":2}'), ('nothing');
INSERT INTO lines VALUES ('{"user":"ann","n":"x"}'), ('{"user":"ann","n":5}');
AWAIT QUERY by_user UNTIL IDLE;
SELECT * FROM by_user ORDER BY user;
--> NULL, 1, NULL
--> ann, 3, 6
--> bob, 1, 2
-- A VARIANT is state as any other value: a key, and what a group keeps.
CREATE MATERIALIZED VIEW last_of AS
SELECT v:user::string AS user, max(v:n::int) AS most, collect_list(v:n) AS seen FROM (SELECT try_parse_json(line) AS v FROM STREAM lines) WHERE v:n::string RLIKE '^[0-9]+$' GROUP BY v:user::string;
CREATE MATERIALIZED VIEW by_value AS SELECT v:n AS n, count(*) AS times FROM (SELECT try_parse_json(line) AS v FROM STREAM lines) GROUP BY v:n;
AWAIT QUERY last_of UNTIL IDLE;
AWAIT QUERY by_value UNTIL IDLE;
SELECT * FROM last_of ORDER BY user;
--> ann, 5, [1, 5]
--> bob, 2, [2]
SELECT n, times FROM by_value ORDER BY n::string;
--> NULL, 1
--> 1, 1
--> 2, 1
--> 5, 1
--> "x", 1
