"""The Python Lambda: contender.py <mode> <event.json> <spec> [out]"""
import base64
import json
import resource
import sys
import time
from datetime import datetime

TABLES = {"Send": "send_log", "Open": "open_log", "Click": "click_log"}


def address(mail, name, common, envelope):
    for header in reversed(mail.get("headers") or []):
        if header["name"].lower() == name:
            return header["value"]
    return ", ".join(common) if common else envelope


def text(value):
    return None if value is None else json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def micros(iso):
    at = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    return int(at.timestamp()) * 1_000_000 + at.microsecond


def to_row(event):
    mail = event["mail"]
    common = mail.get("commonHeaders") or {}
    hit = event.get("open") or event.get("click")
    row = {
        "event_type": event["eventType"],
        "message_id": mail["messageId"],
        "from_address": address(mail, "from", common.get("from"), mail.get("source")),
        "to_address": address(mail, "to", common.get("to"), ", ".join(mail.get("destination") or []) or None),
        "timestamp": micros((hit or mail)["timestamp"]),
        "tags": text(mail.get("tags")),
    }
    if hit is not None:
        row["ip_address"] = hit.get("ipAddress")
        row["user_agent"] = hit.get("userAgent")
    if "click" in event:
        row["link"] = hit.get("link")
        row["link_tags"] = text(hit.get("linkTags"))
    return row


def handler(event):
    answers = []
    for record in event["records"]:
        try:
            source = json.loads(base64.b64decode(record["data"]))
            table = TABLES[source["eventType"]]
            row = json.dumps(to_row(source), separators=(",", ":"), ensure_ascii=False)
            otf = {"destinationDatabaseName": "email_event", "destinationTableName": table, "operation": "insert"}
            answers.append(
                {
                    "recordId": record["recordId"],
                    "result": "Ok",
                    "data": base64.b64encode(row.encode()).decode(),
                    "metadata": {"otfMetadata": otf},
                }
            )
        except Exception:
            answers.append({"recordId": record["recordId"], "result": "ProcessingFailed", "data": record["data"]})
    return {"records": answers}


def measure(run, count):
    start = time.process_time_ns()
    while time.process_time_ns() - start < 500e6:
        run()
    start = time.process_time_ns()
    batches = 0
    while time.process_time_ns() - start < 700e6 or batches < 5:
        run()
        batches += 1
    return (time.process_time_ns() - start) / batches / count


def main():
    mode, path = sys.argv[1:3]
    with open(path) as file:
        request = file.read()
    event = json.loads(request)
    if mode == "answers":
        with open(sys.argv[4], "w") as out:
            json.dump(handler(event), out)
        return
    run = (lambda: json.dumps(handler(json.loads(request)))) if mode == "whole" else (lambda: handler(event))
    ns = measure(run, len(event["records"]))
    print(json.dumps({"nsPerRecord": ns, "maxRssKb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))


main()
