WITH gaps AS (
  SELECT bidder, dateTime, CASE WHEN dateTime - lag(dateTime) OVER (PARTITION BY bidder ORDER BY dateTime) <= INTERVAL 10 SECOND
    THEN 0 ELSE 1 END AS opens FROM bid),
sessions AS (SELECT bidder, dateTime, sum(opens) OVER (PARTITION BY bidder ORDER BY dateTime) AS number FROM gaps)
SELECT bidder, count(*) AS bids, min(dateTime) AS starts, max(dateTime) + INTERVAL 10 SECOND AS ends
FROM sessions GROUP BY bidder, number
