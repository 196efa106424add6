SELECT bidder, sum(bids) AS bids FROM q12 GROUP BY bidder
