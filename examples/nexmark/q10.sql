-- NEXMark q10: every bid into files, a directory for each day and minute
-- Origin: the query of that number in github.com/nexmark/nexmark (Apache-2.0), by meaning; the words are ours. A colon is left out of the names of directories.

SET thalweg.trigger = 'availableNow';

CREATE STREAM bid (WATERMARK FOR dateTime AS dateTime - INTERVAL '4' SECOND)
  USING nexmark OPTIONS (table 'bid', numEvents '100000', maxEventsPerTrigger '10000');

CREATE TABLE log (auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP, extra STRING, dt STRING, hm STRING)
  USING json OPTIONS (path 'target/nexmark/q10', checkpointLocation 'target/nexmark/q10-checkpoint')
  PARTITIONED BY (dt, hm);

INSERT INTO log AS QUERY q10
SELECT auction, bidder, price, dateTime, extra, date_format(dateTime, 'yyyy-MM-dd') AS dt, date_format(dateTime, 'HH-mm') AS hm
FROM STREAM bid;

AWAIT QUERY q10;
SELECT dt, hm, count(*) AS bids FROM log GROUP BY dt, hm ORDER BY dt, hm;
