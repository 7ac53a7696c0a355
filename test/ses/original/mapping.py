"""The mapping of the original pipeline, written anew from its description, for comparison.

Takes a JSON list of batches on standard input, each a list of payloads (text of one record). Prints a JSON list: for
each batch {"answers": [{"table", "row"}]}, or {"error"} with the kind of the exception that cost the whole batch.
"""

import json
import sys

TABLES = {"Send": "send_log", "Open": "open_log", "Click": "click_log"}


def header(mail, name):
    """The headers of a name in exactly this case; the last one wins. None of them: no such key in the row."""
    return {entry["name"]: entry["value"] for entry in mail["headers"]}.get(name)


def to_row(event):
    mail = event["mail"]
    row = {"event_type": event["eventType"], "message_id": mail["messageId"], "tags": mail["tags"]}
    for column, name in (("from_address", "From"), ("to_address", "To")):
        value = header(mail, name)
        if value is not None:
            row[column] = value
    if event["eventType"] == "Send":
        row["timestamp"] = mail["timestamp"]
    if event["eventType"] == "Open":
        row.update(interaction(event["open"]))
    if event["eventType"] == "Click":
        click = event["click"]
        row.update(interaction(click), link=click["link"], link_tags=click["linkTags"])
    return row


def interaction(payload):
    return {
        "timestamp": payload["timestamp"],
        "ip_address": payload["ipAddress"],
        "user_agent": payload["userAgent"],
    }


def transform(payload):
    event = json.loads(payload)
    return {"table": TABLES.get(event["eventType"]), "row": to_row(event)}


def answer(batch):
    try:
        return {"answers": [transform(payload) for payload in batch]}
    except Exception as error:  # pylint: disable=broad-exception-caught  (Lambda would fail the batch with any)
        return {"error": type(error).__name__}


if __name__ == "__main__":
    # Names and tags may hold any UTF-16 code unit, lone surrogates too, so nothing but ASCII is printed.
    json.dump([answer(batch) for batch in json.load(sys.stdin)], sys.stdout)
