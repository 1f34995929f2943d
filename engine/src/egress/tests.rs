use super::*;
use serde_json::json;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

fn nobody() -> Egress {
    Egress::new(Allowed::default())
}

async fn refused(egress: &Egress, url: &str) -> String {
    match egress.post(url, None, &json!({})).await {
        Err(EgressError::Refused(why)) => why,
        other => panic!("{url}: {other:?}"),
    }
}

#[tokio::test]
async fn what_is_inside_is_refused_before_anything_is_sent() {
    let server = MockServer::start().await;
    let port = server.address().port();
    let inside = [
        format!("http://127.0.0.1:{port}/hook"),
        // Other ways to write the same address.
        format!("http://2130706433:{port}/hook"),
        format!("http://0x7f.1:{port}/hook"),
        format!("http://0177.0.0.1:{port}/hook"),
        format!("http://[::ffff:127.0.0.1]:{port}/hook"),
        format!("http://[::1]:{port}/hook"),
        format!("http://0.0.0.0:{port}/hook"),
        // A name that leads inside is found out by what it means.
        format!("http://localhost:{port}/hook"),
        "http://169.254.169.254/latest/meta-data".to_string(),
        "http://10.0.0.1/".to_string(),
        "http://[fe80::1]/".to_string(),
    ];
    for url in inside {
        let why = refused(&nobody(), &url).await;
        assert!(why.contains("inside the network"), "{url}: {why}");
    }
    assert!(server.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn other_schemes_and_no_addresses_are_refused() {
    for url in ["file:///etc/passwd", "gopher://example.org/", "ftp://example.org/", "", "http://", "hook"] {
        refused(&nobody(), url).await;
    }
}

#[tokio::test]
async fn the_allowed_is_reached_by_address_and_by_name() {
    let server = MockServer::start().await;
    let port = server.address().port();
    Mock::given(matchers::header("authorization", "Bearer token"))
        .and(matchers::body_json(json!({ "text": "hello" })))
        .respond_with(ResponseTemplate::new(202).set_body_string("ok"))
        .mount(&server)
        .await;
    let ways = [("127.0.0.0/8", "127.0.0.1"), ("localhost", "localhost"), ("127.0.0.1,::1", "localhost")];
    for (allowed, host) in ways {
        let egress = Egress::new(Allowed::parse(allowed).unwrap());
        let url = format!("http://{host}:{port}/hook");
        let reply = egress.post(&url, Some("token"), &json!({ "text": "hello" })).await.unwrap();
        assert_eq!((reply.status, reply.text.as_str()), (202, "ok"), "{allowed}");
    }
    // Allowing a name does not allow its address.
    let egress = Egress::new(Allowed::parse("localhost").unwrap());
    refused(&egress, &format!("http://127.0.0.1:{port}/hook")).await;
}

#[tokio::test]
async fn a_redirect_to_the_inside_is_an_answer_and_not_followed() {
    let (door, inner) = (MockServer::start().await, MockServer::start().await);
    let to = ResponseTemplate::new(307).insert_header("location", inner.uri());
    Mock::given(matchers::any()).respond_with(to).mount(&door).await;
    let egress = Egress::new(Allowed::parse("127.0.0.1").unwrap());
    let reply = egress.post(&door.uri(), None, &json!({})).await.unwrap();
    assert_eq!(reply.status, 307);
    assert!(inner.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn of_a_huge_answer_only_the_beginning_is_kept_and_the_wait_is_read() {
    let server = MockServer::start().await;
    let huge =
        ResponseTemplate::new(429).insert_header("retry-after", "7").set_body_string("x".repeat(1 << 20));
    Mock::given(matchers::any()).respond_with(huge).mount(&server).await;
    let egress = Egress::new(Allowed::parse("127.0.0.1").unwrap());
    let reply = egress.post(&server.uri(), None, &json!({})).await.unwrap();
    assert_eq!((reply.status, reply.retry_after_s, reply.text.len()), (429, Some(7), MOST_BYTES));
}

#[tokio::test]
async fn an_error_names_the_host_and_keeps_the_rest_of_the_address_to_itself() {
    // Taken and given back: nobody listens there.
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let egress = Egress::new(Allowed::parse("127.0.0.1").unwrap());
    let url = format!("http://127.0.0.1:{port}/services/T000/SECRET");
    let error = egress.post(&url, None, &json!({})).await.unwrap_err();
    assert!(matches!(&error, EgressError::Unreachable(why) if why.contains("127.0.0.1")), "{error:?}");
    assert!(!error.to_string().contains("SECRET"), "{error}");
}
