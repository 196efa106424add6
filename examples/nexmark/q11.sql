-- NEXMark q11: how many bids a bidder makes until ten seconds pass without one
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q11 AS
SELECT bidder, count(*) AS bids, session_window.start AS starts, session_window.end AS ends
FROM STREAM bid GROUP BY bidder, session_window(dateTime, '10 seconds');

AWAIT QUERY q11;
SELECT bidder, bids, starts FROM q11 ORDER BY bids DESC, bidder, starts LIMIT 10;
