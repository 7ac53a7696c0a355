// The Go Lambda: contender <mode> <event.json> <spec> [out]. encoding/json into typed structs, the tags kept as the JSON
// they came as.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sort"
	"strings"
	"syscall"
	"time"
)

type request struct {
	Records []record `json:"records"`
}

type record struct {
	RecordID string `json:"recordId"`
	Data     string `json:"data"`
}

type event struct {
	EventType string `json:"eventType"`
	Mail      mail   `json:"mail"`
	Open      *hit   `json:"open"`
	Click     *hit   `json:"click"`
}

type mail struct {
	MessageID   string          `json:"messageId"`
	Timestamp   string          `json:"timestamp"`
	Source      *string         `json:"source"`
	Destination []string        `json:"destination"`
	Headers     []header        `json:"headers"`
	Common      common          `json:"commonHeaders"`
	Tags        json.RawMessage `json:"tags"`
}

type header struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

type common struct {
	From []string `json:"from"`
	To   []string `json:"to"`
}

type hit struct {
	Timestamp string          `json:"timestamp"`
	IPAddress *string         `json:"ipAddress"`
	UserAgent *string         `json:"userAgent"`
	Link      *string         `json:"link"`
	LinkTags  json.RawMessage `json:"linkTags"`
}

type sendRow struct {
	EventType   string  `json:"event_type"`
	MessageID   string  `json:"message_id"`
	FromAddress *string `json:"from_address"`
	ToAddress   *string `json:"to_address"`
	Timestamp   int64   `json:"timestamp"`
	Tags        *string `json:"tags"`
}

type openRow struct {
	sendRow
	IPAddress *string `json:"ip_address"`
	UserAgent *string `json:"user_agent"`
}

type clickRow struct {
	openRow
	Link     *string `json:"link"`
	LinkTags *string `json:"link_tags"`
}

type response struct {
	Records []answer `json:"records"`
}

type answer struct {
	RecordID string    `json:"recordId"`
	Result   string    `json:"result"`
	Data     string    `json:"data"`
	Metadata *metadata `json:"metadata,omitempty"`
}

type metadata struct {
	Otf otf `json:"otfMetadata"`
}

type otf struct {
	Database  string `json:"destinationDatabaseName"`
	Table     string `json:"destinationTableName"`
	Operation string `json:"operation"`
}

func routeTo(table string) *metadata {
	return &metadata{otf{"email_event", table, "insert"}}
}

var sendLog, openLog, clickLog = routeTo("send_log"), routeTo("open_log"), routeTo("click_log")

var errNoRoute = errors.New("no route")

func address(m *mail, name string, common []string, envelope *string) *string {
	for i := len(m.Headers) - 1; i >= 0; i-- {
		if strings.EqualFold(m.Headers[i].Name, name) {
			return &m.Headers[i].Value
		}
	}
	if common != nil {
		return joined(common)
	}
	return envelope
}

func joined(list []string) *string {
	if list == nil {
		return nil
	}
	text := strings.Join(list, ", ")
	return &text
}

func text(raw json.RawMessage) *string {
	if raw == nil || string(raw) == "null" {
		return nil
	}
	text := string(raw)
	return &text
}

func toRow(data []byte) (any, *metadata, error) {
	var e event
	if err := json.Unmarshal(data, &e); err != nil {
		return nil, nil, err
	}
	m, at, h := &e.Mail, e.Mail.Timestamp, e.Click
	if e.EventType == "Open" {
		h = e.Open
	}
	if e.EventType != "Send" {
		if h == nil {
			return nil, nil, errNoRoute
		}
		at = h.Timestamp
	}
	instant, err := time.Parse(time.RFC3339, at)
	if err != nil {
		return nil, nil, err
	}
	send := sendRow{
		EventType:   e.EventType,
		MessageID:   m.MessageID,
		FromAddress: address(m, "from", m.Common.From, m.Source),
		ToAddress:   address(m, "to", m.Common.To, joined(m.Destination)),
		Timestamp:   instant.UnixMicro(),
		Tags:        text(m.Tags),
	}
	switch e.EventType {
	case "Send":
		return &send, sendLog, nil
	case "Open":
		return &openRow{send, h.IPAddress, h.UserAgent}, openLog, nil
	case "Click":
		return &clickRow{openRow{send, h.IPAddress, h.UserAgent}, h.Link, text(h.LinkTags)}, clickLog, nil
	}
	return nil, nil, errNoRoute
}

func handle(req *request) response {
	answers := make([]answer, len(req.Records))
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	// As JSON.stringify prints it.
	encoder.SetEscapeHTML(false)
	for i, rec := range req.Records {
		answers[i] = answer{rec.RecordID, "ProcessingFailed", rec.Data, nil}
		data, err := base64.StdEncoding.DecodeString(rec.Data)
		if err != nil {
			continue
		}
		row, route, err := toRow(data)
		if err != nil {
			continue
		}
		out.Reset()
		if encoder.Encode(row) != nil {
			continue
		}
		// Encode ends a value with a new line.
		row64 := base64.StdEncoding.EncodeToString(out.Bytes()[:out.Len()-1])
		answers[i] = answer{rec.RecordID, "Ok", row64, route}
	}
	return response{answers}
}

// Time of the processor in all threads, the collector's too.
func processorNs() int64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage.Utime.Nano() + usage.Stime.Nano()
}

func measure(run func(), count int) float64 {
	for start := processorNs(); processorNs()-start < 500e6; {
		run()
	}
	start, batches := processorNs(), 0
	for ; processorNs()-start < 700e6 || batches < 5; batches++ {
		run()
	}
	return float64(processorNs()-start) / float64(batches) / float64(count)
}

func parse(text []byte) *request {
	var req request
	if err := json.Unmarshal(text, &req); err != nil {
		panic(err)
	}
	return &req
}

func print(res response) []byte {
	text, err := json.Marshal(res)
	if err != nil {
		panic(err)
	}
	return text
}

func main() {
	mode := os.Args[1]
	text, err := os.ReadFile(os.Args[2])
	if err != nil {
		panic(err)
	}
	req := parse(text)
	if mode == "answers" {
		if err := os.WriteFile(os.Args[4], print(handle(req)), 0o600); err != nil {
			panic(err)
		}
		return
	}
	run := func() { handle(req) }
	if mode == "whole" {
		run = func() { print(handle(parse(text))) }
	}
	ns := measure(run, len(req.Records))
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	fmt.Printf("{\"nsPerRecord\":%f,\"maxRssKb\":%d}\n", ns, usage.Maxrss)
}
