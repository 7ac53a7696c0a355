-- Complaints for each day on which messages were delivered, as mailbox providers and SES count them: by delivery. SES
-- reviews accounts from 0.1 %. A complaint counts on the day that its message was delivered.
WITH delivered AS (
  SELECT CAST("timestamp" AS date) AS delivered_on, message_id
  FROM email_event.delivery_log
), complained AS (
  SELECT DISTINCT message_id FROM email_event.complaint_log
)
SELECT delivered.delivered_on,
       count(DISTINCT delivered.message_id) AS messages,
       count(DISTINCT complained.message_id) AS complaints,
       round(100 * CAST(count(DISTINCT complained.message_id) AS double) / count(DISTINCT delivered.message_id), 3)
         AS complaint_rate_percent
FROM delivered
LEFT JOIN complained ON complained.message_id = delivered.message_id
GROUP BY delivered.delivered_on
ORDER BY delivered.delivered_on
