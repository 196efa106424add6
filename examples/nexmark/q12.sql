-- NEXMark q12: how many bids a bidder makes in ten seconds of the clock
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q12 AS
SELECT bidder, count(*) AS bids, window.start AS starts, window.end AS ends
FROM (SELECT bidder, current_timestamp() AS taken FROM STREAM bid)
GROUP BY bidder, window(taken, '10 seconds');

AWAIT QUERY q12;
SELECT bidder, sum(bids) AS bids FROM q12 GROUP BY bidder ORDER BY bids DESC, bidder LIMIT 10;
