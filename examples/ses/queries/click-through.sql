-- Of the messages that were opened, how many had a link clicked, by campaign. Clients that load no images click without
-- an open, so a message counts as opened if it was clicked.
WITH seen AS (
  SELECT coalesce(json_extract_scalar(tags, '$.campaign[0]'), '(none)') AS campaign, message_id, 0 AS clicked
  FROM email_event.open_log
  UNION ALL
  SELECT coalesce(json_extract_scalar(tags, '$.campaign[0]'), '(none)') AS campaign, message_id, 1 AS clicked
  FROM email_event.click_log
), messages AS (
  SELECT campaign, message_id, max(clicked) AS clicked
  FROM seen
  GROUP BY campaign, message_id
)
SELECT campaign,
       count(*) AS messages_opened,
       sum(clicked) AS messages_clicked,
       round(100 * CAST(sum(clicked) AS double) / count(*), 2) AS click_through_percent
FROM messages
GROUP BY campaign
ORDER BY campaign
