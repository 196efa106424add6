SELECT b.auction, b.price, b.bidder, b.dateTime, b.extra
FROM bid b JOIN (SELECT max(price) AS highest, time_bucket(INTERVAL 10 SECOND, dateTime) AS starts FROM bid GROUP BY starts) m
  ON b.price = m.highest AND time_bucket(INTERVAL 10 SECOND, b.dateTime) = m.starts
