-- NEXMark q22: the directories of a URL
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q22 AS
SELECT auction, bidder, price, channel, split_part(url, '/', 4) AS dir1, split_part(url, '/', 5) AS dir2,
       split_part(url, '/', 6) AS dir3 FROM STREAM bid;

AWAIT QUERY q22;
SELECT dir1, count(*) AS bids FROM q22 GROUP BY dir1 ORDER BY bids DESC, dir1 LIMIT 10;
