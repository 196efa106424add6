-- What is not built is refused by name, with what serves instead.
CREATE STREAM s (id INT, k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
SELECT count(*) FROM STREAM s GROUP BY session_window(ts, '5 minutes');
--> error THW-3140: 'session_window' is not supported yet (line 1, column 40).
SELECT * FROM TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE);
--> error THW-3140: 'tumble' is not supported yet (line 1, column 15).
SELECT hop_start(ts, INTERVAL '1' MINUTE, INTERVAL '2' MINUTE) FROM s;
--> error THW-3140: 'hop_start' is not supported yet (line 1, column 8).
SELECT * FROM CUMULATE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE, INTERVAL '1' HOUR);
--> error THW-3140: 'cumulate' is not supported yet (line 1, column 15).
SELECT count(*) OVER (PARTITION BY k) FROM s;
--> error THW-3120: OVER is not supported yet (line 1, column 8).
SELECT row_number() FROM s;
--> error THW-3140: 'row_number' is not supported yet (line 1, column 8).
SELECT id FROM STREAM s ORDER BY id;
--> error THW-3106: This query reads a stream, so it has no end. Start it with INSERT INTO, CREATE MATERIALIZED VIEW or writeStream(), or read the table as of now: FROM t.
SELECT id FROM STREAM s LIMIT 1;
--> error THW-3106: This query reads a stream, so it has no end. Start it with INSERT INTO, CREATE MATERIALIZED VIEW or writeStream(), or read the table as of now: FROM t.
SELECT id FROM s INTERSECT SELECT id FROM s;
--> error THW-3123: INTERSECT is not supported yet. Use a LEFT SEMI JOIN where it serves.
SELECT approx_count_distinct(id) FROM s;
--> error THW-3140: 'approx_count_distinct' is not supported yet (line 1, column 8).
DESCRIBE FUNCTION session_window;
--> error THW-3140: 'session_window' is not supported yet.
SELECT collect_list(id ORDER BY k) FROM s;
--> error THW-3128: ORDER BY inside collect_list() is not supported yet (line 1, column 8).
SELECT collect_list(id) WITHIN GROUP (ORDER BY k) FROM s;
--> error THW-3128: ORDER BY inside collect_list() is not supported yet (line 1, column 8).
SELECT * FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '1' MINUTE));
--> error THW-3140: 'table' is not supported yet (line 1, column 15).
