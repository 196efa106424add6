-- Each result of a block has the output mode of its target; what runs alike in two modes runs once.
CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
CREATE TABLE closed USING memory;
CREATE TABLE latest USING memory OPTIONS (outputMode 'update');
CREATE TABLE everything USING memory OPTIONS (outputMode 'complete');
CREATE TABLE totals USING memory OPTIONS (outputMode 'changelog');
BEGIN QUERY pages
INSERT INTO closed SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO latest SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO everything SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO totals SELECT url, count(*) AS c FROM STREAM clicks GROUP BY url;
END;
INSERT INTO clicks VALUES ('a', TIMESTAMP '2026-01-01 12:00:10'), ('b', TIMESTAMP '2026-01-01 12:00:59'), ('a', TIMESTAMP '2026-01-01 12:01:05');
AWAIT QUERY pages UNTIL IDLE;
SELECT * FROM closed ORDER BY 1;
SELECT * FROM latest ORDER BY 1;
--> 12:01, 2
--> 12:02, 1
-- The watermark comes to 12:01:10: the first minute is closed.
INSERT INTO clicks VALUES ('a', TIMESTAMP '2026-01-01 12:01:20');
AWAIT QUERY pages UNTIL IDLE;
SELECT * FROM closed ORDER BY 1;
--> 12:01, 2
-- A row that is late for those who have closed its minute, and for nobody else.
INSERT INTO clicks VALUES ('b', TIMESTAMP '2026-01-01 12:00:20');
AWAIT QUERY pages UNTIL IDLE;
SELECT * FROM closed ORDER BY 1;
--> 12:01, 2
SELECT * FROM latest ORDER BY 1;
--> 12:01, 2
--> 12:02, 2
SELECT * FROM everything ORDER BY 1;
--> 12:01, 3
--> 12:02, 2
SELECT * FROM totals ORDER BY 1;
--> a, 3
--> b, 2
SELECT count(*) AS n FROM late(pages);
--> 2
STOP QUERY pages;
-- A sink that does not take the mode of its result.
CREATE TABLE to_text USING text OPTIONS (path 'nowhere/text', outputMode 'complete');
CREATE TABLE rows_only USING memory;
BEGIN
INSERT INTO rows_only SELECT url FROM STREAM clicks;
INSERT INTO to_text SELECT url FROM STREAM clicks GROUP BY url;
END;
--> error THW-3035: In result 2 of 2 (table to_text, output mode complete): The sink 'text' does not take output mode complete; it takes append. Choose one of them with the option outputMode, or another sink.
