-- Permanent bounces by the recipient's domain. Needs Delivery and Bounce events, and one row per recipient
-- (rowPer: 'recipient'): rows about several recipients have no domain of their own and are left out. Transient bounces
-- do not count: an out-of-office answer is one, and comes beside a delivery.
WITH ends AS (
  SELECT lower(split_part(recipient, '@', 2)) AS domain, 0 AS bounced
  FROM email_event.delivery_log
  WHERE recipient IS NOT NULL
  UNION ALL
  SELECT lower(split_part(recipient, '@', 2)) AS domain, 1 AS bounced
  FROM email_event.bounce_log
  WHERE recipient IS NOT NULL AND bounce_type = 'Permanent'
)
SELECT domain,
       count(*) AS recipients,
       sum(bounced) AS bounces,
       round(100 * CAST(sum(bounced) AS double) / count(*), 2) AS bounce_rate_percent
FROM ends
GROUP BY domain
ORDER BY domain
