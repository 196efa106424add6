-- Each result of a block has the output mode of its target; what runs alike in two modes runs once.
CREATE STREAM clicks (url STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
CREATE TABLE closed USING memory;
CREATE TABLE latest USING memory OPTIONS (outputMode 'update');
CREATE TABLE everything USING memory OPTIONS (outputMode 'complete');
CREATE TABLE totals USING memory OPTIONS (outputMode 'changelog');
EXPLAIN INCREMENTAL BEGIN QUERY pages
INSERT INTO closed SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO latest SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO everything SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO totals SELECT url, count(*) AS c FROM STREAM clicks GROUP BY url;
END;
--> result 1 of 4 into table closed
--> output mode: append, key: [end]
--> Project [end, c]  {insert-only; event time: end (window end)}
-->   Aggregate by [start, end]: [count(*) AS c]  {insert-only; event time: start (window start), end (window end)}
-->     | state: a group for each [start, end], freed when the watermark passes end, emitted then
-->     Exchange by [start, end]  {insert-only; event time: start (window start), end (window end)}
-->       Project [start, end]  {insert-only; event time: start (window start), end (window end)}
-->         WindowAssign ts size 1 MINUTE  {insert-only; event time: ts, start (window start), end (window end)}
-->           Project [ts]  {insert-only; event time: ts}
-->             Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}
-->               Scan stream clicks (memory) [url, ts]  {insert-only}
--> 
--> result 2 of 4 into table latest
--> output mode: update, key: [end]
--> Project [end, c]  {retract; event time: end (window end)}
-->   Aggregate by [start, end]: [count(*) AS c]  {retract; event time: start (window start), end (window end)}
-->     | state: a group for each [start, end], freed when the watermark passes end
-->     Exchange by [start, end]  {insert-only; event time: start (window start), end (window end)}
-->       Project [start, end]  {insert-only; event time: start (window start), end (window end)}
-->         WindowAssign ts size 1 MINUTE  {insert-only; event time: ts, start (window start), end (window end)}
-->           Project [ts]  {insert-only; event time: ts}
-->             Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}  shared, see above
--> 
--> result 3 of 4 into table everything
--> output mode: complete, key: [end]
--> Project [end, c]  {retract; event time: end (window end)}
-->   Aggregate by [start, end]: [count(*) AS c]  {retract; event time: start (window start), end (window end)}
-->     | state: a group for each [start, end], never freed: it grows with the number of keys
-->     Exchange by [start, end]  {insert-only; event time: start (window start), end (window end)}
-->       Project [start, end]  {insert-only; event time: start (window start), end (window end)}
-->         WindowAssign ts size 1 MINUTE  {insert-only; event time: ts, start (window start), end (window end)}
-->           Project [ts]  {insert-only; event time: ts}
-->             Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}  shared, see above
--> 
--> result 4 of 4 into table totals
--> output mode: changelog, key: [url]
--> Aggregate by [url]: [count(*) AS c]  {retract}
-->   | state: a group for each [url], never freed: it grows with the number of keys
-->   Exchange by [url]  {insert-only}
-->     Project [url]  {insert-only}
-->       Watermark ts DELAY OF 10 SECONDS  {insert-only; event time: ts}  shared, see above
EXPLAIN STATE BEGIN QUERY pages
INSERT INTO closed SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO latest SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO everything SELECT window.end, count(*) AS c FROM STREAM clicks GROUP BY window(ts, INTERVAL '1' MINUTE);
INSERT INTO totals SELECT url, count(*) AS c FROM STREAM clicks GROUP BY url;
END;
--> result 1 of 4 into table closed
--> output mode: append
--> Aggregate by [start, end]: [count(*) AS c]
-->   a group for each [start, end], freed when the watermark passes end, emitted then
-->   freed by time; the watermark is ts less 10 seconds
--> 
--> result 2 of 4 into table latest
--> output mode: update
--> Aggregate by [start, end]: [count(*) AS c]
-->   a group for each [start, end], freed when the watermark passes end
-->   freed by time; the watermark is ts less 10 seconds
--> 
--> result 3 of 4 into table everything
--> output mode: complete
--> Aggregate by [start, end]: [count(*) AS c]
-->   a group for each [start, end], never freed: it grows with the number of keys
-->   UNBOUNDED; remedy: output mode complete keeps everything; append and update let go of what the watermark has closed; or forget what no row has reached for some time: stateTtl '1 day'
--> 
--> result 4 of 4 into table totals
--> output mode: changelog
--> Aggregate by [url]: [count(*) AS c]
-->   a group for each [url], never freed: it grows with the number of keys
-->   UNBOUNDED; remedy: put ts, or a window of it, among the GROUP BY keys; or forget what no row has reached for some time: stateTtl '1 day'
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
