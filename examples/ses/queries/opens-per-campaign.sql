-- Messages of each campaign, and how many of them were opened. SES may publish an event twice, and readers open more
-- than once: messages are counted by their id.
WITH sent AS (
  SELECT coalesce(json_extract_scalar(tags, '$.campaign[0]'), '(none)') AS campaign,
         count(DISTINCT message_id) AS messages
  FROM email_event.send_log
  GROUP BY 1
), opened AS (
  SELECT coalesce(json_extract_scalar(tags, '$.campaign[0]'), '(none)') AS campaign,
         count(DISTINCT message_id) AS messages_opened,
         count(*) AS opens
  FROM email_event.open_log
  GROUP BY 1
)
SELECT sent.campaign,
       sent.messages,
       coalesce(opened.messages_opened, 0) AS messages_opened,
       coalesce(opened.opens, 0) AS opens,
       round(100 * CAST(coalesce(opened.messages_opened, 0) AS double) / sent.messages, 2) AS open_rate_percent
FROM sent
LEFT JOIN opened ON opened.campaign = sent.campaign
ORDER BY sent.campaign
