-- Window functions, first rows and QUALIFY over streams, kept up to date in views.
CREATE STREAM bids (auction INT, bidder INT, price INT, ts TIMESTAMP) USING memory;
INSERT INTO bids VALUES (1, 7, 10, TIMESTAMP '2026-01-01 12:00:00'), (1, 8, 20, TIMESTAMP '2026-01-01 12:00:01'), (2, 7, 5, TIMESTAMP '2026-01-01 12:00:02');
CREATE MATERIALIZED VIEW last_bids AS SELECT auction, bidder, price FROM (SELECT *, row_number() OVER (PARTITION BY bidder, auction ORDER BY ts DESC) AS r FROM STREAM bids) WHERE r = 1;
CREATE MATERIALIZED VIEW top_bids AS SELECT auction, price, rank() OVER (PARTITION BY auction ORDER BY price DESC) AS r FROM STREAM bids QUALIFY r <= 2;
CREATE MATERIALIZED VIEW running AS SELECT auction, price, sum(price) OVER (PARTITION BY auction ORDER BY ts) AS total, lag(price) OVER (PARTITION BY auction ORDER BY ts) AS before FROM STREAM bids;
CREATE MATERIALIZED VIEW best AS SELECT auction, count(*) AS n FROM STREAM bids GROUP BY auction ORDER BY n DESC, auction LIMIT 1;
CREATE MATERIALIZED VIEW second AS SELECT price FROM STREAM bids ORDER BY price LIMIT 1 OFFSET 1;
CREATE MATERIALIZED VIEW any_two AS SELECT price FROM STREAM bids LIMIT 2;
AWAIT QUERY last_bids UNTIL IDLE;
AWAIT QUERY top_bids UNTIL IDLE;
AWAIT QUERY running UNTIL IDLE;
AWAIT QUERY best UNTIL IDLE;
AWAIT QUERY second UNTIL IDLE;
AWAIT QUERY any_two UNTIL IDLE;
SELECT * FROM last_bids ORDER BY ALL;
--> 1, 7, 10
--> 1, 8, 20
--> 2, 7, 5
SELECT * FROM top_bids ORDER BY auction, r;
--> 1, 20, 1
--> 1, 10, 2
--> 2, 5, 1
SELECT * FROM running ORDER BY auction, total;
--> 1, 10, 10, NULL
--> 1, 20, 30, 10
--> 2, 5, 5, NULL
SELECT * FROM best;
--> 1, 2
SELECT * FROM second;
--> 10
SELECT * FROM any_two ORDER BY price;
--> 10
--> 20
INSERT INTO bids VALUES (2, 7, 30, TIMESTAMP '2026-01-01 12:00:03'), (2, 9, 30, TIMESTAMP '2026-01-01 12:00:00'), (1, 8, 15, TIMESTAMP '2026-01-01 12:00:00.5');
INSERT INTO bids VALUES (2, 9, 1, TIMESTAMP '2026-01-01 12:00:09');
AWAIT QUERY last_bids UNTIL IDLE;
AWAIT QUERY top_bids UNTIL IDLE;
AWAIT QUERY running UNTIL IDLE;
AWAIT QUERY best UNTIL IDLE;
AWAIT QUERY second UNTIL IDLE;
AWAIT QUERY any_two UNTIL IDLE;
SELECT * FROM last_bids ORDER BY ALL;
--> 1, 7, 10
--> 1, 8, 20
--> 2, 7, 30
--> 2, 9, 1
SELECT * FROM top_bids ORDER BY auction, r;
--> 1, 20, 1
--> 1, 15, 2
--> 2, 30, 1
--> 2, 30, 1
SELECT * FROM running ORDER BY auction, total;
--> 1, 10, 10, NULL
--> 1, 15, 25, 10
--> 1, 20, 45, 15
--> 2, 30, 30, NULL
--> 2, 5, 35, 30
--> 2, 30, 65, 5
--> 2, 1, 66, 30
SELECT * FROM best;
--> 2, 4
SELECT * FROM second;
--> 5
SELECT * FROM any_two ORDER BY price;
--> 10
--> 20
