-- NEXMark q5: the auctions with most bids in the last ten seconds, every two seconds
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q5 AS
WITH counts AS (
  SELECT auction, count(*) AS num, window.start AS starts, window.end AS ends
  FROM STREAM bid GROUP BY auction, window(dateTime, '10 seconds', '2 seconds'))
SELECT c.auction, c.num, c.starts, c.ends
FROM counts c JOIN (SELECT max(num) AS most, starts, ends FROM counts GROUP BY starts, ends) m
  ON c.starts = m.starts AND c.ends = m.ends AND c.num >= m.most;

AWAIT QUERY q5;
SELECT ends, auction, num FROM q5 ORDER BY ends, auction LIMIT 10;
