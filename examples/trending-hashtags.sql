-- Which hashtags trend? Counts in windows of 10 minutes, a new one every minute.

SET thalweg.trigger = 'availableNow';

CREATE STREAM tweets (
  user STRING,
  text STRING,
  ts   TIMESTAMP,
  WATERMARK FOR ts AS ts - INTERVAL '30' SECONDS
) USING json OPTIONS (path 'examples/data/tweets', fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush');

CREATE VIEW tags AS
SELECT ts, tag FROM STREAM tweets LATERAL VIEW explode(split(text, ' ')) words AS tag WHERE tag LIKE '#%';

-- The counts of every window, kept up to date behind the statements that follow.
CREATE MATERIALIZED VIEW trends AS
SELECT window.start AS start, tag, count(*) AS n
FROM tags GROUP BY window(ts, INTERVAL '10' MINUTES, INTERVAL '1' MINUTE), tag;

-- What trends, while the tweets stream in: shown here as it changes, until the input ends.
SELECT window.start AS start, window.end AS end, tag, count(*) AS n
FROM tags GROUP BY window(ts, INTERVAL '10' MINUTES, INTERVAL '1' MINUTE), tag
HAVING count(*) >= 170;

AWAIT QUERY trends;

-- The busiest windows of all:
SELECT start, tag, n FROM trends ORDER BY n DESC, start, tag LIMIT 10;
