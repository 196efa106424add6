-- INSERTs of a block are one query, which its first target names.
CREATE STREAM clicks (url STRING, n INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
CREATE TABLE counts USING memory OPTIONS (outputMode 'update');
CREATE TABLE many USING memory OPTIONS (outputMode 'update');
CREATE TABLE rows_of_a USING memory OPTIONS (outputMode 'update', lateTable 'too_late');
BEGIN QUERY pages
INSERT INTO counts SELECT url, window.end, count(*) AS c FROM STREAM clicks GROUP BY url, window(ts, INTERVAL '1' MINUTE);
INSERT INTO many SELECT url, c FROM (SELECT url, window.end, count(*) AS c FROM STREAM clicks GROUP BY url, window(ts, INTERVAL '1' MINUTE)) WHERE CASE WHEN c > 1 THEN true ELSE false END;
INSERT INTO rows_of_a SELECT n FROM STREAM clicks WHERE url = 'a';
END;
INSERT INTO clicks VALUES ('a', 1, TIMESTAMP '2026-01-01 12:00:10'), ('b', 2, TIMESTAMP '2026-01-01 12:00:59'), ('a', 3, TIMESTAMP '2026-01-01 12:02:00');
AWAIT QUERY pages UNTIL IDLE;
INSERT INTO clicks VALUES ('a', 4, TIMESTAMP '2026-01-01 12:00:10'), ('a', 5, TIMESTAMP '2026-01-01 12:02:10');
AWAIT QUERY pages UNTIL IDLE;
SELECT * FROM counts ORDER BY 2, 1;
--> a, 12:01, 1
--> b, 12:01, 1
--> a, 12:03, 2
SELECT * FROM many ORDER BY 1;
--> a, 2
SELECT * FROM rows_of_a ORDER BY 1;
--> 1
--> 3
--> 4
--> 5
-- The row is late where the windows are counted, and counts there once.
SELECT trigger, watermark, row, weight FROM too_late;
--> 1, 12:01:50, {"url":"a","n":4,"ts":"2026-01-01T12:00:10Z"}, 1
SELECT count(*) AS n FROM late(pages);
--> 1
STOP QUERY pages;
SELECT * FROM many ORDER BY 1;
--> a, 2
SELECT count(*) AS n FROM too_late;
--> 1
-- What a block cannot be.
CREATE TABLE finals USING memory;
CREATE TABLE more_finals USING memory;
CREATE TABLE changing USING memory OPTIONS (outputMode 'update');
CREATE TABLE narrow (a INT) USING memory;
BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
SELECT 1;
END;
--> error THW-1004: BEGIN … END holds INSERT statements only (line 3, column 1).
BEGIN
INSERT INTO finals SELECT url FROM clicks;
END;
--> error THW-3287: The INSERT INTO finals of this block reads no stream: BEGIN … END is one continuous query with several results. Write it as a statement of its own, or read a table as a stream: FROM STREAM t.
BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
--> error THW-3286: One query would write two results into 'finals'. Give each a table of its own, or write UNION ALL.
EXPLAIN BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
--> error THW-3286: One query would write two results into 'finals'. Give each a table of its own, or write UNION ALL.
BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
INSERT INTO changing SELECT url FROM STREAM clicks;
INSERT INTO more_finals SELECT url, count(*) AS c FROM STREAM clicks GROUP BY url;
END;
--> error THW-3101: In result 3 of 3 (table more_finals, output mode append): GROUP BY url never becomes final, so append mode would never emit it. Group by a window of 'ts' as well, or use output mode update, complete or changelog.
BEGIN OPTIONS (outputMode 'update')
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
--> error THW-2002: Unknown option 'outputMode' for BEGIN … END. It knows: checkpointLocation, endOfInput, lateTable, stateTtl.
EXPLAIN BEGIN OPTIONS (lateTable 'finals')
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
--> error THW-3286: One query would write two results into 'finals'. Give each a table of its own, or write UNION ALL.
BEGIN OPTIONS (lateTable 'narrow')
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
--> error THW-3281: Table 'narrow' cannot take late rows: they are appended, and have the columns trigger BIGINT NOT NULL, operator STRING NOT NULL, watermark TIMESTAMP NOT NULL, row STRING NOT NULL, weight BIGINT NOT NULL. Create the table with these, or without columns, and without outputMode; or name a table that is not there, and it is made in memory.
CREATE TABLE shown USING console OPTIONS (numRows 'few');
BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
INSERT INTO shown SELECT url FROM STREAM clicks;
END;
--> error THW-2001: In result 2 of 2 (table shown, output mode append): Option 'numRows' is 'few', but must be a whole number of rows, such as 20.
