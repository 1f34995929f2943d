//! A whole Candlewick inside the test, on a free port with a data folder of its own, and a small client.
#![allow(dead_code)] // every test file uses its own part of this

mod live;
pub mod surface;

#[allow(unused_imports)]
pub use live::{Event, Listener};

use axum::body::{Body, Bytes};
use http_body_util::BodyExt;
use hyper::{Method, Request, StatusCode, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use server::{Config, Server, config};
use std::{net::SocketAddr, path::Path};
use tokio::net::TcpStream;

pub const PASSWORD: &str = "correct horse battery";

/// The account that operates every server here.
pub const OPERATOR: &str = "operator@example.org";

/// The built pages, where they were built.
#[derive(rust_embed::RustEmbed)]
#[folder = "../target/site"]
struct Site;

/// A running program; its data goes with it.
pub struct Candlewick {
    pub server: Server,
    dir: tempfile::TempDir,
}

impl Candlewick {
    pub async fn start() -> Candlewick {
        Candlewick::start_with(&[]).await
    }

    /// With settings, named without their prefix.
    pub async fn start_with(settings: &[(&str, &str)]) -> Candlewick {
        let dir = tempfile::tempdir().unwrap();
        let config = config_in(dir.path(), settings);
        Candlewick { server: Server::start(config, Site::get).await.unwrap(), dir }
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str, body: Value) -> Call {
        self.call(Method::POST, path).json(body)
    }

    pub fn call(&self, method: Method, path: &str) -> Call {
        Call::to(self.server.addr, method, path)
    }

    /// Registers somebody and gives the access token.
    pub async fn member(&self, email: &str) -> String {
        let answer = self.register(email).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
        answer.json()["accessToken"].as_str().unwrap().to_string()
    }

    /// Registers the operator and gives the access token.
    pub async fn operator(&self) -> String {
        self.member(OPERATOR).await
    }

    /// Registers somebody behind the surface, with a browser's session.
    pub async fn visitor(&self, email: &str) -> engine::accounts::Login {
        let (registration, caller) = (engine::testing::registration(email), engine::testing::caller());
        self.server.state.engine.accounts().register(registration, &caller).await.unwrap()
    }

    pub async fn register(&self, email: &str) -> Answer {
        let body = json!({ "email": email, "password": PASSWORD, "fullName": "Ada Lovelace" });
        self.post("/api/auth/register", body).send().await
    }
}

/// What a program in this folder is told, with settings named without their prefix.
pub fn config_in(folder: &Path, settings: &[(&str, &str)]) -> Config {
    let data_dir = folder.join("data");
    let ours = [
        ("ADDR", "127.0.0.1:0"),
        ("DATA_DIR", data_dir.to_str().unwrap()),
        // Nobody outside is asked unless a test names a stand-in.
        ("MARKET_PROVIDER", "bundled"),
        ("LIVE", "off"),
        ("RATE_LIMITS", "off"),
        ("ADMIN_EMAIL", OPERATOR),
    ];
    let variables = ours
        .iter()
        .chain(settings)
        .map(|(name, value)| (format!("{}{name}", config::PREFIX), value.to_string()));
    let values = config::Values::read(variables, &config::settings());
    Config::from_values(values).unwrap().0
}

/// A request under construction.
pub struct Call {
    addr: SocketAddr,
    request: hyper::http::request::Builder,
    body: Vec<u8>,
    chunked: bool,
}

impl Call {
    pub fn to(addr: SocketAddr, method: Method, path: &str) -> Call {
        Call { addr, request: Request::builder().method(method).uri(path), body: Vec::new(), chunked: false }
    }

    pub fn header(mut self, name: &str, value: &str) -> Call {
        self.request = self.request.header(name, value);
        self
    }

    pub fn bearer(self, token: &str) -> Call {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn json(self, body: Value) -> Call {
        self.body("application/json", body.to_string().into_bytes())
    }

    pub fn body(mut self, media_type: &str, body: Vec<u8>) -> Call {
        self.body = body;
        self.header("content-type", media_type)
    }

    /// A body in pieces whose length nobody announces.
    pub fn chunked(mut self, media_type: &str, body: Vec<u8>) -> Call {
        self.chunked = true;
        self.body(media_type, body)
    }

    pub async fn send(self) -> Answer {
        let response = self.open().await;
        let (head, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        Answer { status: head.status, headers: head.headers, body }
    }

    /// The head of the answer, with its body still on the way.
    pub async fn open(self) -> hyper::Response<hyper::body::Incoming> {
        let stream = TcpStream::connect(self.addr).await.unwrap();
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.unwrap();
        tokio::spawn(connection);
        let host = self.addr.to_string();
        let body = match self.chunked {
            false => Body::from(self.body),
            true => {
                let pieces: Vec<_> = self.body.chunks(1_000).map(Bytes::copy_from_slice).collect();
                Body::from_stream(futures::stream::iter(pieces.into_iter().map(Ok::<_, std::io::Error>)))
            }
        };
        let request = self.request.header(header::HOST, host).body(body).unwrap();
        sender.send_request(request).await.unwrap()
    }
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: hyper::HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that this is a problem with `status` as RFC 9457 writes it, naming the request.
    #[track_caller]
    pub fn is_problem(&self, status: u16) -> Value {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let body = self.json();
        assert_eq!(body["status"], status);
        assert_eq!(body["requestId"], self.header("x-request-id"));
        assert!(["type", "title", "detail"].iter().all(|key| body[key].is_string()), "{body}");
        body
    }
}
