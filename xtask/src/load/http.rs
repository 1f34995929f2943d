//! As much HTTP as a load client needs, over plain TCP: an HTTP library would be measured along with the server.
//!
//! Requests say HTTP/1.0, so that answers end with the connection and streams come without chunk marks.

use anyhow::{Context as _, bail, ensure};
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

pub struct Target {
    /// `host:port`.
    pub address: String,
}

impl Target {
    /// Accepts `http://` on the loopback only.
    pub fn parse(url: &str) -> anyhow::Result<Self> {
        let address =
            url.strip_prefix("http://").context("the address starts with http://")?.trim_end_matches('/');
        let (host, port) = address.rsplit_once(':').context("the address names a port")?;
        ensure!(
            matches!(host, "127.0.0.1" | "localhost" | "[::1]"),
            "only servers on this machine are loaded"
        );
        port.parse::<u16>().context("the port is a number")?;
        Ok(Self { address: address.to_owned() })
    }

    /// Sends one request and reads its JSON answer.
    pub async fn call(
        &self,
        method: &str,
        path: &str,
        token: Option<&str>,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let mut head =
            format!("{method} {path} HTTP/1.0\r\nHost: {}\r\nAccept: application/json\r\n", self.address);
        if let Some(token) = token {
            head += &format!("Authorization: Bearer {token}\r\n");
        }
        if !body.is_empty() {
            head += &format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        }
        let mut connection = TcpStream::connect(&self.address).await.context("is the server running?")?;
        connection.write_all(format!("{head}\r\n{body}").as_bytes()).await?;
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).await?;
        let answer = String::from_utf8(answer)?;
        let (head, body) = answer.split_once("\r\n\r\n").context("the answer has no head")?;
        if status(head) / 100 != 2 {
            bail!("{method} {path}: {} {body}", head.lines().next().unwrap_or_default());
        }
        Ok(serde_json::from_str(body)?)
    }

    /// The bytes that ask for an event stream.
    pub fn stream_request(&self, path: &str, token: &str) -> Vec<u8> {
        format!(
            "GET {path} HTTP/1.0\r\nHost: {}\r\nAccept: text/event-stream\r\nAuthorization: Bearer {token}\r\n\
             x-candlewick-probe: 1\r\n\r\n",
            self.address
        )
        .into_bytes()
    }
}

/// The number in the status line; 0 if there is none.
pub fn status(head: &str) -> u16 {
    head.split_whitespace().nth(1).and_then(|word| word.parse().ok()).unwrap_or(0)
}
