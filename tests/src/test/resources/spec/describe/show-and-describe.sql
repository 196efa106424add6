CREATE STREAM clicks (url STRING, n INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
CREATE TABLE pages (url STRING, price DECIMAL(10,2)) USING memory;
CREATE VIEW cheap AS SELECT url FROM pages WHERE price < 2;
SHOW TABLES;
--> cheap, view, NULL, false
--> clicks, stream, memory, false
--> pages, table, memory, false
DESCRIBE clicks;
--> url, string, true
--> n, int, true
--> ts, timestamp, true
DESCRIBE SELECT url, n + 1 AS more FROM clicks;
--> url, string, true
--> more, int, true
