-- The sensor lab: readings of phones that people carry, with what they were doing ('gt', the ground truth).

SET thalweg.trigger = 'availableNow';

CREATE STREAM readings (
  user STRING, device STRING, ts TIMESTAMP, x DOUBLE, y DOUBLE, z DOUBLE, gt STRING,
  WATERMARK FOR ts AS ts - INTERVAL '5' SECONDS
) USING json OPTIONS (path 'examples/data/sensors', fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush');

-- Averages for every combination of user and activity, and over all of each.
CREATE MATERIALIZED VIEW averages AS
SELECT user, gt, round(avg(x), 3) AS x, round(avg(y), 3) AS y, round(avg(z), 3) AS z
FROM STREAM readings WHERE gt IS NOT NULL GROUP BY CUBE (user, gt);

-- Readings in windows of 15 seconds, a new one every 10.
CREATE MATERIALIZED VIEW windows AS
SELECT window.start AS start, window.end AS end, count(*) AS readings, round(max(z), 2) AS max_z
FROM STREAM readings GROUP BY window(ts, INTERVAL '15' SECONDS, INTERVAL '10' SECONDS);

-- How many readings of each activity, and of how many users? Shown as it changes, until the input ends.
SELECT gt AS activity, count(*) AS readings, count(DISTINCT user) AS users
FROM STREAM readings WHERE gt IS NOT NULL GROUP BY gt;

AWAIT QUERY averages;
AWAIT QUERY windows;

SELECT * FROM averages ORDER BY user, gt LIMIT 12;
SELECT * FROM windows ORDER BY start;
