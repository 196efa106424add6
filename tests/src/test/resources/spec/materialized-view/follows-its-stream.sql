-- A materialized view is kept up to date and can be queried at any time.
CREATE STREAM clicks (url STRING, ts TIMESTAMP) USING memory;
CREATE MATERIALIZED VIEW top_urls AS SELECT url, count(*) AS n FROM STREAM clicks GROUP BY url;
INSERT INTO clicks VALUES ('a', TIMESTAMP '2026-01-01 12:00:00'), ('b', TIMESTAMP '2026-01-01 12:00:00');
AWAIT QUERY top_urls UNTIL IDLE;
SELECT * FROM top_urls ORDER BY url;
--> a, 1
--> b, 1
INSERT INTO clicks VALUES ('b', TIMESTAMP '2026-01-01 12:00:00'), (NULL, NULL);
AWAIT QUERY top_urls UNTIL IDLE;
SELECT url, n FROM top_urls ORDER BY n DESC, url;
--> b, 2
--> NULL, 1
--> a, 1
STOP QUERY top_urls;
SELECT sum(n) FROM top_urls;
--> 4
