-- What the launcher runs once to record the classes that a start needs: the first example in small, a stream that is only
-- filtered, a materialized view, plans.
SET thalweg.trigger = 'availableNow';

CREATE STREAM flights (
  date TIMESTAMP, delay BIGINT, distance BIGINT, origin STRING, destination STRING,
  WATERMARK FOR date AS date - INTERVAL '6' HOUR
) USING json OPTIONS (
  path 'examples/data/flights', timestampFormat 'yyyy/MM/dd HH:mm',
  fileOrder 'name', maxFilesPerTrigger 4, endOfInput 'flush'
);

CREATE TABLE airports (
  iata STRING, name STRING, city STRING, state STRING, country STRING, latitude DOUBLE, longitude DOUBLE
) USING csv OPTIONS (path 'examples/data/airports.csv', header true);

SELECT window.start AS day, a.state, count(*) AS flights, round(avg(f.delay), 1) AS avg_delay,
       count(*) FILTER (WHERE f.delay > 60) AS over_an_hour
FROM STREAM flights f JOIN airports a ON f.origin = a.iata
WHERE a.state IN ('CA', 'NY')
GROUP BY window(f.date, INTERVAL '7' DAYS), a.state;

CREATE MATERIALIZED VIEW by_state AS
SELECT a.state, count(*) AS flights FROM STREAM flights f JOIN airports a ON f.origin = a.iata GROUP BY a.state;

AWAIT QUERY by_state;
SELECT * FROM by_state ORDER BY flights DESC LIMIT 3;
SHOW QUERIES;
DESCRIBE flights;
EXPLAIN INCREMENTAL SELECT origin, count(*) FROM STREAM flights GROUP BY origin;

SELECT upper(origin) AS origin, delay + 1 AS delay FROM STREAM flights WHERE delay > 300 AND destination LIKE 'S%';

SET thalweg.trigger = 'once';
CREATE STREAM ticks USING rate OPTIONS (rowsPerSecond 1000);
SELECT value, value % 10 AS digit FROM STREAM ticks;
