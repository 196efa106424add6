-- What was each share bid for when it was traded? Quotes and trades are streams of their own, and either may come late.

SET thalweg.trigger = 'availableNow';

CREATE STREAM quotes (
  symbol STRING, ts TIMESTAMP, bid DECIMAL(9, 2), ask DECIMAL(9, 2), WATERMARK FOR ts AS ts - INTERVAL '2' SECONDS
) USING json OPTIONS (path 'examples/data/market/quotes-*.json', fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush');

CREATE STREAM trades (
  symbol STRING, ts TIMESTAMP, price DECIMAL(9, 2), shares INT, WATERMARK FOR ts AS ts - INTERVAL '2' SECONDS
) USING json OPTIONS (path 'examples/data/market/trades-*.json', fileOrder 'name', maxFilesPerTrigger 1, endOfInput 'flush');

-- Each trade beside the last quote of its symbol. It is in the table once the watermark has made sure that no nearer quote comes.
CREATE TABLE priced USING memory;
INSERT INTO priced
SELECT t.symbol, t.ts, t.price, q.bid, q.ask, t.shares, t.ts - q.ts AS age
FROM STREAM trades t ASOF JOIN STREAM quotes q MATCH_CONDITION (t.ts >= q.ts) ON t.symbol = q.symbol;

-- The same as a question about versions: what did all trades of a symbol cost more than the middle of bid and ask?
SELECT t.symbol, count(*) AS trades, sum((t.price - (q.bid + q.ask) / 2) * t.shares) AS paid_more
FROM STREAM trades t JOIN STREAM quotes FOR SYSTEM_TIME AS OF t.ts q ON t.symbol = q.symbol
GROUP BY t.symbol;

AWAIT QUERY priced;

SELECT * FROM priced ORDER BY ts LIMIT 12;
