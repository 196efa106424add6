-- NEXMark q14: bids of some worth, by the time of day, and how often a letter is in them
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours. Letters are counted with replace in place of a function of one's own.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q14 AS
SELECT auction, bidder, 0.908 * price AS price,
       CASE WHEN hour(dateTime) BETWEEN 8 AND 18 THEN 'day'
            WHEN hour(dateTime) <= 6 OR hour(dateTime) >= 20 THEN 'night'
            ELSE 'other' END AS at,
       dateTime, length(extra) - length(replace(extra, 'c', '')) AS cs
FROM STREAM bid WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000;

AWAIT QUERY q14;
SELECT at, count(*) AS bids, sum(cs) AS cs FROM q14 GROUP BY at ORDER BY at;
