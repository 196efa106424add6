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
SELECT * FROM many ORDER BY 1;
SELECT * FROM rows_of_a ORDER BY 1;
-- The row is late where the windows are counted, and counts there once.
SELECT trigger, operator, watermark, row, weight FROM too_late;
SELECT count(*) AS n FROM late(pages);
STOP QUERY pages;
SELECT * FROM many ORDER BY 1;
SELECT count(*) AS n FROM too_late;
-- What a block cannot be.
CREATE TABLE finals USING memory;
CREATE TABLE changing USING memory OPTIONS (outputMode 'update');
CREATE TABLE narrow (a INT) USING memory;
BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
SELECT 1;
END;
BEGIN
INSERT INTO finals SELECT url FROM clicks;
END;
BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
BEGIN
INSERT INTO finals SELECT url FROM STREAM clicks;
INSERT INTO changing SELECT url FROM STREAM clicks;
END;
BEGIN OPTIONS (outputMode 'update')
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
BEGIN OPTIONS (lateTable 'narrow')
INSERT INTO finals SELECT url FROM STREAM clicks;
END;
