-- Visits of the last ten seconds, page by page: rows come when they come, and go with the clock. Shown once a second, until Ctrl-C.
--
--   ./thalweg run examples/last-ten-seconds.sql

SET thalweg.trigger = '1 second';

CREATE STREAM made USING rate OPTIONS (rowsPerSecond '20');

CREATE VIEW visits AS
SELECT timestamp AS ts, element_at(array('/home', '/help', '/shop'), CAST(1 + value * value % 7 % 3 AS INT)) AS page
FROM STREAM made;

SELECT page, count(*) AS visits, min(ts) AS oldest
FROM visits
WHERE ts > clock() - INTERVAL '10' SECONDS
GROUP BY page;
