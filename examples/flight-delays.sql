-- How late do flights leave? By week and state of departure, while the flights stream in.
--
-- Each file of examples/data/flights is one trigger here, as if it had just arrived. The last trigger closes the windows
-- that are still open, because the input ends (endOfInput).

SET thalweg.trigger = 'availableNow';

CREATE STREAM flights (
  date        TIMESTAMP,
  delay       BIGINT,          -- minutes; negative: early
  distance    BIGINT,          -- miles
  origin      STRING,
  destination STRING,
  WATERMARK FOR date AS date - INTERVAL '6' HOUR
) USING json OPTIONS (
  path 'examples/data/flights', timestampFormat 'yyyy/MM/dd HH:mm',
  fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush'
);

CREATE TABLE airports (
  iata STRING, name STRING, city STRING, state STRING, country STRING, latitude DOUBLE, longitude DOUBLE
) USING csv OPTIONS (path 'examples/data/airports.csv', header true);

SELECT window.start                               AS week,
       a.state,
       count(*)                                   AS flights,
       round(avg(f.delay), 1)                     AS avg_delay,
       count(*) FILTER (WHERE f.delay > 60)       AS over_an_hour
FROM STREAM flights f
JOIN airports a ON f.origin = a.iata
WHERE a.state IN ('CA', 'NY', 'TX', 'IL', 'GA')
GROUP BY window(f.date, INTERVAL '7' DAYS), a.state;
