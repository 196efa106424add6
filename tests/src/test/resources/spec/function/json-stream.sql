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
