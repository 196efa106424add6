WITH counts AS (
  SELECT auction, count(*) AS num, starts, starts + INTERVAL 10 SECOND AS ends
  FROM (SELECT auction, unnest([time_bucket(INTERVAL 2 SECOND, dateTime) - i * INTERVAL 2 SECOND FOR i IN range(5)]) AS starts FROM bid)
  GROUP BY auction, starts)
SELECT c.auction, c.num, c.starts, c.ends
FROM counts c JOIN (SELECT max(num) AS most, starts FROM counts GROUP BY starts) m ON c.starts = m.starts AND c.num >= m.most
