-- Counts the words that arrive on a socket. In another terminal: nc -l 9999

CREATE STREAM lines USING socket OPTIONS (host 'localhost', port 9999);

SELECT word, count(*) AS n
FROM STREAM lines LATERAL VIEW explode(split(value, '\\s+')) words AS word
WHERE word <> ''
GROUP BY word;
