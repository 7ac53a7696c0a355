//! The Rust Lambda: contender <mode> <event.json> <spec> [out]. serde_json into typed structs that borrow from the
//! record, the tags kept as the JSON they came as.
use base64::{engine::general_purpose::STANDARD, Engine};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::{borrow::Cow, env, fs};

#[derive(Deserialize)]
struct Request { records: Vec<Record> }
#[derive(Deserialize)]
struct Record { #[serde(rename = "recordId")] record_id: String, data: String }

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(rename = "eventType", borrow)] event_type: Cow<'a, str>,
    #[serde(borrow)] mail: Mail<'a>,
    #[serde(borrow)] open: Option<Hit<'a>>,
    #[serde(borrow)] click: Option<Hit<'a>>,
}
#[derive(Deserialize)]
struct Mail<'a> {
    #[serde(rename = "messageId", borrow)] message_id: Cow<'a, str>,
    #[serde(borrow)] timestamp: Cow<'a, str>,
    #[serde(borrow)] source: Option<Cow<'a, str>>,
    destination: Option<Vec<String>>,
    #[serde(borrow)] headers: Option<Vec<Header<'a>>>,
    #[serde(borrow, rename = "commonHeaders")] common: Option<Common<'a>>,
    #[serde(borrow)] tags: Option<&'a RawValue>,
}
#[derive(Deserialize)]
struct Header<'a> { #[serde(borrow)] name: Cow<'a, str>, #[serde(borrow)] value: Cow<'a, str> }
#[derive(Deserialize)]
struct Common<'a> { #[serde(borrow)] from: Option<Vec<Cow<'a, str>>>, #[serde(borrow)] to: Option<Vec<Cow<'a, str>>> }
#[derive(Deserialize)]
struct Hit<'a> {
    #[serde(borrow)] timestamp: Cow<'a, str>,
    #[serde(rename = "ipAddress", borrow)] ip: Option<Cow<'a, str>>,
    #[serde(rename = "userAgent", borrow)] agent: Option<Cow<'a, str>>,
    #[serde(borrow)] link: Option<Cow<'a, str>>,
    #[serde(rename = "linkTags", borrow)] link_tags: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Row<'a> {
    event_type: &'a str, message_id: &'a str, from_address: Option<Cow<'a, str>>, to_address: Option<Cow<'a, str>>,
    timestamp: i64, tags: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")] ip_address: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")] user_agent: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")] link: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "Option::is_none")] link_tags: Option<Option<&'a str>>,
}

#[derive(Serialize)]
struct Response<'a> { records: Vec<Answer<'a>> }
#[derive(Serialize)]
struct Answer<'a> {
    #[serde(rename = "recordId")] record_id: &'a str, result: &'static str, data: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")] metadata: Option<Metadata>,
}
#[derive(Serialize)]
struct Metadata { #[serde(rename = "otfMetadata")] otf: Otf }
#[derive(Serialize)]
struct Otf {
    #[serde(rename = "destinationDatabaseName")] database: &'static str,
    #[serde(rename = "destinationTableName")] table: &'static str,
    operation: &'static str,
}

fn address<'a>(mail: &'a Mail, name: &str, common: Option<&'a Vec<Cow<'a, str>>>) -> Option<Cow<'a, str>> {
    let header = mail.headers.iter().flatten().rev().find(|header| header.name.eq_ignore_ascii_case(name));
    header.map(|header| Cow::from(&*header.value)).or_else(|| common.map(|list| Cow::from(list.join(", "))))
}

fn digits(text: &[u8]) -> Option<i64> {
    text.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
}

/// `2026-01-12T08:15:02.645Z` as microseconds since 1970.
fn micros(text: &str) -> Option<i64> {
    let b = text.as_bytes();
    if b.len() != 24 || b[23] != b'Z' { return None; }
    let (y, m, d) = (digits(&b[0..4])?, digits(&b[5..7])?, digits(&b[8..10])?);
    let (y, m) = if m <= 2 { (y - 1, m + 9) } else { (y, m - 3) };
    let days = y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + d - 1 - 719_468;
    let seconds = days * 86_400 + digits(&b[11..13])? * 3600 + digits(&b[14..16])? * 60 + digits(&b[17..19])?;
    Some(seconds * 1_000_000 + digits(&b[20..23])? * 1000)
}

fn row(bytes: &[u8]) -> Option<(String, &'static str)> {
    let event: Event = serde_json::from_slice(bytes).ok()?;
    let mail = &event.mail;
    let (hit, table) = match &*event.event_type {
        "Send" => (None, "send_log"),
        "Open" => (Some(event.open.as_ref()?), "open_log"),
        "Click" => (Some(event.click.as_ref()?), "click_log"),
        _ => return None,
    };
    let common = mail.common.as_ref();
    let row = Row {
        event_type: &event.event_type,
        message_id: &mail.message_id,
        from_address: address(mail, "from", common.and_then(|c| c.from.as_ref())).or(mail.source.as_deref().map(Cow::from)),
        to_address: address(mail, "to", common.and_then(|c| c.to.as_ref()))
            .or(mail.destination.as_ref().map(|list| Cow::from(list.join(", ")))),
        timestamp: micros(hit.map_or(&mail.timestamp, |hit| &hit.timestamp))?,
        tags: mail.tags.map(RawValue::get),
        ip_address: hit.map(|hit| hit.ip.as_deref()),
        user_agent: hit.map(|hit| hit.agent.as_deref()),
        link: event.click.as_ref().map(|hit| hit.link.as_deref()),
        link_tags: event.click.as_ref().map(|hit| hit.link_tags.map(RawValue::get)),
    };
    Some((serde_json::to_string(&row).ok()?, table))
}

fn handle(request: &Request) -> Response<'_> {
    let mut bytes = Vec::new();
    let records = request.records.iter().map(|record| {
        bytes.clear();
        let made = STANDARD.decode_vec(&record.data, &mut bytes).ok().and_then(|()| row(&bytes));
        match made {
            Some((text, table)) => Answer {
                record_id: &record.record_id, result: "Ok", data: STANDARD.encode(text).into(),
                metadata: Some(Metadata { otf: Otf { database: "email_event", table, operation: "insert" } }),
            },
            None => Answer { record_id: &record.record_id, result: "ProcessingFailed", data: Cow::from(&record.data), metadata: None },
        }
    });
    Response { records: records.collect() }
}

extern "C" {
    fn clock() -> i64;
}

/// Time of the processor; POSIX counts it in microseconds.
fn processor_ns() -> f64 {
    // Nothing but a reading of the C library's clock.
    (unsafe { clock() }) as f64 * 1000.0
}

fn measure(mut run: impl FnMut(), count: usize) -> f64 {
    let start = processor_ns();
    while processor_ns() - start < 500e6 { run(); }
    let (start, mut batches) = (processor_ns(), 0);
    while processor_ns() - start < 700e6 || batches < 5 {
        run();
        batches += 1;
    }
    (processor_ns() - start) / f64::from(batches) / count as f64
}

fn main() {
    let args: Vec<String> = env::args().collect();
    let text = fs::read_to_string(&args[2]).expect("the event's file");
    let request: Request = serde_json::from_str(&text).expect("a Firehose event");
    if args[1] == "answers" {
        fs::write(&args[4], serde_json::to_string(&handle(&request)).expect("a response")).expect("the answers' file");
        return;
    }
    let count = request.records.len();
    let ns = if args[1] == "whole" {
        measure(|| { let request: Request = serde_json::from_str(&text).expect("a Firehose event");
            std::hint::black_box(serde_json::to_string(&handle(&request)).expect("a response")); }, count)
    } else {
        measure(|| { std::hint::black_box(handle(&request)); }, count)
    };
    println!("{{\"nsPerRecord\":{ns},\"maxRssKb\":0}}");
}
