//! One list of misbehaviours, played against every provider and every question it can be asked.

use super::support::{bars, everybody, macros, news, site, symbol, trend};
use domain::Interval;
use engine::provider::{Answer, Capability, Provider, ProviderError};
use std::{fmt::Debug, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use wiremock::{MockServer, Request, ResponseTemplate};

/// Asks one question of each kind; what came, as text.
async fn ask_all(provider: &dyn Provider) -> Vec<(Capability, Answer<String>)> {
    fn text<T: Debug>(answer: Answer<T>) -> Answer<String> {
        answer.map(|answer| format!("{answer:?}"))
    }
    let mut answers = Vec::new();
    for capability in provider.capabilities() {
        let answer = match capability {
            Capability::Bars => text(provider.bars(&bars("AAPL", Interval::Day1)).await),
            Capability::Quotes => text(provider.quotes(&[symbol("AAPL")]).await),
            Capability::Search => text(provider.search("apple").await),
            Capability::News => text(provider.news(&news()).await),
            Capability::Macros => text(provider.macros(&macros("UNRATE")).await),
            Capability::Trends => text(provider.trends(&trend("recession")).await),
        };
        answers.push((*capability, answer));
    }
    assert!(!answers.is_empty(), "{} is asked nothing", provider.name());
    answers
}

/// Every answer of every provider at `base` must be an error that fits.
async fn all_fail(what: &str, base: &str, fits: impl Fn(&ProviderError) -> bool) {
    let site = site(base).most_bytes(64 * 1024).timeout(Duration::from_secs(10));
    for provider in everybody(&site) {
        for (capability, answer) in ask_all(&*provider).await {
            let name = provider.name();
            match answer {
                Err(error) => assert!(fits(&error), "{what}: {name} {capability:?} gives {error:?}"),
                Ok(answer) => panic!("{what}: {name} {capability:?} makes an answer of it: {answer}"),
            }
        }
    }
}

async fn all_fail_on(what: &str, answer: ResponseTemplate, fits: impl Fn(&ProviderError) -> bool) {
    let server = super::support::always(answer).await;
    all_fail(what, &server.uri(), fits).await;
}

fn status(code: u16) -> ResponseTemplate {
    ResponseTemplate::new(code)
}

fn json(text: &str) -> ResponseTemplate {
    status(200).set_body_raw(text.as_bytes().to_vec(), "application/json")
}

fn malformed(error: &ProviderError) -> bool {
    matches!(error, ProviderError::Malformed(_))
}

/// Malformed, or said by the quote page about the crumb it could not get.
fn unreadable(error: &ProviderError) -> bool {
    malformed(error) || *error == ProviderError::Denied("no crumb".into())
}

fn unreachable(error: &ProviderError) -> bool {
    matches!(error, ProviderError::Unreachable(_))
}

#[tokio::test]
async fn too_many_requests_is_a_pause_as_long_as_it_says() {
    let plain = status(429).set_body_string("Edge: Too Many Requests");
    all_fail_on("429", plain, |error| *error == ProviderError::Throttled { retry_after: None }).await;
    let seven = ProviderError::Throttled { retry_after: Some(Duration::from_secs(7)) };
    all_fail_on("429 in 7 s", status(429).insert_header("retry-after", "7"), |error| *error == seven).await;
    // The difference to the server's own clock, which is years away from ours.
    let dated = status(429)
        .insert_header("date", "Tue, 01 Jan 2008 00:00:00 GMT")
        .insert_header("retry-after", "Tue, 01 Jan 2008 00:00:07 GMT");
    all_fail_on("429 until then", dated, |error| *error == seven).await;
    let busy = status(503).insert_header("retry-after", "7");
    all_fail_on("503 in 7 s", busy, |error| *error == seven).await;
}

#[tokio::test]
async fn closed_doors_are_told_from_faults() {
    let denied = |error: &ProviderError| matches!(error, ProviderError::Denied(_));
    all_fail_on("401", status(401), denied).await;
    all_fail_on("403", status(403).set_body_string("Forbidden"), denied).await;
    for code in [500, 502, 503, 504] {
        let faulty = |error: &ProviderError| matches!(error, ProviderError::Faulty(_));
        all_fail_on("5xx", status(code).set_body_string("oops"), faulty).await;
    }
}

#[tokio::test]
async fn what_does_not_exist_is_no_failure_of_the_provider() {
    // The quote page knows no single symbols: there it is a door that is closed.
    let gone = |error: &ProviderError| matches!(error, ProviderError::NotFound | ProviderError::Denied(_));
    all_fail_on("404", status(404).set_body_string("not here"), gone).await;
    let page = status(404).set_body_raw("<html>not here</html>", "text/html");
    all_fail_on("404 page", page, gone).await;
}

#[tokio::test]
async fn a_web_page_with_status_200_is_not_taken_for_data() {
    let page = "<!DOCTYPE html><html><body>Please solve this puzzle</body></html>";
    for kind in ["text/html; charset=utf-8", "application/json", "text/csv", "text/plain"] {
        all_fail_on("a page", status(200).set_body_raw(page, kind), unreadable).await;
    }
}

#[tokio::test]
async fn other_kinds_of_content_are_not_read() {
    let picture = status(200).set_body_raw(b"\x89PNG\r\n\x1a\n".to_vec(), "image/png");
    let fits = |error: &ProviderError| unreadable(error) || matches!(error, ProviderError::Refused(_));
    all_fail_on("a picture", picture, fits).await;
    all_fail_on("nothing", json(""), unreadable).await;
}

#[tokio::test]
async fn json_of_another_shape_is_not_guessed_at() {
    let deep = "[".repeat(5000) + &"]".repeat(5000);
    let shapes = ["[]", "null", "42", "\"text\"", "[null]", "[[]]", "{\"chart\":", "{\"a\":1e999}", &deep];
    for shape in shapes {
        let site_text = shape.chars().take(20).collect::<String>();
        let server = super::support::always(json(shape)).await;
        let site = site(&server.uri());
        for provider in everybody(&site) {
            for (capability, answer) in ask_all(&*provider).await {
                let name = provider.name();
                // A list of no prices, and an object that says nothing of articles, are empty answers.
                let empty = answer
                    .as_ref()
                    .is_ok_and(|answer| !answer.contains("close:") && !answer.contains("title:"));
                let refused = matches!(&answer, Err(error) if unreadable(error));
                assert!(refused || empty, "{site_text}: {name} {capability:?} gives {answer:?}");
            }
        }
    }
}

#[tokio::test]
async fn invalid_utf_8_is_never_data() {
    let bytes = b"{\"a\": \"\xff\xfe\", \"chart\": \"\xc3\x28\"}".to_vec();
    let fits = |error: &ProviderError| unreadable(error) || matches!(error, ProviderError::Refused(_));
    all_fail_on("invalid UTF-8", status(200).set_body_raw(bytes, "application/json"), fits).await;
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_the_end() {
    let too_much = |error: &ProviderError| *error == ProviderError::Malformed("more than 65536 bytes".into());
    let huge = format!("{{\"a\": \"{}\"}}", "x".repeat(100_000));
    all_fail_on("huge", json(&huge), too_much).await;
    // In pieces, whose sum nobody announces, and the last of which never comes.
    let piece = format!("2710\r\n{}\r\n", "x".repeat(10_000));
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let (base, serving) = raw(format!("{head}{}", piece.repeat(10)).as_bytes(), true).await;
    all_fail("huge, in pieces", &base, too_much).await;
    serving.abort();
}

#[tokio::test]
async fn redirects_in_a_circle_and_to_strange_places_end() {
    let circle = status(302).insert_header("location", "/again");
    all_fail_on("a circle", circle, malformed).await;
    for to in ["file:///etc/passwd", "ftp://example.org/", "http://", ""] {
        all_fail_on(to, status(302).insert_header("location", to), malformed).await;
    }
}

/// A server of raw bytes: it sends `answer` to everybody, and then closes or holds the connection.
async fn raw(answer: &[u8], hold: bool) -> (String, JoinHandle<()>) {
    let answer = answer.to_vec();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let mut held = Vec::new();
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut head = [0; 4096];
            let _ = socket.read(&mut head).await;
            let _ = socket.write_all(&answer).await;
            if hold {
                held.push(socket);
            }
        }
    });
    (base, serving)
}

#[tokio::test]
async fn an_answer_cut_off_by_the_network_is_worth_another_try() {
    let head =
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{\"chart\":{";
    let (base, serving) = raw(head, false).await;
    all_fail("cut off", &base, unreachable).await;
    serving.abort();
    let (base, serving) = raw(b"HTTP/1.1 200 O", false).await;
    all_fail("half a head", &base, unreachable).await;
    serving.abort();
    let (base, serving) = raw(b"\x15\x03\x01nonsense\r\n\r\n", false).await;
    all_fail("no HTTP", &base, unreachable).await;
    serving.abort();
}

#[tokio::test]
async fn silence_ends_at_the_time_limit() {
    // Before the head and in the middle of the body.
    let half = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 9000\r\n\r\n{";
    for said in [&b""[..], half] {
        let (base, serving) = raw(said, true).await;
        let site = site(&base).timeout(Duration::from_millis(50));
        for provider in everybody(&site) {
            for (capability, answer) in ask_all(&*provider).await {
                let expected = ProviderError::Unreachable("nothing within 0.05 s".into());
                assert_eq!(answer, Err(expected), "{} {capability:?}", provider.name());
            }
        }
        serving.abort();
    }
}

#[tokio::test]
async fn nobody_at_the_address_is_unreachable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    all_fail("nobody", &base, unreachable).await;
}

#[tokio::test]
async fn keys_do_not_follow_a_redirect_to_another_house() {
    let other = super::support::always(status(404)).await;
    let to = other.uri();
    let server = super::support::always(status(302).insert_header("location", to.as_str())).await;
    for provider in everybody(&site(&server.uri())) {
        ask_all(&*provider).await;
    }
    let seen = |server: Vec<Request>| {
        let has = |request: &Request| format!("{:?}{}", request.headers, request.url).contains("s3cret");
        server.iter().filter(|request| has(request)).count()
    };
    assert!(seen(server.received_requests().await.unwrap()) >= 3, "the provider itself gets its key");
    let elsewhere = other.received_requests().await.unwrap();
    assert!(!elsewhere.is_empty());
    assert_eq!(seen(elsewhere), 0);
}

#[tokio::test]
async fn everybody_says_who_asks() {
    let server: MockServer = super::support::always(status(404)).await;
    for provider in everybody(&site(&server.uri())) {
        ask_all(&*provider).await;
    }
    for request in server.received_requests().await.unwrap() {
        let agent = request.headers.get("user-agent").unwrap().to_str().unwrap();
        assert!(agent.starts_with("Candlewick/"), "{agent}");
    }
}
