-- What is not built is refused by name, with what serves instead.
CREATE STREAM s (id INT, k STRING, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) USING memory;
SELECT hop_start(ts, INTERVAL '1' MINUTE, INTERVAL '2' MINUTE) FROM s;
--> error THW-3140: 'hop_start' is not supported yet (line 1, column 8).

