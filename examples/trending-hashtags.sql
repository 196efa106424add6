-- Which hashtags trend? Counts in windows of 10 minutes, a new one every minute.

SET thalweg.trigger = 'availableNow';

CREATE STREAM tweets (
  user STRING,
  text STRING,
  ts   TIMESTAMP,
  WATERMARK FOR ts AS ts - INTERVAL '30' SECONDS
) USING json OPTIONS (path 'examples/data/tweets', fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush');

CREATE MATERIALIZED VIEW trends AS
SELECT window.start AS start, tag, count(*) AS n
FROM STREAM tweets LATERAL VIEW explode(split(text, ' ')) words AS tag
WHERE tag LIKE '#%'
GROUP BY window(ts, INTERVAL '10' MINUTES, INTERVAL '1' MINUTE), tag;

AWAIT QUERY trends;

-- The view holds every window; the busiest tags of all of them:
SELECT start, tag, n FROM trends ORDER BY n DESC, start, tag LIMIT 10;
