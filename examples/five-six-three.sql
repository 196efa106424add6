-- A sensor that sends 5, 6 and 3 in a row is about to fail. Its codes arrive in the wrong order, by up to ten seconds.

SET thalweg.trigger = 'availableNow';

CREATE STREAM codes (sensor STRING, value INT, ts TIMESTAMP, WATERMARK FOR ts AS ts - INTERVAL '10' SECONDS)
USING json OPTIONS (path 'examples/data/codes', fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush');

-- An alert comes once, as soon as the watermark says that no code is missing between the three.
SELECT sensor, begins, ends
FROM STREAM codes MATCH_RECOGNIZE (
  PARTITION BY sensor
  ORDER BY ts
  MEASURES A.ts AS begins, C.ts AS ends
  PATTERN (A B C) WITHIN INTERVAL '1' MINUTE
  DEFINE A AS value = 5, B AS value = 6, C AS value = 3
) AS alert;
