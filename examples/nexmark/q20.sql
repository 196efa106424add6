-- NEXMark q20: each bid with its auction, of one category
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours. Without the two paddings.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE STREAM auction (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'auction', numEvents '100000', maxEventsPerTrigger '10000');

CREATE MATERIALIZED VIEW q20 AS
SELECT b.auction, b.bidder, b.price, b.channel, b.dateTime, a.itemName, a.initialBid, a.expires, a.seller
FROM STREAM bid b JOIN STREAM auction a ON b.auction = a.id WHERE a.category = 10;

AWAIT QUERY q20;
SELECT seller, count(*) AS bids FROM q20 GROUP BY seller ORDER BY bids DESC, seller LIMIT 10;
